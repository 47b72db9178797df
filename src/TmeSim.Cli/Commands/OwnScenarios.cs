using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Cli.Commands;

/// <summary>Scenarios that stand in <c>scenarios/</c> beside files of claims.</summary>
internal static class OwnScenarios
{
    /// <summary>Their files by name, those of trials as trials/NAME.</summary>
    /// <param name="records">What <c>--only</c> names; what is no file is left out.</param>
    /// <exception cref="CliException">Two scenarios have one name, or one has the name of another scenario of the tool.</exception>
    public static IReadOnlyDictionary<string, string> Beside(IEnumerable<string> records)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal), shipped = EvidenceLibrary.Scenarios().ToDictionary(
            s => Path.ChangeExtension(s.Path, null), s => s.Text, StringComparer.Ordinal);
        foreach (string folder in records.Where(File.Exists).Select(r =>
            Path.Combine(Path.GetDirectoryName(Path.GetFullPath(r))!, "scenarios")).Distinct().Where(Directory.Exists))
        {
            foreach ((string prefix, string place) in ((string, string)[])[("", folder), ("trials/", Path.Combine(folder, "trials"))])
            {
                foreach (string file in Directory.Exists(place) ? Directory.GetFiles(place, "*.yaml").Order(StringComparer.Ordinal)
                    : Enumerable.Empty<string>())
                {
                    string name = prefix + Path.GetFileNameWithoutExtension(file);
                    if (shipped.TryGetValue(name, out string? text))
                    {
                        if (text != Read(file))
                        {
                            throw new CliException(ExitCode.InvalidScenario,
                                $"{file}: the tool has another scenario '{name}', which other claims read; give this one a name of its "
                                    + "own");
                        }
                    }
                    else if (!found.TryAdd(name, file))
                    {
                        throw new CliException(ExitCode.InvalidScenario,
                            $"{file}: {found[name]} has the same name; claims of both files would read one of them");
                    }
                }
            }
        }

        return found;
    }

    private static string Read(string file)
    {
        try
        {
            return RegularFile.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.InvalidScenario, $"{file} cannot be read: {e.Message}");
        }
    }
}
