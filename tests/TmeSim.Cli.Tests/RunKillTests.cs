using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>A run is killed at random instants, again and again, and comes to the same tables.</summary>
public sealed class RunKillTests : InFolder
{
    private const int Kills = 8;

    [Fact]
    public async Task Run_KilledAtRandomInstants_EndsWithTheTablesOfAnUninterruptedOne()
    {
        string file = Write("killed.yaml", CliRun.Tiny.Replace("replicates: 1", "replicates: 40", StringComparison.Ordinal));
        string[] Arguments(string runs) => ["run", file, "--out", Path.Combine(Folder, runs), "--jobs", "2", "--no-figures", "--quiet"];
        (int whole, _, string error) = await Tool.Run(Arguments("whole"));
        Assert.True(whole == 0, error);

        var random = new Random(20260102);
        for (int i = 0; i < Kills; i++)
        {
            using Process process = Tool.Start(Arguments("killed"));
            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(50, 1200), TestContext.Current.CancellationToken));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (int last, _, error) = await Tool.Run(Arguments("killed"));
        Assert.True(last == 0, error);
        foreach (string table in (string[])["timeseries.csv", "events.csv", "responses.csv", "endpoints.csv"])
        {
            Assert.Equal(Table("whole", table), Table("killed", table));
        }
    }

    private string Table(string runs, string name) => File.ReadAllText(Path.Combine(Directory.GetDirectories(Path.Combine(Folder, runs)).Single(), name));
}
