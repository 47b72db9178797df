using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests;

/// <summary>A finished folder that was damaged is noticed by name, mended at the cost of the arms concerned, and nothing of it is lost.</summary>
public sealed class FolderDamageTests(TinyRun run) : IClassFixture<TinyRun>
{
    public static TheoryData<string> Ways => [.. Damages.All.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Damaged_IsNamedByVerifyAndRun_AndRunRestoresTheSameBytes(string way)
    {
        Damage damage = Damages.All[way];
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request);
        damage.Do(copy);

        Verification found = Assert.Single(Verification.Of(copy));
        Assert.False(found.IsIntact);
        Assert.All(damage.Named, name => Assert.Contains(found.Findings, f => f.File == name));

        int again = 0;
        List<string> told = [];
        var progress = new RunProgress { ArmFinished = (_, _, _) => again++, Warning = told.Add };
        RunOutcome outcome = RunSession.Execute(request, progress, TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, damage.Again), (outcome.Status, again));
        Assert.All(damage.Named.Where(n => run.Files.ContainsKey(n) || n == "manifest.json"), name => Assert.Contains(told, line => line.StartsWith(name, StringComparison.Ordinal)));
        AssertWhole(copy, outcome);
        Assert.Equal(RunStatus.NothingToDo, RunSession.Execute(request, new RunProgress(), TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void FilesThatARunMakesAgain_KeepTheirEditsElsewhere()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request);
        foreach (int time in (int[])[1, 2])
        {
            File.AppendAllText(Path.Combine(copy, "resolved.yaml"), $"# edit {time}\n");
            File.AppendAllText(Path.Combine(copy, "timeseries.csv"), $"edit {time}\n");
            RunSession.Execute(request, new RunProgress(), TestContext.Current.CancellationToken);
            Assert.EndsWith($"# edit {time}\n", File.ReadAllText(Path.Combine(copy, $"damaged-{time}", "resolved.yaml")), StringComparison.Ordinal);
            Assert.EndsWith($"edit {time}\n", File.ReadAllText(Path.Combine(copy, $"damaged-{time}", "timeseries.csv")), StringComparison.Ordinal);
        }

        Assert.True(Assert.Single(Verification.Of(copy)).IsIntact);
    }

