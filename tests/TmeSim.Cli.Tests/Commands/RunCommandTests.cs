using System.Text.Json;

namespace TmeSim.Cli.Tests.Commands;

public sealed class RunCommandTests : InFolder
{
    [Fact]
    public void Run_TwiceThenForced_RunsThenHasNothingToDoThenRuns()
    {
        (int code, string output, string error) = CliRun.Invoke("run", Scenario, "--out", Runs);
        Assert.True(code == 0, error);
        Assert.Contains("Anti-PD-L1", output, StringComparison.Ordinal);
        Assert.EndsWith("report.html", output.Trim(), StringComparison.Ordinal);
        (code, output, _) = CliRun.Invoke("run", Scenario, "--out", Runs);
        Assert.Equal(0, code);
        Assert.Contains("nothing to do", output, StringComparison.Ordinal);
        (code, output, _) = CliRun.Invoke("run", Scenario, "--out", Runs, "--force", "--quiet");
        Assert.Equal((0, ""), (code, output));
    }

    [Fact]
    public void Run_Json_WritesOneObjectALine()
    {
        (int code, string output, _) = CliRun.Invoke("run", Scenario, "--out", Runs, "--json", "--no-figures", "--arm", "Control");
        Assert.Equal(0, code);
        JsonElement[] events = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        JsonElement last = events[^1];
        Assert.Equal("finished", last.GetProperty("event").GetString());
        Assert.Equal("finished", last.GetProperty("status").GetString());
        Assert.False(File.Exists(Path.Combine(last.GetProperty("folder").GetString()!, "report.html")));
        Assert.Contains(events, e => e.GetProperty("event").GetString() == "arm_finished");
    }

    [Fact]
    public void Run_Cancelled_Is130AndNamesWhatIsMissing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var error = new StringWriter();
        int code = CommandLine.Run(["run", Scenario, "--out", Runs], new CliConsole(TextWriter.Null, error, IsTerminal: false), stop.Token);
        Assert.Equal(130, code);
        Assert.Contains("Control #0", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutCannotBeMade_Is1WithOneCleanLine()
    {
        string file = Write("blocked", "");
        (int code, string output, string error) = CliRun.Invoke("run", Scenario, "--quiet", "--out", file);
        Assert.Equal((1, ""), (code, output));
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: cannot make the run folder", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BadSet_IsLocatedAtTheOption()
    {
        (int code, _, string error) = CliRun.Invoke("run", Scenario, "--set", "lesions[primary].tumor.radus=1 mm", "--out", Runs);
        Assert.Equal(3, code);
        Assert.Contains("--set:1:", error, StringComparison.Ordinal);
        Assert.Contains("radius", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }

    [Fact]
    public void Run_UnknownArm_Is2WithASuggestion()
    {
        (int code, _, string error) = CliRun.Invoke("run", Scenario, "--arm", "Controll", "--out", Runs);
        Assert.Equal(2, code);
        Assert.Contains("'Control'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DoesNotFitIntoMemory_Is3WithTheNumbers()
    {
        (int code, string output, string error) = CliRun.Invoke("run", Scenario, "--quiet", "--memory", "1 MB", "--out", Runs);
        Assert.Equal((3, ""), (code, output));
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: 30 x 30 sites need 15", line, StringComparison.Ordinal);
        Assert.Contains("1 MB may be used", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Runs));
    }

    [Fact]
    public void Run_FileMissing_Is3()
    {
        (int code, _, string error) = CliRun.Invoke("run", Path.Combine(Folder, "no.yaml"), "--out", Runs);
        Assert.Equal(3, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
