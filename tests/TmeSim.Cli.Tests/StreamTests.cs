using TmeSim.Cli.Tests.Commands;
using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>Streams that are closed, full or left by their reader.</summary>
public sealed class StreamTests : InFolder
{
    private sealed class Full : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }

    private static async Task<(int Code, string Out, string Error)> Shell(string script, params string[] arguments)
    {
        using Process process = Tool.Start("/bin/sh", ["-c", script, "sh", Tool.Path, .. arguments]);
        return await Tool.Ended(process);
    }

    [Fact]
    public void Out_Full_Is1ForEveryCommandThatWrites()
    {
        string scenario = Scenario, sweep = Write("sweep.yaml", CliRun.Tiny + SweepCommandTests.Sweep);
        Assert.Equal(0, CliRun.Invoke("run", scenario, "--out", Runs, "--quiet").Code);
        string run = Directory.GetDirectories(Runs).Single();
        string[][] commands =
        [
            ["schema"], ["explain"], ["explain", "cd8.kill_rate"], ["explain", "--format", "csv"], ["list", Folder, "--out", Runs], ["list", Folder, "--json"], ["new", "x", "--out", Folder], ["--version"], ["--help"], [],
            ["validate", scenario], ["run", scenario, "--out", Runs], ["run", scenario, "--out", Runs, "--json"], ["run", scenario, "--out", Runs + "2", "--json", "--no-figures", "--arm", "Control"],
            ["report", run], ["report", run, "--json"], ["compare", run, "--out", Runs, "--no-figures"], ["export", run, "--points"], ["sweep", sweep, "--dry-run", "--json", "--out", Runs], ["sweep", sweep, "--dry-run", "--out", Runs],
        ];
        foreach (string[] command in commands)
        {
            using var error = new StringWriter();
            int code = CommandLine.Run(command, new CliConsole(new Full(), error, IsTerminal: false), TestContext.Current.CancellationToken);
            Assert.True(code == 1, string.Join(' ', command) + " ends with " + code);
            Assert.EndsWith("error: cannot write to the standard output: No space left on device\n", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Out_FullDuringARun_LeavesTheRunWhole()
    {
        using var error = new StringWriter();
        int code = CommandLine.Run(["run", Scenario, "--out", Runs, "--json"], new CliConsole(new Full(), error, IsTerminal: false), TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.StartsWith("nothing to do", CliRun.Invoke("run", Scenario, "--out", Runs).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_Full_ChangesNothing()
    {
        using var output = new StringWriter();
        Assert.Equal(0, CommandLine.Run(["run", Scenario, "--out", Runs], new CliConsole(output, new Full(), IsTerminal: false), TestContext.Current.CancellationToken));
        Assert.Contains("report.html", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, CommandLine.Run(["run"], new CliConsole(output, new Full(), IsTerminal: false), TestContext.Current.CancellationToken));
        Assert.Equal(3, CommandLine.Run(["run", Folder], new CliConsole(output, new Full(), IsTerminal: false), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("exec dotnet \"$@\" 2>&-", 0)]
    [InlineData("exec dotnet \"$@\" 2>/dev/full", 0)]
    [InlineData("exec dotnet \"$@\" >&-", 1)]
    [InlineData("exec dotnet \"$@\" >/dev/full", 1)]
    [InlineData("exec dotnet \"$@\" >&- 2>&-", 1)]
    [InlineData("dotnet \"$@\" | true", 0)]
    public async Task Run_WithAStreamThatCannotBeWritten_FinishesAndSaysSoByItsCode(string script, int expected)
    {
        (int code, _, string error) = await Shell(script, "run", Scenario, "--out", Runs, "--no-figures");

        Assert.Equal(expected, code);
        Assert.Equal(expected == 1 && !script.Contains("2>", StringComparison.Ordinal), error.Contains("error: cannot write to the standard output: ", StringComparison.Ordinal));
        Assert.StartsWith("nothing to do", CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures").Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StandardInput_AsScenario_IsReadWithTheSizeLimit()
    {
        string scenario = Scenario;
        (int code, string output, string error) = await Shell($"exec dotnet \"$@\" < {scenario}", "validate", "-");
        Assert.True(code == 0, error);
        Assert.Contains("valid, 2 arms", output, StringComparison.Ordinal);

        (code, _, error) = await Shell("exec dotnet \"$@\" < /dev/zero", "validate", "-");
        Assert.Equal(3, code);
        Assert.Contains("more than 4 MiB", error, StringComparison.Ordinal);

        (code, _, error) = await Shell("exec dotnet \"$@\" <&-", "validate", "-");
        Assert.Equal(3, code);
        Assert.Contains("the standard input is closed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProcessSubstitution_AsScenarioAndData_IsRead()
    {
        string file = Write("data.yaml", CliRun.Tiny + "\ndata: [{file: /dev/fd/9, time: day, measure: nlr}]\n");
        using Process process = Tool.Start("/bin/bash", ["-c", "exec dotnet \"$0\" validate <(cat \"$1\") \"$1\" 9< <(printf 'day,nlr\\n1,2\\n')", Tool.Path, file]);
        (int code, string output, string error) = await Tool.Ended(process);

        // The first reader takes all of the data; for the second the stream is empty.
        Assert.Equal(3, code);
        Assert.Contains("valid, 2 arms", output, StringComparison.Ordinal);
        Assert.Contains("the table is empty", error, StringComparison.Ordinal);
    }
}