    [Fact]
    public void FilesOfTheUser_AreNamedAndLeftAlone()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request);
        string[] mine = ["notes.txt", "snapshots/a0-control copy.bin.gz", "data/old.csv"];
        foreach (string name in mine)
        {
            File.WriteAllText(Path.Combine(copy, name), "mine");
        }

        Verification found = Assert.Single(Verification.Of(copy));
        Assert.True(found.IsIntact);
        Assert.Equal(mine.Order(StringComparer.Ordinal), found.Findings.Select(f => f.File).Order(StringComparer.Ordinal));
        Assert.Equal(RunStatus.NothingToDo, RunSession.Execute(request, new RunProgress(), TestContext.Current.CancellationToken).Status);
        Assert.All(mine, name => Assert.Equal("mine", File.ReadAllText(Path.Combine(copy, name))));
        CompareSession.Redraw(copy, ["figures=[{plot: tissue}]"]);
    }

    /// <summary>Tables are written before the manifest: a run killed in between leaves lines that it does not list.</summary>
    [Fact]
    public void KilledBetweenTablesAndManifest_IsNoDamage_AndGoesOn()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request);
        Manifest whole = run.Outcome.Manifest;
        bool Listed(string? arm, int? replicate) => arm is null || (arm, replicate) != ("Anti-PD-L1", 1);
        Manifest older = whole with
        {
            Status = Manifest.Interrupted,
            Done = [.. whole.Done.Where(d => Listed(d.Arm, d.Replicate))],
            StateHashes = [.. whole.StateHashes.Where(h => Listed(h.Arm, h.Replicate))],
            Files = [.. whole.Files.Where(f => Listed(f.Arm, f.Replicate)).Select(f => f.Header is null ? f : f with { Size = 1 })],
        };
        File.WriteAllText(Path.Combine(copy, "manifest.json"), older.ToJson());
        File.WriteAllText(Path.Combine(copy, "manifest.json.tmp"), whole.ToJson()[..500]);

        Verification found = Assert.Single(Verification.Of(copy));
        Assert.True(found.IsIntact, string.Join('\n', found.Findings));
        Assert.Equal(["events.csv", "responses.csv", "timeseries.csv"], found.Findings.Where(f => f.Kind == FindingKind.Newer).Select(f => f.File).Order(StringComparer.Ordinal));
        Assert.Equal(9, FinishedRun.Open(copy).TimeSeries().Rows.Count);

        int again = 0;
        RunOutcome outcome = RunSession.Execute(request, new RunProgress { ArmFinished = (_, _, _) => again++ }, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (again, outcome.Damage.Count));
        Assert.False(Path.Exists(Path.Combine(copy, "damaged-1")));
        Assert.False(Path.Exists(Path.Combine(copy, "manifest.json.tmp")));
        AssertWhole(copy, outcome);
    }

    [Fact]
    public void DamageOfAnArmThatIsNotAskedFor_IsMendedToo()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request);
        Damages.All["snapshots of two replicates swapped"].Do(copy);
        List<string> again = [];
        RunOutcome outcome = RunSession.Execute(request with { Arms = [0] }, new RunProgress { ArmFinished = (arm, replicate, _) => again.Add($"{arm} {replicate}") }, TestContext.Current.CancellationToken);
        Assert.Equal(["Anti-PD-L1 0", "Anti-PD-L1 1"], again);
        AssertWhole(copy, outcome);
    }

    [Fact]
    public void Report_OfADamagedFolder_DrawsWhatIsIntact_AndSaysWhatIsNot()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out _);
        Damages.All["events without a dose"].Do(copy);
        Damages.All["snapshot deleted"].Do(copy);
        CompareOutcome outcome = CompareSession.Redraw(copy, ["figures=[{plot: time_course}]"]);
        Assert.Equal(["events.csv", "snapshots/a0-control.r0.l0-primary.t0001440min.bin.gz"], outcome.Damage.Select(f => f.File).Order(StringComparer.Ordinal));
        Assert.Equal(1, outcome.Endpoints.Rows.Single(r => r.Arm == "Anti-PD-L1").Replicates);
        Assert.Equal(2, outcome.Endpoints.Rows.Single(r => r.Arm == "Control").Replicates);
        string page = File.ReadAllText(outcome.ReportPath!);
        Assert.Contains("events.csv (Anti-PD-L1, replicate 1): its lines are missing", page, StringComparison.Ordinal);
        Assert.Contains("t0001440min.bin.gz (Control, replicate 0): missing", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario edited")]
    [InlineData("observed points edited")]
    [InlineData("manifest cut")]
    [InlineData("time series deleted")]
    public void Report_WithoutWhatItIsDrawnFrom_IsRefusedByName(string way)
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out _);
        Damages.All[way].Do(copy);
        string message = Assert.Throws<DamagedRunException>(() => CompareSession.Redraw(copy, [])).Message;
        Assert.Contains(Damages.All[way].Named[0], message, StringComparison.Ordinal);
        Assert.Contains("again", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snapshots of two times swapped")]
    [InlineData("time series with a digit changed")]
    public void Export_OfADamagedFolder_IsRefusedByName(string way)
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out _);
        Damages.All[way].Do(copy);
        Assert.Contains(Damages.All[way].Named[0], Assert.Throws<DamagedRunException>(() => RunExport.Write(new ExportRequest { RunDirectory = copy, Points = true })).Message, StringComparison.Ordinal);
        Assert.Throws<DamagedRunException>(() => MovieExport.Open(new MovieRequest { RunDirectory = copy }));
        Assert.False(Path.Exists(Path.Combine(copy, "export")));
    }

    [Fact]
    public void FolderOfAnEarlierVersion_CannotBeChecked_AndSaysSo()
    {
        using var folder = new TemporaryFolder();
        string copy = run.CopyTo(folder, out RunRequest request), path = Path.Combine(copy, "manifest.json");
        string text = (run.Outcome.Manifest with { Format = "tmesim-run/1" }).ToJson();
        File.WriteAllText(path, text[..text.LastIndexOf(",\n  \"seal\"", StringComparison.Ordinal)] + "\n}\n");
        Verification found = Assert.Single(Verification.Of(copy));
        Assert.Equal((false, false), (found.IsChecked, found.IsIntact));
        Assert.Contains("kept no checksums", Assert.Single(CompareSession.Redraw(copy, []).Cautions), StringComparison.Ordinal);
        Assert.Contains("no checksums", Assert.Throws<RunFolderException>(() => RunSession.Execute(request, new RunProgress())).Message, StringComparison.Ordinal);
    }

    private void AssertWhole(string folder, RunOutcome outcome)
    {
        Dictionary<string, byte[]> files = TinyRun.Results(folder);
        Assert.All(run.Files, f => Assert.Equal(f.Value, files.GetValueOrDefault(f.Key)));
        Assert.Equal(run.Outcome.Manifest.StateHashes, outcome.Manifest.StateHashes);
        Assert.True(Assert.Single(Verification.Of(folder)).IsIntact);
    }
}
