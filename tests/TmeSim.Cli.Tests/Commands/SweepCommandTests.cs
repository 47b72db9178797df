using System.Diagnostics;
using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

public sealed class SweepCommandTests : InFolder
{
    /// <summary>Three patients, two doses that one arm feels: 9 simulations of 12 rows.</summary>
    internal const string Sweep = """

        sweep:
          vary:
            patient.nlr: [1.5, 3, 6]
            "arms[Anti-PD-L1].therapy[atezolizumab].dose": [100 mg, 1200 mg]
          outputs: [tumor_cells@end, cd8_cells@1 d]
        """;

    private string File(string sweep = Sweep) => Write("sweep.yaml", CliRun.Tiny + sweep);

    [Fact]
    public void Sweep_FromStartToEnd_WritesItsTableAndThenHasNothingToDo()
    {
        (int code, string output, string error) = CliRun.Invoke("sweep", File(), "--out", Runs, "--no-figures");
        (int again, string nothing, _) = CliRun.Invoke("sweep", File(), "--out", Runs, "--no-figures");

        Assert.Equal((0, 0), (code, again));
        Assert.Contains("9 of 9 simulations finished, 0 of them before", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error", error, StringComparison.Ordinal);
        Assert.StartsWith("nothing to run: finished before", nothing, StringComparison.Ordinal);
        string folder = Directory.GetDirectories(Runs).Single();
        Assert.Equal(["design.csv", "log.txt", "resolved.yaml", "sensitivity.csv", "sweep.csv", "sweep.json"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal("finished", (string?)JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "sweep.json")))!["status"]);
    }

    [Fact]
    public void NoFigures_WritesTheSameTablesAsWithFigures()
    {
        string file = File();
        CliRun.Invoke("sweep", file, "--out", Runs, "--no-figures", "--quiet");
        string folder = Directory.GetDirectories(Runs).Single();
        Dictionary<string, string> Tables() => Directory.GetFiles(folder, "*.csv").ToDictionary(f => Path.GetFileName(f), System.IO.File.ReadAllText);
        Dictionary<string, string> without = Tables();
        Assert.Equal(0, CliRun.Invoke("sweep", file, "--out", Runs, "--quiet").Code);

        Assert.Contains(",prcc,", without["sensitivity.csv"], StringComparison.Ordinal);
        Assert.Equal(Tables(), without);
    }

