using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>A folder in which runs are made and branched.</summary>
public abstract class InBranches : InFolder
{
    protected string Run(params string[] arguments)
    {
        (int code, string output, string error) = CliRun.Invoke([.. arguments, "--out", Runs, "--no-figures", "--quiet"]);
        Assert.True(code == 0, error + output);
        return Directory.GetDirectories(Runs).MaxBy(Directory.GetCreationTimeUtc)!;
    }

    protected static JsonNode Manifest(string run) => JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!;

    protected static string Hash(string run, string arm) => (string)Manifest(run)["state_hashes"]!.AsArray().Last(h => (string)h!["arm"]! == arm)!["hash"]!;

    protected static string Log(string run) => File.ReadAllText(Path.Combine(run, "log.txt"));

    // Columns by their names: a scenario of one arm has no columns of the drugs of others.
    protected static string[] Rows(string run, string arm)
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(run, "timeseries.csv")).Select(l => l.Split(','))];
        return [.. lines.Skip(1).Where(l => l[0] == arm).Select(l => string.Join(' ', lines[0].Zip(l).Skip(1).OrderBy(c => c.First, StringComparer.Ordinal)))];
    }
}
