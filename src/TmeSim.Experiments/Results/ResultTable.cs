using System.Text;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Results;

/// <summary>One table of a run: its header, and a block of lines for each arm and replicate.</summary>
/// <param name="file">File, relative to the folder.</param>
/// <param name="header">First line.</param>
/// <param name="lines">Lines of a result, each beginning with arm and replicate.</param>
internal sealed class ResultTable(string file, string header, Func<ArmResult, IEnumerable<string>> lines)
{
    private readonly SortedDictionary<(int Arm, int Replicate), string[]> _blocks = [];
    private BlockLines? _earlier;

    public string File { get; } = file;

    public string Header { get; } = header;

    /// <summary>Adds the lines of a result.</summary>
    /// <returns>Their SHA-256.</returns>
    public string Add(ArmResult result)
    {
        string[] block = [.. lines(result)];
        _blocks[(result.Arm, result.Replicate)] = block;
        return BlockLines.Sum(block);
    }

    /// <summary>Takes over the lines of an arm and replicate from a file written before.</summary>
    /// <param name="path">The file; read once.</param>
    /// <param name="done">What is to be there.</param>
    /// <param name="arm">Index of the arm.</param>
    /// <returns>The lines are those that were written.</returns>
    public bool Load(string path, DoneEntry done, int arm)
    {
        _earlier ??= BlockLines.Of(Read(path));
        string[] block = [.. _earlier[new ArmReplicate(done.Arm, done.Replicate)]];
        _blocks[(arm, done.Replicate)] = block;
        return BlockLines.Sum(block) == done.Tables.GetValueOrDefault(File);
    }

    /// <summary>The whole table.</summary>
    public string Text()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (string line in _blocks.Values.SelectMany(b => b))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    // A table that is gone is still right for an arm that has no lines in it.
    private static string Read(string path)
    {
        try
        {
            return FileLook.At(path).What is null ? RegularFile.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
