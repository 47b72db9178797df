using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>A sweep, or the trial of a cohort, is killed at random instants, again and again, and comes to the same tables.</summary>
public sealed class SweepKillTests : InFolder
{
    private const string Sweep = """

        sweep:
          vary:
            patient.nlr: {from: 1, to: 8, levels: 40}
          outputs: [tumor_cells@end, cd8_cells@1 d]
        """;

    private const string Cohort = """

        cohort:
          patients: 40
          traits: {patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}}
        baseline: asked
        trial: {primary: orr, imaging: {every: 1 d, until: 2 d, then: 1 d}}
        """;

    // About 0.2 s a simulation, so that no session comes to the end of all of them.
    [Fact]
    public Task Sweep_KilledTwentyTimesAtRandomInstants_EndsWithTheTableOfAnUninterruptedOne() => EndsAlike(20, "sweep",
        CliRun.Tiny.Replace("replicates: 1", "replicates: 2", StringComparison.Ordinal).Replace("[0.6 mm, 0.6 mm]", "[1.2 mm, 1.2 mm]", StringComparison.Ordinal) + Sweep,
        "sweep.csv");

    [Fact]
    public Task Trial_KilledTenTimesAtRandomInstants_EndsWithTheTablesOfAnUninterruptedOne() => EndsAlike(10, "trial",
        CliRun.Tiny.Replace("[0.6 mm, 0.6 mm]", "[1.2 mm, 1.2 mm]", StringComparison.Ordinal) + Cohort, "patients.csv", "visits.csv", "endpoints.csv", "contrasts.csv", "biomarkers.csv", "tree.json");

    /// <summary>However many simulations there are: a thousand make fewer than three thousand files by far.</summary>
    [Theory]
    [InlineData("sweep", Sweep)]
    [InlineData("trial", Cohort)]
    public void Folder_HasNoMoreFilesThanForecast(string command, string block)
    {
        string file = Write("work.yaml", CliRun.Tiny + block);
        string[] arguments = [command, file, "--out", Path.Combine(Folder, "out")];
        (int code, string text, _) = CliRun.Invoke([.. arguments, "--dry-run"]);
        Assert.Equal(0, code);
        int most = int.Parse(System.Text.RegularExpressions.Regex.Match(text, @"in at most (\d+) files").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        (code, _, string error) = CliRun.Invoke([.. arguments, "--no-figures", "--quiet"]);
        Assert.True(code == 0, error);
        int files = Directory.GetFiles(Path.Combine(Folder, "out"), "*", SearchOption.AllDirectories).Length;
        Assert.InRange(files, most - 2, most);
        Assert.True(most < 20);
    }

    private async Task EndsAlike(int kills, string command, string scenario, params string[] tables)
    {
        string file = Write("work.yaml", scenario);
        string[] Arguments(string runs) => [command, file, "--out", Path.Combine(Folder, runs), "--jobs", "2", "--no-figures", "--quiet"];
        (int whole, _, string error) = await Tool.Run(Arguments("whole"));
        Assert.True(whole == 0, error);

        var random = new Random(20260101);
        int killed = 0;
        for (int i = 0; i < kills; i++)
        {
            using Process process = Tool.Start(Arguments("killed"));
            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(50, 1500), TestContext.Current.CancellationToken));
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (int last, _, error) = await Tool.Run(Arguments("killed"));

        Assert.True(last == 0, error);
        Assert.True(killed >= kills / 2, $"only {killed} of {kills} sessions were at work when they were killed");
        Assert.All(tables, t => Assert.Equal(Table("whole", t), Table("killed", t)));
    }

    private string Table(string runs, string table) => File.ReadAllText(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, runs)).Single(), table));
}
