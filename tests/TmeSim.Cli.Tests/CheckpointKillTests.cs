using System.Diagnostics;
using System.Globalization;

namespace TmeSim.Cli.Tests;

/// <summary>A run that keeps its states is killed in the middle of its arms, goes on with <c>resume</c>, and comes to the same tables.</summary>
public sealed class CheckpointKillTests : InFolder
{
    private const double EverySeconds = 0.3;

    [Fact]
    public Task KilledInTheMiddleOfArms_EndsWithTheTablesOfAWholeRun() => Kill(3, 10);

    [Fact]
    [Trait("Category", "FullSize")]
    public Task KilledFiftyTimes_EndsWithTheTablesOfAWholeRun() => Kill(50, 200);

    [Fact]
    public async Task Terminated_KeepsTheStateOfItsArms()
    {
        string file = Scenario(60);
        using Process process = Tool.Start(["run", file, "--out", Runs, "--no-figures", "--quiet"]);
        await Reached(() => Directory.Exists(Runs) && Directory.GetFiles(Runs, "a0-*", SearchOption.AllDirectories).Length > 0);
        using (Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
        }

        (int code, _, string error) = await Tool.Ended(process);
        Assert.True(code == 130, error);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Run(Runs), "checkpoints"), "a0-*.state"));
        (code, _, error) = CliRun.Invoke("resume", Run(Runs), "--no-figures");
        Assert.True(code == 0, error);
        Assert.Contains("goes on from a0-control.r0.s", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Run(Runs), "checkpoints")));
    }

    [Fact]
    public void Resume_WhereNothingIs_SaysWhatIsThere()
    {
        Directory.CreateDirectory(Runs);
        foreach ((string folder, string message) in ((string, string)[])[
            (Runs, "holds no run that could go on: its resolved.yaml is missing"), (Path.Combine(Folder, "no"), "there is no folder")])
        {
            (int code, _, string error) = CliRun.Invoke("resume", folder);
            Assert.Equal((1, true), (code, error.Contains(message, StringComparison.Ordinal)));
        }

        Assert.Equal(2, CliRun.Invoke("run", base.Scenario, "--checkpoint-every", "soon").Code);
    }

    private async Task Kill(int kills, int days)
    {
        string file = Scenario(days), killed = Path.Combine(Folder, "killed"), whole = Path.Combine(Folder, "whole");
        string[] Arguments(string runs) => ["run", file, "--out", runs, "--jobs", "2", "--no-figures", "--quiet",
            "--checkpoint-every", EverySeconds.ToString(CultureInfo.InvariantCulture) + " s"];
        var watch = Stopwatch.StartNew();
        using Process first = Tool.Start([.. Arguments(whole)[..^1], "off"]);
        await Reached(() => HasBegun(whole));
        int startMs = (int)watch.ElapsedMilliseconds;
        (int code, _, string error) = await Tool.Ended(first);
        Assert.True(code == 0, error);

        var random = new Random(20260103);
        int inTime = 0, done = 0;
        double late = 0;
        for (int i = 0; i < kills && done == 0; i++)
        {
            DateTime begun = DateTime.Now;
            bool KeptOne() => Directory.Exists(killed) && States(killed).Any(s => s.LastWriteTime > begun);
            using Process process = Tool.Start(!HasBegun(killed) ? Arguments(killed) : ["resume", Run(killed), .. Arguments(killed)[4..]]);
            if (i % 2 == 0)
            {
                // Others at any instant, most of these before the first step.
                await Reached(() => KeptOne() || process.HasExited);
            }

            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(i % 2 == 0 ? 1200 : startMs + 2000), TestContext.Current.CancellationToken));
            done = process.HasExited ? 1 : 0;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (done == 0 && KeptOne())
            {
                inTime++;
                late = Math.Max(late, (DateTime.Now - States(killed).Max(s => s.LastWriteTime)).TotalSeconds);
            }
        }

        Assert.True(HasBegun(killed));
        (code, _, error) = await Tool.Run(["resume", Run(killed), "--no-figures", "--quiet"]);
        Assert.True(code == 0, error);
        TestContext.Current.TestOutputHelper?.WriteLine($"states were kept in {inTime} sessions; a kill lost {late:0.00} s at most; the run was finished when killed: {done}");
        Assert.InRange(inTime, 1, kills);
        foreach (string table in (string[])["timeseries.csv", "events.csv", "responses.csv", "endpoints.csv"])
        {
            Assert.Equal(File.ReadAllText(Path.Combine(Run(whole), table)), File.ReadAllText(Path.Combine(Run(killed), table)));
        }

        string[] Hashes(string run) => [.. File.ReadAllLines(Path.Combine(Run(run), "manifest.json")).Where(l => l.Contains("\"hash\"", StringComparison.Ordinal))];
        Assert.Equal(Hashes(whole), Hashes(killed));
    }

    private new string Scenario(int days) => Write("long.yaml", CliRun.Tiny
        .Replace("replicates: 1", "replicates: 2", StringComparison.Ordinal)
        .Replace("burn_in: 1 d, duration: 2 d", string.Create(CultureInfo.InvariantCulture, $"burn_in: {days} d, duration: {2 * days} d"), StringComparison.Ordinal)
        .Replace("[0.6 mm, 0.6 mm]", "[1.6 mm, 1.6 mm]", StringComparison.Ordinal));

    private static IEnumerable<FileInfo> States(string runs) => Directory.GetFiles(runs, "*.state", SearchOption.AllDirectories).Select(f => new FileInfo(f));

    private static bool HasBegun(string runs) => Directory.Exists(runs) && Directory.GetFiles(runs, "resolved.yaml", SearchOption.AllDirectories).Length > 0;

    private static string Run(string runs) => Directory.GetDirectories(runs).Single();

    private static async Task Reached(Func<bool> condition)
    {
        for (int i = 0; i < 1200 && !condition(); i++)
        {
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }
}