    [Fact]
    public void DryRun_BeforeAndAfter_SaysWhatWouldRunAndWhy()
    {
        (int code, string before, _) = CliRun.Invoke("sweep", File(), "--out", Runs, "--dry-run");
        Assert.False(Directory.Exists(Runs));
        CliRun.Invoke("sweep", File(), "--out", Runs, "--shard", "1/2", "--no-figures");
        (_, string after, _) = CliRun.Invoke("sweep", File(), "--out", Runs, "--dry-run", "--json");

        Assert.Equal(0, code);
        Assert.Contains("grid: 6 points x 2 arms x 1 replicates = 12 rows", before, StringComparison.Ordinal);
        Assert.Contains("simulations: 9 (3 rows share one", before, StringComparison.Ordinal);
        Assert.Contains("run 9: no journal holds it", before, StringComparison.Ordinal);
        Assert.Contains("skip 3: the same simulation as at an earlier point", before, StringComparison.Ordinal);
        Assert.Matches("time: +about [0-9.]+ (s|min)", before);
        Assert.Matches("disk: +about [0-9.]+ kB in at most 8 files, figures and report besides; .* are free", before);
        JsonNode[] rows = [.. after.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(3, (int)rows[0]["to_run"]!);
        Assert.Equal(6, rows.Skip(1).Count(r => (string?)r["why"] == "finished"));
        Assert.Equal(3, rows.Skip(1).Count(r => (bool)r["runs"]!));
    }

    [Fact]
    public void DryRun_OfTiedKeys_NamesArmsThatDoNotHaveThem()
    {
        string file = File("\nsweep: {vary: {\"arms[*].therapy[atezolizumab].dose\": [100 mg, 200 mg]}, outputs: [tumor_cells@end]}");
        (int code, string text, _) = CliRun.Invoke("sweep", file, "--out", Runs, "--dry-run");
        (_, string json, _) = CliRun.Invoke("sweep", file, "--out", Runs, "--dry-run", "--json");

        Assert.Equal(0, code);
        Assert.Contains("together:    dose = arms[Anti-PD-L1].therapy[atezolizumab].dose; not in arms[Control]", text, StringComparison.Ordinal);
        Assert.Equal("arms[Control]", (string?)JsonNode.Parse(json.Split('\n')[0])!["factors"]![0]!["without"]![0]);
    }

    [Fact]
    public void Shards_ThenMerge_GiveTheTableOfOneCall()
    {
        CliRun.Invoke("sweep", File(), "--out", Path.Combine(Folder, "whole"), "--no-figures");
        CliRun.Invoke("sweep", File(), "--out", Runs, "--shard", "1/2", "--no-figures");
        (int early, _, string missing) = CliRun.Invoke("sweep", "merge", File(), "--out", Runs, "--no-figures");
        CliRun.Invoke("sweep", File(), "--out", Runs, "--shard", "2/2", "--no-figures");
        string folder = Directory.GetDirectories(Runs).Single();

        (int code, string output, _) = CliRun.Invoke("sweep", "merge", folder, "--no-figures");

        Assert.Equal((1, 0), (early, code));
        Assert.Contains("'tmesim sweep", missing, StringComparison.Ordinal);
        Assert.Contains("3 of 9 simulations are missing", missing, StringComparison.Ordinal);
        Assert.Contains("9 of 9 simulations finished", output, StringComparison.Ordinal);
        Assert.Equal(
            System.IO.File.ReadAllBytes(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, "whole")).Single(), "sweep.csv")),
            System.IO.File.ReadAllBytes(Path.Combine(folder, "sweep.csv")));
    }

    [Theory]
    [InlineData("\nsweep: {vary: {patient.nrl: [1, 2]}}", 3, "unknown key 'nrl'; did you mean 'nlr'?")]
    [InlineData("\nsweep: {vary: {patient.nlr: {from: 3, to: 3}}}", 3, "is an empty range")]
    [InlineData("\nsweep: {method: sobol, runs: 48, vary: {patient.nlr: {from: 1, to: 3}}}", 3, "48 is no power of two")]
    [InlineData("\nsweep: {vary: {\"lesions[primary].tumor.radius\": [0.1 mm, 2 mm]}}", 3, "point 1 (radius 2 mm)")]
    [InlineData("", 3, "the scenario has no `sweep:` block")]
    [InlineData("\nsweep: {vary: {patient.nlr: [1, 2]}, outputs: [bevacizumab_mg_per_l@end]}", 3, "no run of this scenario has the measure 'bevacizumab_mg_per_l'")]
    public void Mistake_InTheSweep_IsSaidAndWritesNothing(string sweep, int expected, string message)
    {
        (int code, _, string error) = CliRun.Invoke("sweep", File(sweep), "--out", Runs);

        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }

    [Fact]
    public void Folder_OfARun_IsNotTakenForASweep()
    {
        string file = File();
        CliRun.Invoke("run", file, "--out", Runs, "--no-figures");
        string run = Directory.GetDirectories(Runs).Single();

        (int code, _, string error) = CliRun.Invoke("sweep", run);

        Assert.Equal(1, code);
        Assert.Contains("is not the folder of a sweep", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run, "journals")));
    }

    [Fact]
    public void Merge_OfAnotherSweep_IsRefused()
    {
        CliRun.Invoke("sweep", File(), "--out", Runs, "--no-figures");
        CliRun.Invoke("sweep", File("\nsweep: {vary: {patient.weight: [50 kg, 60 kg]}}"), "--out", Path.Combine(Folder, "other"), "--no-figures");

        (int code, _, string error) = CliRun.Invoke("sweep", "merge", File(), Directory.GetDirectories(Path.Combine(Folder, "other")).Single(), "--out", Runs);

        Assert.Equal(1, code);
        Assert.Contains("holds no simulation of this sweep", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shard", "0/4", "--shard must be i/n")]
    [InlineData("--shard", "5/4", "--shard must be i/n")]
    [InlineData("--partition", "long", "--partition needs --executor slurm")]
    [InlineData("--executor", "pbs", "Argument 'pbs' not recognized")]
    [InlineData("--retry-faild", "", "did you mean '--retry-failed'?")]
    public void WrongOption_OfASweep_IsAUsageError(string option, string value, string message)
    {
        (int code, _, string error) = CliRun.Invoke([.. (string[])["sweep", File(), "--out", Runs, option], .. value.Length > 0 ? (string[])[value] : []]);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slurm_ThatIsNotThere_IsSaidAndNothingIsLost()
    {
        CliRun.Invoke("sweep", File(), "--out", Runs, "--shard", "1/2", "--no-figures");

        // The runtime alone on the path.
        using Process process = Tool.Start(Tool.Dotnet, [Tool.Path, "sweep", File(), "--out", Runs, "--executor", "slurm"], new Dictionary<string, string> { ["PATH"] = Path.Combine(Folder, "empty") });
        (int code, _, string error) = await Tool.Ended(process);

        Assert.Equal(1, code);
        Assert.Contains("there is no Slurm here", error, StringComparison.Ordinal);
        Assert.Contains("--shard i/n", error, StringComparison.Ordinal);
        Assert.Contains("9 of 9 simulations finished, 6 of them before", CliRun.Invoke("sweep", File(), "--out", Runs, "--no-figures").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_ThatFillsUp_EndsTheSweepAndKeepsWhatIsDone()
    {
        string file = Write("long.yaml", CliRun.Tiny.Replace("record_every: 1 d", "record_every: 1 h", StringComparison.Ordinal) + Sweep + "\n  series: all\n");

        // No file can grow beyond 48 kB (96 blocks of 512 bytes), as on a full disk; the time series of two runs have more.
        using Process process = Tool.Start(
            "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 96; exec dotnet \"$@\"", "sh", Tool.Path, "sweep", file, "--out", Runs, "--jobs", "1", "--no-figures", "--quiet"],
            new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        (int code, _, string error) = await Tool.Ended(process);
        (int after, string output, _) = CliRun.Invoke("sweep", file, "--out", Runs, "--no-figures");

        Assert.Equal(1, code);
        Assert.Contains("finished runs are kept: free space", error, StringComparison.Ordinal);
        Assert.Equal(0, after);
        Assert.Matches("9 of 9 simulations finished, [1-8] of them before", output);
    }
}
