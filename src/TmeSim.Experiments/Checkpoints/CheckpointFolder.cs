using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>States of a run, by their names: of each replicate its burn-in, its t = 0 and the arm that it is in.</summary>
/// <param name="run">Folder of the run.</param>
/// <param name="name">The folder in it.</param>
internal sealed class CheckpointFolder(string run, string name = ResultFiles.Checkpoints)
{
    private const string Ending = ".state";

    /// <summary>States that are kept of an arm or burn-in: when the last one is damaged, there is one before it.</summary>
    public const int Kept = 2;

    /// <summary>Full path.</summary>
    public string Path { get; } = System.IO.Path.Combine(run, name);

    /// <summary>How files of a burn-in begin.</summary>
    public static string BurnIn(int replicate) => Text($"r{replicate}.burn-in");

    /// <summary>How files of an arm begin.</summary>
    public static string OfArm(ScenarioDefinition scenario, int arm, int replicate) =>
        Text($"a{arm}-{RunFolder.Slug(scenario.Arms[arm].Name)}.r{replicate}");

    /// <summary>Name of the file of a step.</summary>
    public static string NameOf(string begin, long step) => Text($"{begin}.s{step:00000000}{Ending}");

    /// <summary>File of a step.</summary>
    public string File(string begin, long step) => System.IO.Path.Combine(Path, NameOf(begin, step));

    /// <summary>The step that a file is of.</summary>
    public static long StepOf(string file)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(file);
        return long.TryParse(name[(name.LastIndexOf(".s", StringComparison.Ordinal) + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step : long.MaxValue;
    }

    /// <summary>File of the state at t = 0.</summary>
    public string Start(int replicate) => System.IO.Path.Combine(Path, Text($"r{replicate}.start{Ending}"));

    /// <summary>Files of a beginning, the latest step first.</summary>
    public IReadOnlyList<string> Latest(string begin) => Directory.Exists(Path)
        ? [.. Directory.GetFiles(Path, $"{begin}.s*{Ending}").OrderDescending(StringComparer.Ordinal)] : [];

    /// <summary>Deletes all of a beginning but the latest ones.</summary>
    public void Thin(string begin, int kept = Kept)
    {
        foreach (string old in Latest(begin).Skip(kept))
        {
            Delete(old);
        }
    }

    /// <summary>A file that cannot be used stays under another name until the run is finished, out of the way of those that can.</summary>
    public static void PutAside(string file)
    {
        try
        {
            System.IO.File.Move(file, file + ".refused", overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is refused again the next time.
        }
    }

    public static void Delete(string file)
    {
        try
        {
            System.IO.File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is too much does no harm.
        }
    }

    /// <summary>Deletes the folder: the run is finished.</summary>
    public void Clear()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
