using System.IO.Compression;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Work;

public sealed class SweepSessionTests : IDisposable
{
    /// <summary>Two points of a key that changes everything, by two doses that only the second arm feels.</summary>
    private const string Sweep = """

        sweep:
          vary:
            patient.nlr: [1.5, 6]
            "arms[Atezo + Bev].therapy[atezolizumab].dose": [100 mg, 1200 mg]
          outputs: [tumor_cells@1 d, cd8_cells@end, tumor_volume_change@max]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sweep_OfDosesAndPatients_SharesWhatDoesNotDiffer()
    {
        SweepOutcome outcome = Run("a");

        // 2 patients x (1 control + 2 doses) x 2 replicates.
        Assert.Equal((RunStatus.Finished, 12, 0, 0), (outcome.Status, outcome.Simulations, outcome.Reused, outcome.Missing));
        string[] lines = File.ReadAllLines(outcome.TablePath!);
        Assert.Equal("point,arm,replicate,lesion,nlr,dose [mg],tumor_cells@1 d,cd8_cells@end,tumor_volume_change@max,status,end_d,run,state_hash", lines[0]);
        Assert.Equal(1 + (4 * 2 * 2), lines.Length);
        Assert.All(lines.Skip(1), l => Assert.Contains(",done,2,", l, StringComparison.Ordinal));
        Assert.Equal(12, lines.Skip(1).Select(l => l.Split(',')[11]).Distinct().Count());
        Assert.Equal(RunStatus.NothingToDo, Run("a").Status);
    }

    [Fact]
    public void Row_OfASweep_HasTheStateAndTheValuesOfARunWithTheSameKeys()
    {
        string[] row = File.ReadAllLines(Run("a").TablePath!).Skip(1).Select(l => l.Split(',')).Single(c => c is ["3", "Atezo + Bev", "1", ..]);
        ScenarioDefinition alone = Scenario("patient.nlr=6", "arms[Atezo + Bev].therapy[atezolizumab].dose=1200 mg");

        RunOutcome run = RunSession.Execute(new RunRequest { Scenario = alone, OutDirectory = Path.Combine(_folder.Path, "alone"), Figures = false }, new RunProgress(), TestContext.Current.CancellationToken);

        Assert.Equal(run.Manifest.StateHashes.Single(h => h.Arm == "Atezo + Bev" && h.Replicate == 1 && h.TimeD == 2).Hash, row[^1]);
        string[] header = File.ReadLines(Path.Combine(run.Folder, "timeseries.csv")).First().Split(',');
        string[][] rows = [.. File.ReadLines(Path.Combine(run.Folder, "timeseries.csv")).Select(l => l.Split(',')).Where(c => c[0] == "Atezo + Bev" && c[1] == "1")];
        Assert.Equal(rows[1][Array.IndexOf(header, "tumor_cells")], row[6]);
        Assert.Equal(rows[2][Array.IndexOf(header, "cd8_cells")], row[7]);
    }

    [Fact]
    public void Journal_CutAtAnyByte_GivesTheSameTableAfterResuming()
    {
        SweepOutcome outcome = Run("a");
        byte[] table = File.ReadAllBytes(outcome.TablePath!), journal = File.ReadAllBytes(Journal(outcome)), series = File.ReadAllBytes(Series(outcome));
        long[] ends = [.. JournalReader.Read(Journal(outcome)).Rows.Select(r => r.SeriesEnd)];
        foreach (int cut in (int[])[0, 8, journal.Length / 3, journal.Length - 200, journal.Length - 1])
        {
            File.WriteAllBytes(Journal(outcome), journal[..cut]);

            // What a killed process leaves: the series of the torn row are there too.
            File.WriteAllBytes(Series(outcome), series);
            File.Delete(outcome.TablePath!);

            SweepOutcome resumed = Run("a");

            Assert.Equal(RunStatus.Finished, resumed.Status);
            Assert.Equal(Math.Max(0, journal[..cut].Count(b => b == (byte)'\n') - 1), resumed.Reused);
            Assert.Equal(table, File.ReadAllBytes(resumed.TablePath!));
            Assert.Equal(Sorted(series, ends[^1]), Sorted(File.ReadAllBytes(Series(resumed)), long.MaxValue));
        }
    }

    [Fact]
    public void Journal_WithADamagedFirstLine_IsKeptAndTheRunsAreDoneAgain()
    {
        SweepOutcome outcome = Run("a");
        byte[] table = File.ReadAllBytes(outcome.TablePath!), journal = File.ReadAllBytes(Journal(outcome));
        journal[20] ^= 1;
        File.WriteAllBytes(Journal(outcome), journal);
        List<string> notes = [];

        SweepOutcome again = Run("a", notes: notes);

        Assert.Equal(0, again.Reused);
        Assert.Equal(table, File.ReadAllBytes(again.TablePath!));
        Assert.Equal(journal, File.ReadAllBytes(Journal(outcome)));
        Assert.Contains(notes, n => n.Contains("first line is damaged", StringComparison.Ordinal));
        Assert.Equal(RunStatus.NothingToDo, Run("a").Status);
    }

    [Fact]
    public void Series_ShorterThanItsJournal_CostsTheRunsBeyondItsEnd()
    {
        SweepOutcome outcome = Run("a");
        byte[] table = File.ReadAllBytes(outcome.TablePath!), series = File.ReadAllBytes(Series(outcome));
        JournalRow[] rows = [.. JournalReader.Read(Journal(outcome)).Rows];
        File.WriteAllBytes(Series(outcome), series[..(int)(rows[7].SeriesEnd - 1)]);
        List<string> notes = [];

        SweepOutcome again = Run("a", notes: notes);

        Assert.Contains(notes, n => n.Contains("5 of 12 runs are done again", StringComparison.Ordinal));
        Assert.Equal(table, File.ReadAllBytes(again.TablePath!));
        Assert.Equal(Sorted(series, long.MaxValue), Sorted(File.ReadAllBytes(Series(again)), long.MaxValue));
    }

    [Theory]
    [InlineData("time.record_every=12 h", "cd8_cells@mean")]
    [InlineData("lesions[primary].tumor.clones=[{name: high antigen, fraction: 0.2, antigenicity: 0.1}]", "clone_*")]
    public void Sweep_WhoseColumnsMeanSomethingElse_RunsAgain(string change, string output)
    {
        string before = output == "clone_*" ? "clone_low_antigen_cells@end" : output, after = output == "clone_*" ? "clone_high_antigen_cells@end" : output;
        Run("a", sets: [$"sweep.outputs=[{before}]"]);

        Assert.Equal(0, Run("a", sets: [change, $"sweep.outputs=[{after}]"]).Reused);
        string[] swapped = ["lesions[primary].tumor.clones=[{name: b, fraction: 0.2}, {name: a, fraction: 0.1}]", "sweep.outputs=[clone_a_cells@end, clone_b_cells@end]"];
        Run("a", sets: ["lesions[primary].tumor.clones=[{name: a, fraction: 0.2}, {name: b, fraction: 0.1}]", swapped[1]]);
        Assert.Equal(0, Run("a", sets: swapped).Reused);
    }

    [Fact]
    public void Sweep_OfOtherValues_KeepsTheResultsOfTheEarlierOne()
    {
        SweepOutcome first = Run("a");
        string table = File.ReadAllText(first.TablePath!);
        List<string> notes = [];

        SweepOutcome other = Run("a", sets: ["sweep.vary.patient.nlr=[3, 4]"], notes: notes);

        Assert.Equal(first.Folder, other.Folder);
        Assert.Equal(table, File.ReadAllText(Path.Combine(first.Folder, "earlier-1", "sweep.csv")));
        Assert.Contains(notes, n => n.Contains("earlier-1", StringComparison.Ordinal));
        Assert.Equal(RunStatus.NothingToDo, Run("a").Status);
    }

    [Fact]
    public void Journal_WithAFlippedBit_LosesThatRowAlone()
    {
        SweepOutcome outcome = Run("a");
        byte[] table = File.ReadAllBytes(outcome.TablePath!), journal = File.ReadAllBytes(Journal(outcome));
        journal[journal.Length / 2] ^= 4;
        File.WriteAllBytes(Journal(outcome), journal);
        List<string> notes = [];

        SweepOutcome again = Run("a", notes: notes);

        Assert.Equal(11, again.Reused);
        Assert.Equal(table, File.ReadAllBytes(again.TablePath!));
        Assert.Contains(notes, n => n.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Shards_MergedFromSeveralFolders_GiveTheTableOfOneSession()
    {
        byte[] table = File.ReadAllBytes(Run("a").TablePath!);
        string[] parts = [.. Enumerable.Range(1, 3).Select(i => Run("part" + i, new SweepShard(i, 3)).Folder)];
        Assert.All(parts, p => Assert.False(File.Exists(Path.Combine(p, "sweep.csv"))));

        SweepOutcome first = SweepMerge.Execute(Request("merged", null), parts[..2], TestContext.Current.CancellationToken);
        SweepOutcome merged = SweepMerge.Execute(Request("merged", null), parts, TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Interrupted, first.Status);
        Assert.InRange(first.Missing, 1, 11);
        Assert.Equal(RunStatus.Finished, merged.Status);
        Assert.Equal(table, File.ReadAllBytes(merged.TablePath!));
    }

    [Fact]
    public void Sweep_WithMoreReplicatesAndLevels_GoesOnInItsFolder()
    {
        SweepOutcome small = Run("a");

        SweepOutcome large = Run("a", sets: ["replicates=3", "sweep.vary.patient.nlr=[1.5, 3, 6]"]);

        Assert.Equal(small.Folder, large.Folder);
        Assert.Equal((12, 27), (large.Reused, large.Simulations));
    }

    [Fact]
    public void Sweep_WithAnotherOutput_RunsAgainAndKeepsTheOldJournal()
    {
        Run("a");

        SweepOutcome other = Run("a", sets: ["sweep.outputs=[macrophages@end]"]);
        SweepOutcome back = Run("a");

        Assert.Equal(0, other.Reused);
        Assert.Equal(RunStatus.NothingToDo, back.Status);
    }

    [Fact]
    public void Sweep_Cancelled_KeepsWhatIsDone()
    {
        using var cancel = new CancellationTokenSource();
        int done = 0;
        var progress = new RunProgress
        {
            ArmFinished = (_, _, _) =>
            {
                if (++done == 2)
                {
                    cancel.Cancel();
                }
            },
        };

        SweepOutcome outcome = SweepSession.Execute(Request("a", null) with { Jobs = 1 }, progress, cancel.Token);

        Assert.Equal((RunStatus.Interrupted, 10), (outcome.Status, outcome.Missing));
        SweepOutcome resumed = Run("a");
        Assert.Equal((RunStatus.Finished, 2), (resumed.Status, resumed.Reused));
    }

    [Fact]
    public void Point_ThatIsNoValidScenario_IsRefusedBeforeAnythingIsWritten()
    {
        var refused = Assert.Throws<ScenarioRefusedException>(() => Run("a", sets: ["sweep.vary={\"lesions[primary].tumor.radius\": [0.2 mm, 3 mm]}"]));

        Assert.Contains("point 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "a")));
    }

    [Fact]
    public void Simulation_ThatFails_IsRecordedAndTheOthersGoOn()
    {
        SweepSession session = SweepSession.Plan(Request("a", null), TestContext.Current.CancellationToken);
        session.Prepare(null);

        // The arms of point 3 have an infinite field from the first step on; no scenario that passes its checks gets there.
        ScenarioDefinition At(int point) => point != 3 ? session.Points.At(point) : session.Points.At(point) is var s
            ? s with { Arms = [.. s.Arms.Select(a => a with { Parameters = a.Parameters.With(Parameter.IfngContactSource, 1e300) })] } : s;
        var runner = new SweepRunner(At, session.Columns, new RunProgress());
        using (JournalWriter journal = JournalWriter.Open(session.Folder, "local", session.Columns.Header, _ => { }))
        {
            runner.Run([.. session.Tasks.All.Select(t => t with { Runs = [.. t.Runs.OrderByDescending(r => r.Place.Point)] })], journal, 2, 1, TestContext.Current.CancellationToken);
        }

        SweepOutcome failed = Run("a");
        Assert.Equal((RunStatus.Failed, 2, 0), (failed.Status, failed.Failures.Count, failed.Missing));
        Assert.All(failed.Failures, f => Assert.Contains("not finite", f.Reason, StringComparison.Ordinal));
        Assert.Equal(2, File.ReadLines(failed.TablePath!).Count(l => l.Contains(",failed,", StringComparison.Ordinal)));

        SweepOutcome retried = SweepSession.Execute(Request("a", null) with { RetryFailed = true }, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, 10), (retried.Status, retried.Reused));
        Assert.Equal(File.ReadAllText(Run("b").TablePath!), File.ReadAllText(retried.TablePath!));
    }

    [Fact]
    public void TwoProcesses_OnOneShard_AreKeptApart()
    {
        SweepOutcome outcome = Run("a");
        using var held = new FileStream(Path.Combine(outcome.Folder, "journals", "local.lock"), FileMode.Create, FileAccess.Write, FileShare.None);

        var refused = Assert.Throws<RunFolderException>(() => Run("a", sets: ["replicates=3"]));

        Assert.Contains("another process is writing the journal local", refused.Message, StringComparison.Ordinal);
    }

    private static string Journal(SweepOutcome outcome) => Path.Combine(outcome.Folder, "journals", "local.log");

    private static string Series(SweepOutcome outcome) => Path.Combine(outcome.Folder, "series", "local.csv.gz");

    // Rows of the time series, whatever the order of runs.
    private static string[] Sorted(byte[] pack, long length)
    {
        using var gzip = new GZipStream(new MemoryStream(pack[..(int)Math.Min(length, pack.Length)]), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return [.. reader.ReadToEnd().Split('\n').Order(StringComparer.Ordinal)];
    }

    private static ScenarioDefinition Scenario(params string[] sets)
    {
        string text = SmallScenario.Text.Replace("burn_in: 4 d, duration: 6 d", "burn_in: 1 d, duration: 2 d", StringComparison.Ordinal) + Sweep;
        ScenarioResult result = ScenarioReader.ReadText(text, overrides: new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    private SweepRequest Request(string folder, SweepShard? shard, params string[] sets) =>
        new() { Scenario = Scenario(sets), OutDirectory = Path.Combine(_folder.Path, folder), Shard = shard, Figures = false };

    private SweepOutcome Run(string folder, SweepShard? shard = null, string[]? sets = null, List<string>? notes = null) =>
        SweepSession.Execute(Request(folder, shard, sets ?? []), new RunProgress { Notice = n => notes?.Add(n) }, TestContext.Current.CancellationToken);
}
