using System.Text.Json;

namespace TmeSim.Cli.Tests.Commands;

public sealed class CompareCommandTests : InFolder
{
    [Fact]
    public void Compare_ScenarioAndFolder_RunsWhatIsMissing_AndPrintsOneTable()
    {
        (int code, string output, string error) = CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures");
        Assert.True(code == 0, error);
        string folder = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        string other = Write("other.yaml", CliRun.Tiny.Replace("name: Tiny", "name: Other", StringComparison.Ordinal).Replace("1200 mg", "100 mg", StringComparison.Ordinal));
        (code, output, error) = CliRun.Invoke("compare", folder, other, "--out", Runs);
        Assert.True(code == 0, error);
        Assert.Contains("finished Anti-PD-L1", error, StringComparison.Ordinal);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["arm", "Control", "Tiny: Anti-PD-L1", "Other: Anti-PD-L1"], lines[..4].Select(l => l.Split("  ")[0]));
        Assert.True(File.Exists(lines[^1]) && lines[^1].EndsWith("report.html", StringComparison.Ordinal));

        // Everything is there now: nothing runs, and the answer is the same.
        (code, string again, error) = CliRun.Invoke("compare", folder, other, "--out", Runs);
        Assert.Equal((0, output), (code, again));
        Assert.DoesNotContain("finished", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_Json_EndsWithEndpointsAndContrasts()
    {
        (int code, string output, string error) = CliRun.Invoke("compare", Scenario, "--out", Runs, "--json", "--replicates", "2", "--no-figures");
        Assert.True(code == 0, error);
        JsonElement last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).Last();
        Assert.Equal("compared", last.GetProperty("event").GetString());
        Assert.Equal(2, last.GetProperty("endpoints").GetArrayLength());
        JsonElement contrast = last.GetProperty("contrasts").EnumerateArray().First(c => c.GetProperty("measure").GetString() == "cd8_bed_per_mm2");
        Assert.Equal((true, 2), (contrast.GetProperty("paired").GetBoolean(), contrast.GetProperty("replicates").GetInt32()));
        Assert.Equal(JsonValueKind.Null, last.GetProperty("report").ValueKind);

        // The tables are there without the report.
        string folder = Assert.Single(Directory.GetDirectories(Runs, "compare-*"));
        Assert.Equal(folder, last.GetProperty("folder").GetString());
        Assert.Equal(["comparison.json", "contrasts.csv", "endpoints.csv"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Compare_FolderThatWasInterrupted_IsFinishedInItsPlace()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        CommandLine.Run(["run", Scenario, "--out", Runs, "--quiet"], new CliConsole(TextWriter.Null, TextWriter.Null, IsTerminal: false), stop.Token);
        string folder = Assert.Single(Directory.GetDirectories(Runs));
        (int code, string output, string error) = CliRun.Invoke("compare", folder, "--out", Runs);
        Assert.True(code == 0, error);
        Assert.Contains("Anti-PD-L1", output, StringComparison.Ordinal);
        Assert.Contains("\"status\": \"finished\"", File.ReadAllText(Path.Combine(folder, "manifest.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "file", "nowhere.yaml")]
    [InlineData(2, "'tmesim compare' needs FILE|DIR", null)]
    public void Compare_NothingToCompare_IsRefusedBeforeAnythingRuns(int exit, string message, string? input)
    {
        (int code, string output, string error) = CliRun.Invoke([.. input is null ? ["compare"] : (string[])["compare", Scenario, input], "--out", Runs]);
        Assert.Equal((exit, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }

    [Fact]
    public void Compare_FolderWithAnotherSeed_IsAUsageError()
    {
        CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures", "--quiet");
        (int code, _, string error) = CliRun.Invoke("compare", Directory.GetDirectories(Runs)[0], "--seed", "9", "--out", Runs);
        Assert.Equal(2, code);
        Assert.Contains("give its scenario instead", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_RedrawsARun_AndRefusesWhatIsNone()
    {
        CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures", "--quiet");
        string folder = Assert.Single(Directory.GetDirectories(Runs));
        (int code, string output, string error) = CliRun.Invoke("report", folder, "--set", "figures=[{plot: field, field: oxygen, width: 500}]");
        Assert.True(code == 0, error);
        Assert.EndsWith("report.html", output.Trim(), StringComparison.Ordinal);
        Assert.Equal("01-field-oxygen-primary.svg", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(folder, "figures"), "*.svg"))));

        // What cannot be drawn is said, and is no failure.
        (code, _, error) = CliRun.Invoke("report", folder, "--set", "figures=[{plot: synergy}]");
        Assert.Equal(0, code);
        Assert.Contains("warning: Not drawn (synergy, entry 1 of figures): combinations: no arm shown (Control, Anti-PD-L1) gives the therapies of two others together.", error, StringComparison.Ordinal);

        (code, _, error) = CliRun.Invoke("report", folder, "--set", "figures=[{plot: field, field: oxigen}]");
        Assert.Equal(3, code);
        Assert.Contains("--set:1:31: error: figures[0].field", error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("report", folder, "--set", "patient.nlr=9");
        Assert.Equal(3, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("report", Path.Combine(Runs, "tiny"));
        Assert.Equal(1, code);
        Assert.Contains($"there is no such folder (did you mean '{folder}'?)", error, StringComparison.Ordinal);
        Assert.Contains("it is a file", CliRun.Invoke("report", Scenario).Error, StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("report", Path.Combine(Folder, "none"));
        Assert.Equal(1, code);
        Assert.Contains("is no run folder", error, StringComparison.Ordinal);
    }
}
