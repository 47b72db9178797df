using System.Diagnostics;
using System.Text.Json;

namespace TmeSim.Cli.Tests.Commands;

public sealed class VerifyCommandTests : InFolder
{
    [Fact]
    public void Verify_IntactThenDamagedThenMended_Is0Then4Then0()
    {
        CliRun.Invoke("run", Scenario, "--out", Runs, "--quiet", "--no-figures");
        string run = Directory.GetDirectories(Runs).Single(), snapshot = Directory.GetFiles(Path.Combine(run, "snapshots"), "a1-*").Order(StringComparer.Ordinal).First();
        (int code, string output, string error) = CliRun.Invoke("verify", run);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("as written", output, StringComparison.Ordinal);

        File.Delete(snapshot);
        (code, output, _) = CliRun.Invoke("verify", run);
        Assert.Equal(4, code);
        Assert.Contains($"missing  snapshots/{Path.GetFileName(snapshot)} (Anti-PD-L1, replicate 0)", output, StringComparison.Ordinal);
        Assert.Contains("tmesim run", output, StringComparison.Ordinal);
        (code, output, _) = CliRun.Invoke("verify", run, "--json");
        JsonElement folder = JsonDocument.Parse(output).RootElement, finding = Assert.Single(folder.GetProperty("findings").EnumerateArray());
        Assert.Equal((4, "damaged", "missing", 0), (code, folder.GetProperty("status").GetString(), finding.GetProperty("kind").GetString(), finding.GetProperty("replicate").GetInt32()));

        (code, output, error) = CliRun.Invoke("report", run);
        Assert.Equal(4, code);
        Assert.Contains($"warning: snapshots/{Path.GetFileName(snapshot)}", error, StringComparison.Ordinal);
        Assert.EndsWith("report.html", output.Trim(), StringComparison.Ordinal);
        (code, _, error) = CliRun.Invoke("export", run, "--points");
        Assert.Equal(4, code);
        Assert.Contains(Path.GetFileName(snapshot), error, StringComparison.Ordinal);

        (code, _, error) = CliRun.Invoke("run", Scenario, "--out", Runs, "--no-figures", "--quiet");
        Assert.Equal(0, code);
        Assert.Contains($"warning: snapshots/{Path.GetFileName(snapshot)} (Anti-PD-L1, replicate 0): missing", error, StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Invoke("verify", run, run).Code);
    }

    [Fact]
    public void Verify_NoFolderOfTheTool_Is1() => Assert.Contains("is no folder of a run", CliRun.Invoke("verify", Folder).Error, StringComparison.Ordinal);

    [Fact]
    public void Verify_SweepWithATornJournal_NamesIt()
    {
        string file = Write("sweep.yaml", CliRun.Tiny + "\nsweep: {vary: {patient.nlr: [1, 5]}, outputs: [tumor_cells@end]}\n");
        (int code, _, string error) = CliRun.Invoke("sweep", file, "--out", Runs, "--quiet", "--no-figures", "--jobs", "1");
        Assert.True(code == 0, error);
        string sweep = Directory.GetDirectories(Runs).Single(), journal = Directory.GetFiles(Path.Combine(sweep, "journals"), "*.log").Single();
        Assert.Equal(0, CliRun.Invoke("verify", sweep).Code);
        File.WriteAllBytes(journal, File.ReadAllBytes(journal)[..^5]);
        (code, string output, _) = CliRun.Invoke("verify", sweep);
        Assert.Equal(4, code);
        Assert.Contains($"changed  journals/{Path.GetFileName(journal)}: 1 damaged lines", output, StringComparison.Ordinal);
    }

    /// <summary>A run is killed at random instants: what it leaves is never called damaged, and it comes to the same files.</summary>
    [Fact]
    public async Task Run_KilledAtRandomInstants_LeavesNoDamageAndEndsWithTheSameFiles()
    {
        string file = Write("run.yaml", CliRun.Tiny.Replace("replicates: 1", "replicates: 8", StringComparison.Ordinal));
        string[] Arguments(string runs) => ["run", file, "--out", Path.Combine(Folder, runs), "--jobs", "2", "--no-figures", "--quiet", "--set", "time.snapshot_every=1 d"];
        string Of(string runs) => Directory.GetDirectories(Path.Combine(Folder, runs)).Single();
        (int whole, _, string error) = await Tool.Run(Arguments("whole"));
        Assert.True(whole == 0, error);

        var random = new Random(20260102);
        int left = 0;
        for (int i = 0; i < 4; i++)
        {
            // From the lock on it is at work; every other time it is killed behind its first manifest.
            string folder = Path.Combine(Folder, "killed", Path.GetFileName(Of("whole"))), held = Path.Combine(folder, ".lock");
            File.Delete(Directory.Exists(folder) ? held : file + ".none");
            using Process process = Tool.Start(Arguments("killed"));
            while (!(File.Exists(held) && (i % 2 == 0 || File.Exists(Path.Combine(folder, "manifest.json")))) && !process.HasExited)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(20, 500), TestContext.Current.CancellationToken));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (File.Exists(Path.Combine(folder, "manifest.json")))
            {
                (int code, string output, _) = CliRun.Invoke("verify", folder);
                Assert.True(code == 0, output);
                left++;
            }
        }

        (int last, _, error) = await Tool.Run(Arguments("killed"));
        Assert.Equal((0, ""), (last, error));
        Assert.True(left > 0, "no session came as far as a manifest");
        Assert.Equal(Files(Of("whole")).Select(f => f.Name), Files(Of("killed")).Select(f => f.Name));
        Assert.All(Files(Of("whole")).Zip(Files(Of("killed"))), pair => Assert.Equal(pair.First.Bytes, pair.Second.Bytes));
        Assert.Equal(0, CliRun.Invoke("verify", Of("killed")).Code);
    }

    // What says when it was written is left out.
    private static (string Name, byte[] Bytes)[] Files(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not ("manifest.json" or "log.txt" or "ro-crate-metadata.json")).Order(StringComparer.Ordinal)
            .Select(f => (Path.GetRelativePath(folder, f), File.ReadAllBytes(f))),
    ];
}
