using TmeSim.Cli.Tests.Commands;
using System.Diagnostics;
using System.Text.Json;

namespace TmeSim.Cli.Tests;

public sealed class ListTests : InFolder
{
    private const string Calibration = """

        calibrate:
          particles: 4
          generations: 1
          vary: {patient.nlr: {from: 2, to: 3}}
          targets: [{measure: tumor_volume_change, time: end, value: 0, sd: 10}]
        """;

    private void RunAllKinds()
    {
        string scenario = Scenario;
        Assert.Equal(0, CliRun.Invoke("run", scenario, "--out", Runs, "--quiet", "--no-figures").Code);
        Assert.Equal(0, CliRun.Invoke("compare", scenario, "--out", Runs, "--quiet", "--no-figures").Code);
        Assert.Equal(0, CliRun.Invoke("sweep", Write("s.yaml", CliRun.Tiny.Replace("name: Tiny", "name: Swept", StringComparison.Ordinal) + SweepCommandTests.Sweep), "--out", Runs, "--quiet", "--no-figures").Code);
        Assert.Equal(0, CliRun.Invoke("calibrate", Write("c.yaml", CliRun.Tiny.Replace("name: Tiny", "name: Fitted", StringComparison.Ordinal) + Calibration), "--out", Runs, "--quiet", "--no-figures").Code);
    }

    private JsonElement[] Results() =>
    [
        .. CliRun.Invoke("list", Folder, "--out", Runs, "--json").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement).Where(r => r.GetProperty("kind").GetString() != "scenario"),
    ];

    private static string Of(JsonElement result, string key) => result.GetProperty(key).GetString()!;

    private string Folders(string pattern) => Assert.Single(Directory.GetDirectories(Runs, pattern));

    [Fact]
    public void Results_OfEveryKind_AreListedWithStatusTimeAndPath()
    {
        RunAllKinds();
        JsonElement[] results = Results();

        Assert.Equal(["calibration", "comparison", "run", "sweep"], results.Select(r => Of(r, "kind")).Order());
        Assert.All(results, r => Assert.Equal("finished", Of(r, "status")));
        Assert.All(results, r => Assert.InRange((DateTime.UtcNow - r.GetProperty("time").GetDateTime()).TotalMinutes, -1, 30));
        Assert.Equal(Directory.GetDirectories(Runs).Order(StringComparer.Ordinal), results.Select(r => Of(r, "path")));
        string text = CliRun.Invoke("list", Folder, "--out", Runs).Out;
        Assert.Contains("Swept (grid, 9 of 9 simulations, seed 3)", text, StringComparison.Ordinal);
        Assert.Contains("Tiny (2 arm x replicate, seed 3)", text, StringComparison.Ordinal);
        Assert.Contains("of 1 run\n", text, StringComparison.Ordinal);

        Damage();
    }

    // In the same folder, since making it takes the time.
    private void Damage()
    {
        string run = Folders("tiny-*"), sweep = Folders("swept-*"), fit = Folders("fitted-*");
        File.Delete(Path.Combine(run, "timeseries.csv"));
        File.WriteAllText(Path.Combine(sweep, "sweep.json"), "{\"status\": ");
        File.Delete(Path.Combine(fit, "calibration.json"));
        Directory.CreateDirectory(Path.Combine(Runs, "lost"));
        File.WriteAllText(Path.Combine(Runs, "lost", "resolved.yaml"), "");
        Directory.CreateDirectory(Path.Combine(Runs, "mine"));

        JsonElement[] results = Results();
        JsonElement At(string folder) => Assert.Single(results, r => Of(r, "path") == folder);
        Assert.Equal(("run", "damaged"), (Of(At(run), "kind"), Of(At(run), "status")));
        Assert.StartsWith("timeseries.csv is missing", Of(At(run), "text"), StringComparison.Ordinal);
        Assert.Equal(("sweep", "damaged"), (Of(At(sweep), "kind"), Of(At(sweep), "status")));
        Assert.StartsWith("sweep.json cannot be read", Of(At(sweep), "text"), StringComparison.Ordinal);
        Assert.Equal(("calibration", "interrupted"), (Of(At(fit), "kind"), Of(At(fit), "status")));
        Assert.Equal(("unknown", "damaged"), (Of(At(Path.Combine(Runs, "lost")), "kind"), Of(At(Path.Combine(Runs, "lost")), "status")));
        Assert.DoesNotContain(results, r => Of(r, "path").EndsWith("mine", StringComparison.Ordinal));

        Directory.Delete(run, recursive: true);
        JsonElement comparison = Assert.Single(Results(), r => Of(r, "kind") == "comparison");
        Assert.Equal("damaged", Of(comparison, "status"));
        Assert.Contains(Path.GetFileName(run), Of(comparison, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipes_InPlaceOfFiles_StopNoCommand()
    {
        Assert.Equal(0, CliRun.Invoke("run", Scenario, "--out", Runs, "--quiet", "--no-figures").Code);
        string run = Assert.Single(Directory.GetDirectories(Runs));
        string[] files = [Path.Combine(Folder, "pipe.yaml"), Path.Combine(run, "manifest.json.tmp"), Path.Combine(run, ".lock"), .. Directory.GetFiles(run), .. Directory.GetFiles(Path.Combine(run, "snapshots")).Take(1)];
        foreach (string file in files)
        {
            if (File.Exists(file))
            {
                File.Move(file, file + ".kept", overwrite: true);
            }

            using (Process make = Process.Start("mkfifo", [file]))
            {
                await make.WaitForExitAsync();
            }

            foreach (string[] command in (string[][])[["list", Folder, "--out", Runs], ["report", run], ["compare", run, "--out", Runs, "--no-figures"], ["export", run, "--points", "--force"], ["run", Scenario, "--out", Runs, "--no-figures"]])
            {
                (int code, _, string error) = await Task.Run(() => CliRun.Invoke(command)).WaitAsync(TimeSpan.FromSeconds(30));
                Assert.True(code is 0 or 1 or 3 or 4, $"{string.Join(' ', command)}: {code} {error}");
                Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
            }

            File.Delete(file);
            if (File.Exists(file + ".kept"))
            {
                File.Move(file + ".kept", file, overwrite: true);
            }
        }
    }
}
