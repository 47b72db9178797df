using System.Text.Json;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>comparison.json: which runs a comparison is of. Keys are the names below in snake case.</summary>
/// <param name="Format">Version of the format.</param>
/// <param name="ToolVersion">Version of the tool that wrote it.</param>
/// <param name="Command">Command that repeats it.</param>
/// <param name="Runs">Folders of the runs, relative to its own.</param>
internal sealed record Comparison(string Format, string ToolVersion, string Command, IReadOnlyList<string> Runs)
{
    private const string Known = "tmesim-comparison/1";

    /// <summary>Reads that of a folder.</summary>
    /// <exception cref="RunFolderException">The folder is no comparison.</exception>
    public static Comparison Read(string directory)
    {
        string path = Path.Combine(directory, ResultFiles.Comparison);
        Comparison? comparison;
        try
        {
            comparison = JsonSerializer.Deserialize(RegularFile.ReadAllText(path), ManifestJson.Default.Comparison);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }

        return comparison is { Format: Known, Runs.Count: > 0 } ? comparison : throw new RunFolderException($"{path} is no {Known}");
    }

    /// <summary>Writes it into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="command">Command that repeats the comparison.</param>
    /// <param name="runs">Full paths of the runs.</param>
    /// <exception cref="RunFolderException">It cannot be written.</exception>
    public static void Write(string folder, string command, IEnumerable<string> runs)
    {
        string[] paths = [.. runs.Select(r => Path.GetRelativePath(folder, r).Replace('\\', '/'))];
        var comparison = new Comparison(Known, ToolInfo.Version, command, paths);
        AtomicFile.WriteText(
            Path.Combine(folder, ResultFiles.Comparison), JsonSerializer.Serialize(comparison, ManifestJson.Default.Comparison) + "\n");
    }

    /// <summary>Full paths of its runs.</summary>
    /// <param name="directory">Its folder.</param>
    public IReadOnlyList<string> In(string directory) =>
        [.. Runs.Select(r => Path.GetFullPath(Path.Combine(Path.GetFullPath(directory), r)))];
}
