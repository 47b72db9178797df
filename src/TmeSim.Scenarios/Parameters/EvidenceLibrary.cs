using System.Reflection;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>The claims that TmeSim is held against (seeds/evidence), and the scenarios of their tests.</summary>
public static class EvidenceLibrary
{
    private static readonly Lazy<IReadOnlyList<EvidenceEntry>> Entries = new(() => [.. Load().OrderBy(e => e.Id, StringComparer.Ordinal)]);

    /// <summary>All claims, by id.</summary>
    /// <exception cref="InvalidOperationException">A record is not of the form: a fault of the build.</exception>
    public static IReadOnlyList<EvidenceEntry> All => Entries.Value;

    /// <summary>The claim with this id, or null.</summary>
    public static EvidenceEntry? Find(string id) => All.FirstOrDefault(e => e.Id == id);

    /// <summary>Claims of a text in the form of seeds/evidence.</summary>
    /// <param name="name">Name of the text, for messages and as topic.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidOperationException">It is not of that form; the message says where.</exception>
    public static IReadOnlyList<EvidenceEntry> Read(string name, string text) => [.. EvidenceReader.Read(SeedFiles.Parse(name, text),
        Path.GetFileNameWithoutExtension(name))];

    /// <summary>Claims of a file in the form of seeds/evidence, which is read as scenarios are.</summary>
    /// <param name="path">Path.</param>
    /// <exception cref="InvalidOperationException">It cannot be read, or is not of that form; the message says where.</exception>
    public static IReadOnlyList<EvidenceEntry> ReadFile(string path) => [.. EvidenceReader.Read(SeedFiles.ParseFile(path),
        Path.GetFileNameWithoutExtension(path))];

    /// <summary>Scenario files of the tests: name in their folder and text. Those of trials stand in trials/.</summary>
    public static IReadOnlyList<(string Path, string Text)> Scenarios() =>
        [.. Files("seeds/scenarios/", ""), .. Files("trials/", "trials/")];

    /// <summary>Texts of <see cref="Scenarios"/> by name, as tests give it; those of trials with trials/ before it.</summary>
    public static IReadOnlyDictionary<string, string> Texts => LazyTexts.Value;

    /// <summary>Therapy questions that assumptions are ranked for: name and scenario, whose first arm is the control.</summary>
    public static IReadOnlyList<(string Name, string Text)> Questions() =>
        [.. Files("seeds/questions/", "").Select(f => (Path.GetFileNameWithoutExtension(f.Item1), f.Item2))];

    /// <summary>The scenario in which every mechanism acts within days.</summary>
    public static string EveryMechanism() => Files("checks/every-mechanism", "").Single().Item2;

    private static readonly Lazy<Dictionary<string, string>> LazyTexts = new(() => Scenarios().ToDictionary(
        s => Path.ChangeExtension(s.Path, null), s => s.Text, StringComparer.Ordinal));

    private static IEnumerable<(string, string)> Files(string prefix, string folder)
    {
        Assembly assembly = typeof(EvidenceLibrary).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return (folder + name[prefix.Length..], reader.ReadToEnd());
        }
    }

    private static IEnumerable<EvidenceEntry> Load() => SeedFiles.Read("evidence").SelectMany(f => EvidenceReader.Read(f,
        Path.GetFileNameWithoutExtension(f.Mark.Source.Name)));
}
