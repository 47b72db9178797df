using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>A sweep is killed at random instants, again and again, and comes to the same table.</summary>
public sealed class SweepKillTests : InFolder
{
    private const int Kills = 20;

    private const string Sweep = """

        sweep:
          vary:
            patient.nlr: {from: 1, to: 8, levels: 40}
          outputs: [tumor_cells@end, cd8_cells@1 d]
        """;

    [Fact]
    public async Task Sweep_KilledTwentyTimesAtRandomInstants_EndsWithTheTableOfAnUninterruptedOne()
    {
        // About 0.2 s a simulation, so that no session comes to the end of all of them.
        string file = Write("sweep.yaml", CliRun.Tiny.Replace("replicates: 1", "replicates: 2", StringComparison.Ordinal).Replace("[0.6 mm, 0.6 mm]", "[1.2 mm, 1.2 mm]", StringComparison.Ordinal) + Sweep);
        string[] Arguments(string runs) => ["sweep", file, "--out", Path.Combine(Folder, runs), "--jobs", "2", "--no-figures", "--quiet"];
        (int whole, _, string error) = await Tool.Run(Arguments("whole"));
        Assert.True(whole == 0, error);

        var random = new Random(20260101);
        int killed = 0;
        for (int i = 0; i < Kills; i++)
        {
            using Process process = Tool.Start(Arguments("killed"));
            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(50, 1500), TestContext.Current.CancellationToken));
            killed += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (int last, _, error) = await Tool.Run(Arguments("killed"));

        Assert.True(last == 0, error);
        Assert.True(killed >= Kills / 2, $"only {killed} of {Kills} sessions were at work when they were killed");
        Assert.Equal(Table("whole"), Table("killed"));
    }

    private string Table(string runs) => File.ReadAllText(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, runs)).Single(), "sweep.csv"));
}
