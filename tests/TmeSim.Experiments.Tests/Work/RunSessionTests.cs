using TmeSim.Engine.Plan;
using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>The whole path from a scenario to a run folder.</summary>
public sealed class RunSessionTests : IClassFixture<RunSessionTests.Reference>
{
    private readonly Reference _reference;

    public RunSessionTests(Reference reference) => _reference = reference;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Execute_OtherJobsAndThreads_GivesTheSameBytesAndHashes(int jobs, int threads)
    {
        using var folder = new TemporaryFolder();
        RunOutcome outcome = Run(folder.Path, jobs: jobs, threads: threads);
        Assert.Equal(_reference.Outcome.Manifest.StateHashes, outcome.Manifest.StateHashes);
        foreach (string name in (string[])["timeseries.csv", "events.csv", "resolved.yaml"])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_reference.Outcome.Folder, name)), File.ReadAllBytes(Path.Combine(outcome.Folder, name)));
        }
    }

    /// <summary>A plane is a solid of one layer, bit for bit.</summary>
    [Fact]
    public void Execute_OneLayerInThreeDimensions_GivesTheHashesOfThePlane()
    {
        using var folder = new TemporaryFolder();
        RunOutcome outcome = Run(folder.Path, figures: false, sets: "tissue.size=[0.8 mm, 0.8 mm, 20 um]");
        Assert.Equal(_reference.Outcome.Manifest.StateHashes, outcome.Manifest.StateHashes);
    }

    [Fact]
    public void Execute_Finished_WritesEveryFileOfTheContract()
    {
        string folder = _reference.Outcome.Folder;
        Assert.Equal(RunStatus.Finished, _reference.Outcome.Status);
        foreach (string name in (string[])["manifest.json", "resolved.yaml", "timeseries.csv", "events.csv", "endpoints.csv", "contrasts.csv", "report.html", "log.txt"])
        {
            Assert.True(new FileInfo(Path.Combine(folder, name)).Length > 0, name);
        }

        Assert.True(Directory.GetFiles(Path.Combine(folder, "figures"), "*.svg").Length >= 11);
        Assert.Equal(Names("*.svg"), Names("*.csv"));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(folder, ".lock")));

        string[] Names(string pattern) => [.. Directory.GetFiles(Path.Combine(folder, "figures"), pattern).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Execute_WithoutFigures_WritesTheTables()
    {
        using var folder = new TemporaryFolder();
        string made = Run(folder.Path, figures: false, sets: ["replicates=1", "time.duration=2 d"]).Folder;
        Assert.StartsWith("arm,lesion,replicates", File.ReadAllText(Path.Combine(made, "endpoints.csv")), StringComparison.Ordinal);
        Assert.Contains("tumor_volume_change,1,primary,Atezo + Bev,Control", File.ReadAllText(Path.Combine(made, "contrasts.csv")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(made, "report.html")));
    }

    [Fact]
    public void Report_SaysWhatWasSimulated()
    {
        string page = File.ReadAllText(Path.Combine(_reference.Outcome.Folder, "report.html"));
        Assert.Contains("On day 6 the tumour volume changed by", page, StringComparison.Ordinal);
        Assert.Contains("every 21 d from day 0", page, StringComparison.Ordinal);
        Assert.Contains("1200 mg (17.14 mg/kg)", page, StringComparison.Ordinal);
        Assert.Contains("no therapy", page, StringComparison.Ordinal);
        Assert.Contains("30 mm, doubling time 60 d", page, StringComparison.Ordinal);
        Assert.Contains("40 × 40 sites of 20 µm (0.8 × 0.8 mm)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeSeries_AtStart_IsTheSameInAllArms()
    {
        TimeSeriesRow[] start = [.. _reference.Table.Rows.Where(r => r.TimeDays == 0)];
        Assert.Equal(4, start.Length);
        foreach (var replicate in start.GroupBy(r => r.Replicate))
        {
            Assert.All(replicate, r => Assert.Equal(replicate.First().Values, r.Values));
        }

        Assert.NotEqual(start[0].Values, start[1].Values);
    }

    [Fact]
    public void TimeSeries_RowsAndColumns_FollowScheduleAndManifest()
    {
        string[] header = File.ReadLines(Path.Combine(_reference.Outcome.Folder, "timeseries.csv")).First().Split(',');
        Assert.Equal(_reference.Outcome.Manifest.Columns.Select(c => c.Name), header);
        Assert.All(_reference.Outcome.Manifest.Columns, c => Assert.NotEmpty(c.Description));
        Assert.Contains("atezolizumab_mg_per_l", header);
        Assert.Contains("clone_low_antigen_cells", header);
        Assert.Equal(2 * 2 * 7, _reference.Table.Rows.Count);
    }

    [Fact]
    public void TimeSeries_Counts_Balance()
    {
        int cells = _reference.Table.Column("tumor_cells"), births = _reference.Table.Column("births");
        int[] losses = [.. new[] { "deaths_cd8", "deaths_apoptosis", "deaths_necrosis", "deaths_phagocytosis" }.Select(_reference.Table.Column)];
        int[] clones = [.. new[] { "clone_founder_cells", "clone_low_antigen_cells" }.Select(_reference.Table.Column)];
        foreach (var arm in _reference.Table.Rows.GroupBy(r => (r.Arm, r.Replicate)))
        {
            double start = arm.First().Values[cells];
            Assert.All(arm, r =>
            {
                Assert.Equal(r.Values[cells], start + r.Values[births] - losses.Sum(l => r.Values[l]));
                Assert.Equal(r.Values[cells], clones.Sum(c => r.Values[c]));
            });
        }
    }

    [Fact]
    public void Manifest_Hashes_ShareTheStartAndDifferAtTheEnd()
    {
        StateHashEntry[] first = [.. _reference.Outcome.Manifest.StateHashes.Where(h => h.Replicate == 0)];
        Assert.Equal([0, 3, 6, 0, 3, 6], first.Select(h => h.TimeD));
        Assert.Equal(first[0].Hash, first[3].Hash);
        Assert.NotEqual(first[2].Hash, first[5].Hash);
    }

    [Fact]
    public void Manifest_Written_ReadsBack()
    {
        Manifest manifest = Manifest.Parse(File.ReadAllText(Path.Combine(_reference.Outcome.Folder, "manifest.json")))!;
        Assert.Equal(Manifest.Finished, manifest.Status);
        Assert.Equal(_reference.Outcome.Manifest.StateHashes, manifest.StateHashes);
        Assert.Equal(2, manifest.Baseline.Count);
        Assert.Contains(manifest.Baseline[0].SetPoints, p => p.Measure == "cd8_bed_per_mm2" && p.Asked == 120);
        Assert.Equal(["Control", "Atezo + Bev"], manifest.Arms);
    }

    [Fact]
    public void Manifest_AndReport_ListEveryMultiplier()
    {
        string[] keys = ["division_rate_per_day", "cd8_entry", "monocyte_entry", "polarisation", "sprouting", "vegf_output", "matrix"];
        Assert.Equal(keys, MultiplierTable.All.Select(m => m.Key));
        Assert.Equal(Enum.GetValues<Multiplier>(), MultiplierTable.All.Select(m => m.Id));
        ScenarioDefinition scenario = SmallScenario.Read();
        using var simulation = new Simulation(scenario.Plan, 1);
        simulation.RunBurnIn();
        SetPointMultipliers found = simulation.Lesions[0].Multipliers;
        IReadOnlyDictionary<string, double> written = Manifest.Parse(File.ReadAllText(Path.Combine(_reference.Outcome.Folder, "manifest.json")))!.Baseline.Single(b => b.Replicate == 1).Multipliers;
        Assert.Equal(MultiplierTable.All.Select(m => (m.Key, found[m.Id])), written.Select(m => (m.Key, m.Value)));
        Assert.NotEqual(1, found[Multiplier.Matrix]);

        string page = File.ReadAllText(Path.Combine(_reference.Outcome.Folder, "report.html"));
        int from = page.IndexOf(">Multipliers of the burn-in</h2>", StringComparison.Ordinal);
        string table = page[from..page.IndexOf("</table>", from, StringComparison.Ordinal)];
        Assert.All(MultiplierTable.All, m => Assert.Contains(m.Label, table, StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_FinishedBefore_DoesNothing()
    {
        string manifest = Path.Combine(_reference.Outcome.Folder, "manifest.json");
        string before = File.ReadAllText(manifest);
        DateTime time = File.GetLastWriteTimeUtc(manifest);
        RunOutcome again = Run(_reference.Folder.Path);
        Assert.Equal(RunStatus.NothingToDo, again.Status);
        Assert.Equal(before, File.ReadAllText(manifest));
        Assert.Equal(time, File.GetLastWriteTimeUtc(manifest));
    }

    [Fact]
    public void Execute_OneArmThenAll_RunsWhatIsMissingAndGivesTheSameTables()
    {
        using var folder = new TemporaryFolder();
        RunOutcome one = Run(folder.Path, arms: [1]);
        Assert.Equal(["Atezo + Bev"], one.Manifest.Arms);
        RunOutcome all = Run(folder.Path);
        Assert.Equal(RunStatus.Finished, all.Status);
        Assert.Equal(2, all.Reused);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_reference.Outcome.Folder, "timeseries.csv")), File.ReadAllBytes(Path.Combine(all.Folder, "timeseries.csv")));
        Assert.Equal(_reference.Outcome.Manifest.StateHashes, all.Manifest.StateHashes);
    }

    [Fact]
    public void Execute_OtherContentInTheWay_NeedsForce()
    {
        using var folder = new TemporaryFolder();
        const string less = "time.record_every=3 d";
        Run(folder.Path, arms: [0], figures: false);
        var refused = Assert.Throws<RunFolderException>(() => Run(folder.Path, arms: [0], figures: false, sets: less));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        RunOutcome forced = Run(folder.Path, arms: [0], figures: false, force: true, sets: less);
        Assert.Equal(RunStatus.Finished, forced.Status);
        Assert.Equal(2 * 3, TimeSeriesTable.Read(Path.Combine(forced.Folder, "timeseries.csv")).Rows.Count);
    }

    [Fact]
    public void Execute_Cancelled_KeepsWholeArmsAndContinuesToTheSameTables()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var progress = new RunProgress { ArmFinished = (_, _, _) => stop.Cancel() };
        RunOutcome stopped = RunSession.Execute(Request(folder.Path, jobs: 1), progress, stop.Token);
        Assert.Equal(RunStatus.Interrupted, stopped.Status);
        Assert.Equal([new ArmReplicate("Control", 1), new ArmReplicate("Atezo + Bev", 0), new ArmReplicate("Atezo + Bev", 1)], stopped.Manifest.Missing);
        Assert.Equal(7, TimeSeriesTable.Read(Path.Combine(stopped.Folder, "timeseries.csv")).Rows.Count);
        RunOutcome rest = Run(folder.Path);
        Assert.Equal(RunStatus.Finished, rest.Status);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_reference.Outcome.Folder, "timeseries.csv")), File.ReadAllBytes(Path.Combine(rest.Folder, "timeseries.csv")));
    }

    [Fact]
    public void Execute_OutIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "out");
        File.WriteAllText(file, "");
        Assert.Contains("cannot make the run folder", Assert.Throws<RunFolderException>(() => Run(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_FolderLocked_SaysThatAnotherRunWrites()
    {
        using var folder = new TemporaryFolder();
        using var held = RunFolder.Open(RunFolder.PathFor(folder.Path, SmallScenario.Read()));
        Assert.Contains("another run", Assert.Throws<RunFolderException>(() => Run(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_Written_ReadsBackWithTheCountsOfTheTable()
    {
        string file = Directory.GetFiles(Path.Combine(_reference.Outcome.Folder, "snapshots"), "a1-*.t0008640min.bin.gz").Single();
        TissueSnapshot snapshot = SnapshotFile.Read(file);
        TimeSeriesRow row = _reference.Table.Rows.Last(r => r.Arm == "Atezo + Bev" && r.Replicate == 0);
        Assert.Equal(("Atezo + Bev", 0, "primary", 6.0), (snapshot.Arm, snapshot.Replicate, snapshot.Lesion, snapshot.TimeDays));
        Assert.Equal(row.Values[_reference.Table.Column("tumor_cells")], snapshot.Parenchyma.Count(p => p == 2));
        Assert.Equal(row.Values[_reference.Table.Column("cd8_cells")], snapshot.Immune.Count(i => i is 1 or 2));
        Assert.Equal(row.Values[_reference.Table.Column("macrophages")], snapshot.Immune.Count(i => i is 3 or 4));
        Assert.Equal(9, snapshot.Fields.Count);
    }

    private static RunRequest Request(string directory, int[]? arms = null, int? jobs = null, int? threads = null, bool force = false, bool figures = true, params string[] sets) => new()
    {
        Scenario = SmallScenario.Read(sets),
        Arms = arms ?? [],
        OutDirectory = directory,
        Jobs = jobs,
        Threads = threads,
        Force = force,
        Figures = figures,
    };

    private static RunOutcome Run(string directory, int[]? arms = null, int? jobs = null, int? threads = null, bool force = false, bool figures = true, params string[] sets) =>
        RunSession.Execute(Request(directory, arms, jobs, threads, force, figures, sets), new RunProgress(), TestContext.Current.CancellationToken);

    /// <summary>One finished run with one job and one thread that the tests compare with.</summary>
    public sealed class Reference : IDisposable
    {
        public Reference()
        {
            Outcome = Run(Folder.Path, jobs: 1, threads: 1);
            Table = TimeSeriesTable.Read(Path.Combine(Outcome.Folder, "timeseries.csv"));
        }

        internal TemporaryFolder Folder { get; } = new();

        internal RunOutcome Outcome { get; }

        internal TimeSeriesTable Table { get; }

        public void Dispose() => Folder.Dispose();
    }
}
