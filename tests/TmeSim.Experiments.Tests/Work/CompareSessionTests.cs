using System.Globalization;
using System.Text.RegularExpressions;
using TmeSim.Engine.State;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Html.Viewer;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>Several runs as one result, and reports drawn again.</summary>
public sealed class CompareSessionTests : IClassFixture<CompareSessionTests.TwoRuns>
{
    private static readonly string OtherArms = SmallScenario.WithArms("Small other arms", """
        arms:
          - name: Untreated
          - name: Atezo
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
          - name: Bev
            therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
          - name: Atezo + Bev
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
        """);

    private readonly TwoRuns _runs;

    public CompareSessionTests(TwoRuns runs) => _runs = runs;

    [Fact]
    public void Arms_ThatAreTheSame_AreShownOnce_AndOthersOfOneNameAreToldApart()
    {
        Assert.Equal(
            ["Control", "two: Atezo + Bev", "Atezo", "Bev", "other: Atezo + Bev"],
            _runs.Outcome.Endpoints.Rows.Select(r => r.Arm));

        // Untreated of the second run is the control of the first: names do not decide.
        Assert.Equal("Control", _runs.Outcome.Endpoints.Control);
    }

    [Fact]
    public void Contrasts_BetweenRunsOfOneStart_ArePaired_WithError_AndNoNeedFromTwoReplicates()
    {
        ArmContrastRow row = _runs.Outcome.Contrasts.Rows.Single(r => r.Arm == "Bev" && r.Measure == "cd8_bed_per_mm2");
        Assert.Equal(("Control", true, 2), (row.Control, row.Difference.IsPaired, row.Difference.Count));
        double[] Values(string folder, string arm)
        {
            var table = TimeSeriesTable.Read(Path.Combine(folder, "timeseries.csv"));
            return [.. table.Rows.Where(r => r.Arm == arm && r.TimeDays == 6).OrderBy(r => r.Replicate).Select(r => r.Values[table.Column("cd8_bed_per_mm2")])];
        }

        double[] treated = Values(_runs.Outcome.Runs[1], "Bev"), control = Values(_runs.Outcome.Runs[0], "Control");
        Assert.Equal(((treated[0] - control[0]) + (treated[1] - control[1])) / 2, row.Difference.Mean, 1e-12);
        Assert.True(row.Difference.StandardError > 0);

        // Two replicates say nothing about how many would do.
        Assert.Null(row.Difference.Needed);
        string line = File.ReadLines(Path.Combine(_runs.Outcome.Folder!, "contrasts.csv")).Single(l => l.StartsWith("cd8_bed_per_mm2,", StringComparison.Ordinal) && l.Contains(",Bev,", StringComparison.Ordinal));
        Assert.EndsWith(",,too few replicates", line, StringComparison.Ordinal);
        Assert.Contains("too few replicates", File.ReadAllText(_runs.Outcome.ReportPath!), StringComparison.Ordinal);
    }

    [Fact]
    public void Contrasts_OfAnotherSeed_AreNotPaired()
    {
        RunOutcome other = TwoRuns.Run(Read(OtherArms, "seed=8", "name=Other seed", "arms=[{name: Bev, therapy: [{drug: bevacizumab, dose: 15 mg/kg}]}]"), _runs.Folder);
        CompareOutcome outcome = Compare(_runs.Outcome.Runs[0], other.Folder);
        ArmContrastRow row = outcome.Contrasts.Rows.Single(r => r.Arm == "Bev" && r.Measure == "tumor_volume_change");
        Assert.Equal(("Control", false), (row.Control, row.Difference.IsPaired));
        Assert.Null(outcome.Endpoints.Rows.Single(r => r.Arm == "Bev").RatioToControl);
        Assert.Contains("(not paired)", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
    }

    [Fact]
    public void ArmsThatAreTheSame_AreShownWithTheirMostReplicates_InWhateverOrder()
    {
        using var folder = new TemporaryFolder();
        string few = TwoRuns.Run(SmallScenario.Read("replicates=1"), Path.Combine(folder.Path, "few")).Folder;
        string more = TwoRuns.Run(SmallScenario.Read("replicates=2"), Path.Combine(folder.Path, "more")).Folder;
        foreach (CompareOutcome outcome in (CompareOutcome[])[Compare(few, more), Compare(more, few)])
        {
            Assert.All(outcome.Endpoints.Rows, r => Assert.Equal(2, r.Replicates));
        }
    }

    [Fact]
    public void RunsOfDifferentLength_AreReadOnTheirOwnDays_AndMeetWhereTheyAreCompared()
    {
        using var folder = new TemporaryFolder();
        string few = TwoRuns.Run(SmallScenario.Read("replicates=1", "time.duration=3 d", "figures=[{plot: waterfall}]"), folder.Path).Folder;
        string more = TwoRuns.Run(SmallScenario.Read("replicates=2", "seed=99", "time.duration=5 d", "figures=[{plot: waterfall}]"), folder.Path).Folder;
        CompareOutcome outcome = Compare(few, more);
        Assert.Equal([3.0, 3, 5, 5], outcome.Endpoints.Rows.Select(r => r.LastDay));
        Assert.All(outcome.Endpoints.Rows, r => Assert.Equal(r.FirstDay, r.LastDay));
        Assert.All(outcome.Contrasts.Rows, r => Assert.Equal(outcome.Endpoints.Rows.Single(e => e.Arm == r.Arm).LastDay, r.Days.Last));

        // An arm without a control of its own meets that of the other run on the last day of both.
        ScenarioDefinition alone = SmallScenario.Read("replicates=2", "seed=99", "time.duration=5 d", "name=Alone", "arms=[{name: Bev, therapy: [{drug: bevacizumab, dose: 15 mg/kg}]}]");
        outcome = Compare(few, TwoRuns.Run(alone, folder.Path).Folder);
        ArmContrastRow row = outcome.Contrasts.Rows.First(r => r.Arm == "Bev");
        Assert.Equal(("Control", false, (3.0, 3.0)), (row.Control, row.Difference.IsPaired, row.Days));
    }

    [Fact]
    public void RunsOfOneName_AreToldApartByTheKeysThatDiffer()
    {
        using var folder = new TemporaryFolder();
        string[] runs = [.. ((string[])["seed=7", "seed=8"]).Select(set => TwoRuns.Run(SmallScenario.Read("replicates=2", "time.burn_in=1 d", "time.duration=1 d", "figures=[{plot: time_course}, {plot: burden}]", set), folder.Path).Folder)];
        CompareOutcome outcome = Compare(runs);
        Assert.Equal(["seed 7: Control", "seed 7: Atezo + Bev", "seed 8: Control", "seed 8: Atezo + Bev"], outcome.Endpoints.Rows.Select(r => r.Arm));

        // Neither figures nor captions say that the runs share their random numbers.
        string page = File.ReadAllText(outcome.ReportPath!);
        Assert.Contains("Replicates share burn-in and random numbers among seed 7: Control, seed 7: Atezo + Bev; among seed 8: Control, seed 8: Atezo + Bev, and are independent otherwise.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Arms of one replicate share burn-in and random numbers.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Thin lines join the arms of a replicate", page, StringComparison.Ordinal);
    }

    [Fact]
    public void RunsOnDifferentLattices_ShowTheTissueOfAllArms()
    {
        using var folder = new TemporaryFolder();
        ScenarioRun[] runs =
        [
            .. ((string[])["0.8 mm", "0.64 mm"]).Select(size => SmallScenario.Read("mechanisms={cd8.differentiation: on}", "replicates=2", "time.burn_in=1 d", "time.duration=2 d", "time.snapshot_every=1 d", $"tissue.size=[{size}, {size}]", "figures=[{plot: tissue}, {plot: field, field: oxygen}]"))
                .Select(scenario => new ScenarioRun(FinishedRun.Open(TwoRuns.Run(scenario, folder.Path).Folder), scenario)),
        ];
        var results = new ResultSet("Both", runs);
        string[] arms = ["size 0.8 mm × 0.8 mm: Control", "size 0.8 mm × 0.8 mm: Atezo + Bev", "size 0.64 mm × 0.64 mm: Control", "size 0.64 mm × 0.64 mm: Atezo + Bev"];
        Assert.Equal(arms, results.Arms.Select(a => a.Label));
        TissueViewer viewer = ResultViewer.Of(results)!;
        ViewerFrame[] frames = [.. viewer.Frames];
        Assert.Equal(["primary"], viewer.Lesions);
        Assert.Equal(2 * 4 * 3, frames.Length);
        Assert.All(frames, f => Assert.Equal("primary", f.Lesion));
        Assert.Equal([(arms[0], 40), (arms[1], 40), (arms[2], 32), (arms[3], 32)], frames.Select(f => (f.Arm, f.Nx)).Distinct());
        Assert.Equal([0, 1], frames.Select(f => f.Replicate).Distinct());

        // The layers that explain the cells are among those offered, with values where there are cells.
        Assert.Equal(["stroma", "mhc1", "pdl1"], viewer.Fields.Skip(9).Select(f => f.Key));
        Assert.Equal(["cd163", "exhaustion", "state"], viewer.Marks.Select(m => m.Key));
        Assert.All(frames, f => Assert.Equal(f.Parenchyma.Select(p => p == 2), f.Fields[11].Select(float.IsFinite)));
        Assert.Equal(["precursor", "resident"], viewer.Codes.Skip(4).Select(c => c.State));
        Assert.All(frames, f => Assert.Equal(f.Immune.Select(i => i is 3 or 4), f.Marks[0].Select(float.IsFinite)));
        Assert.All(frames, f => Assert.Equal(f.Immune.Select(i => i is 1 or 2 or 5 or 6), f.Marks[1].Select(float.IsFinite)));

        // Precursors and residents have codes of their own; others are active or exhausted.
        Assert.All(frames, f => Assert.All(f.Immune.Zip(f.Marks[2]), cell => Assert.Equal(
            cell.First switch { 5 => Cd8State.Precursor, 6 => Cd8State.Resident, _ => float.NaN },
            cell.Second is Cd8State.Precursor or Cd8State.Resident ? cell.Second : float.NaN)));

        // Figures have a row for each arm too.
        DrawnFigure[] drawn = [.. RunFigures.Of(results).Draw().Figures.Select(f => f.Drawn)];
        Assert.Equal(2, drawn.Length);
        Assert.All(drawn, d => Assert.All(arms, arm => Assert.Contains(d.Figure.Figure.Panels, p => p?.Group == arm)));
    }

    [Theory]
    [InlineData("Atezo in an inflamed tumour|Atezo in a desert tumour", "inflamed|desert")]
    [InlineData("Quick start|Quick start with stroma", "Quick start|with stroma")]
    [InlineData("A|B|C", "A|B|C")]
    [InlineData("dose low: mouse|dose high: mouse|dose high: rat", "low: mouse|high: mouse|high: rat")]
    [InlineData("the tumour|a tumour", "the|a")]
    [InlineData("one", "one")]
    public void NamesOfScenarios_AreCutToWhatDiffers(string names, string expected) => Assert.Equal(expected.Split('|'), ArmLabels.Differing(names.Split('|')));

    [Fact]
    public void NamesOfArms_MeanTheArmThatIsShown()
    {
        // Untreated is shown as Control of the first run.
        CompareOutcome outcome = CompareSession.Redraw(_runs.Outcome.Runs[1], ["figures=[{plot: time_course, arms: [Untreated], measures: [nlr]}]"]);
        Assert.NotNull(outcome.ReportPath);
        using var folder = new TemporaryFolder();
        string second = TwoRuns.Run(Read(OtherArms, "figures=[{plot: time_course, arms: [Untreated], measures: [nlr]}]"), folder.Path).Folder;
        CompareOutcome both = Compare(_runs.Outcome.Runs[0], second);
        string svg = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(both.Folder!, "figures"), "*.svg")));
        Assert.Contains(">Control<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void FigureAskedForThatHasNothingToShow_IsNamedInTheReport()
    {
        using var folder = new TemporaryFolder();
        string run = TwoRuns.Run(SmallScenario.Read("replicates=1"), folder.Path).Folder;
        CompareOutcome outcome = CompareSession.Redraw(run, ["figures=[{plot: waterfall}, {plot: synergy}]"]);
        Assert.Contains("Not drawn (synergy, entry 2 of figures): combinations: no arm shown (Control, Atezo + Bev) gives the therapies of two others together.", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
    }

    [Fact]
    public void TimeSeriesThatLacksEveryFinishedArm_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string run = TwoRuns.Run(SmallScenario.Read("replicates=1"), folder.Path).Folder, table = Path.Combine(run, "timeseries.csv");
        string[] lines = File.ReadAllLines(table);
        File.WriteAllLines(table, lines[..3]);
        Assert.Contains("timeseries.csv: cut short", Assert.Throws<DamagedRunException>(() => CompareSession.Redraw(run, [])).Message, StringComparison.Ordinal);
        File.WriteAllLines(table, [lines[0], .. lines[1..].Select(l => l.Replace(",primary,1,", ",primary,x,", StringComparison.Ordinal))]);
        Assert.Contains("timeseries.csv: changed", Assert.Throws<DamagedRunException>(() => CompareSession.Redraw(run, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSeriesOfOneFile_AreBothDrawn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "mice.csv"), "day,a,b\n0,2,3\n3,3,4\n");
        ScenarioResult read = ScenarioReader.ReadText(
            SmallScenario.Text + "\ndata: [{file: mice.csv, time: day, measure: nlr, value: a, label: mouse A}, {file: mice.csv, time: day, measure: nlr, value: b, label: mouse B}]\nfigures: [{plot: time_course, measures: [nlr]}]\n",
            "scenario.yaml", folder.Path, new ScenarioOverrides { Replicates = 1 });
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        string drawn = File.ReadAllText(Path.Combine(TwoRuns.Run(read.Definition!, folder.Path).Folder, "figures", "01-time_course-primary.svg"));
        Assert.Contains("mouse A", drawn, StringComparison.Ordinal);
        Assert.Contains("mouse B", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void ObservedMeasure_HasAPanel_WithoutBeingAskedFor()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "blood.csv"), "day,nlr\n0,2\n3,3\n");
        ScenarioResult read = ScenarioReader.ReadText(
            SmallScenario.Text + "\ndata: [{file: blood.csv, time: day, measure: nlr}]\nfigures: [{plot: time_course}]\n", "scenario.yaml", folder.Path, new ScenarioOverrides { Replicates = 1 });
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        string drawn = File.ReadAllText(Path.Combine(TwoRuns.Run(read.Definition!, folder.Path).Folder, "figures", "01-time_course-primary.svg"));
        Assert.Contains(">NLR<", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_HoldsTablesThatAgreeWithTheOutcome()
    {
        string[] endpoints = File.ReadAllLines(Path.Combine(_runs.Outcome.Folder!, "endpoints.csv"));
        Assert.Equal(6, endpoints.Length);
        string[] contrasts = File.ReadAllLines(Path.Combine(_runs.Outcome.Folder!, "contrasts.csv"));
        Assert.Equal(1 + _runs.Outcome.Contrasts.Rows.Count, contrasts.Length);
        string[] header = contrasts[0].Split(','), first = contrasts[1].Split(',');
        Assert.Equal(
            _runs.Outcome.Contrasts.Rows[0].Difference.Mean, double.Parse(first[Array.IndexOf(header, "mean_difference")], CultureInfo.InvariantCulture), 1e-15);
        Assert.True(File.Exists(_runs.Outcome.ReportPath));
    }

    [Fact]
    public void SameRuns_InAnotherOrder_LandInTheSameFolder()
    {
        CompareOutcome again = Compare(_runs.Outcome.Runs[1], _runs.Outcome.Runs[0]);
        Assert.Equal(_runs.Outcome.Folder![^16..], again.Folder![^16..]);
    }

    [Fact]
    public void ReportOfAFolder_DrawsWhatIsAskedFor_AndTouchesNothingElse()
    {
        using var folder = new TemporaryFolder();
        string run = TwoRuns.Run(SmallScenario.Read("replicates=1", "parameters.endpoints.assessment_interval=2 d"), folder.Path).Folder;
        File.WriteAllText(Path.Combine(run, "figures", "mine.svg"), "<svg/>");
        File.WriteAllText(Path.Combine(run, "figures", "2026-talk.svg"), "<svg/>");
        string[] kept = ["timeseries.csv", "events.csv", "manifest.json", "resolved.yaml"];
        byte[][] before = [.. kept.Select(f => File.ReadAllBytes(Path.Combine(run, f)))];
        CompareOutcome outcome = CompareSession.Redraw(run, ["figures=[{plot: waterfall, width: 600, title: Best}, {plot: time_course, measures: [nlr], columns: 1}]"]);
        Assert.Equal(before, kept.Select(f => File.ReadAllBytes(Path.Combine(run, f))));
        Assert.Equal(
            ["01-waterfall-primary.csv", "01-waterfall-primary.svg", "02-time_course-primary.csv", "02-time_course-primary.svg", "2026-talk.svg", "mine.svg"],
            Directory.GetFiles(Path.Combine(run, "figures")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        string svg = File.ReadAllText(Path.Combine(run, "figures", "01-waterfall-primary.svg"));
        Assert.Contains("width=\"600\"", svg, StringComparison.Ordinal);
        Assert.Contains(">Best<", svg, StringComparison.Ordinal);
        Assert.Equal(2, outcome.Endpoints.Rows.Count);

        CompareSession.Redraw(run, ["figures=[{plot: spider}]"]);
        Assert.True(File.Exists(Path.Combine(run, "figures", "01-spider-primary.svg")));
    }

    [Theory]
    [InlineData("patient.nlr=5", "holds another run")]
    [InlineData("replicates=9", null)]
    [InlineData("figures=[{plot: nothing}]", "'nothing' is not one of")]
    public void ReportOfAFolder_RefusesWhatWouldNeedAnotherRun(string set, string? message)
    {
        if (message is null)
        {
            CompareSession.Redraw(_runs.Outcome.Runs[0], [set]);
            return;
        }

        var refused = Assert.Throws<ScenarioRefusedException>(() => CompareSession.Redraw(_runs.Outcome.Runs[0], [set]));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportOfAComparison_ReadsItsRunsAgain()
    {
        CompareOutcome again = CompareSession.Redraw(_runs.Outcome.Folder!, ["figures=[{plot: burden}]"]);
        Assert.Equal(_runs.Outcome.Endpoints.Rows.Select(r => (r.Arm, r.Median)), again.Endpoints.Rows.Select(r => (r.Arm, r.Median)));
        Assert.Equal(["01-burden-tumor-volume-change-primary.svg"], Directory.GetFiles(Path.Combine(again.Folder!, "figures"), "*.svg").Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void FinishedRun_WithOtherFigures_IsDrawnAgainWithoutRunning()
    {
        using var folder = new TemporaryFolder();
        RunOutcome first = TwoRuns.Run(SmallScenario.Read("replicates=1"), folder.Path);
        RunOutcome second = TwoRuns.Run(SmallScenario.Read("replicates=1", "figures=[{plot: tissue, times: [1 d]}]"), folder.Path);
        Assert.Equal((first.Folder, 2), (second.Folder, second.Reused));
        Assert.Equal("01-tissue-primary.svg", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(second.Folder, "figures"), "*.svg"))));

        // No snapshot was kept on day 1: the nearest one stands in, and the caption says so.
        Assert.Contains("Day 1 was asked for; the nearest snapshot is of day 0.", File.ReadAllText(second.ReportPath!), StringComparison.Ordinal);
        Assert.Equal(RunStatus.NothingToDo, TwoRuns.Run(SmallScenario.Read("replicates=1", "figures=[{plot: tissue, times: [1 d]}]"), folder.Path).Status);
    }

    [Fact]
    public void ObservedPoints_AreKeptWithTheRun_AndDrawnAgainWithoutTheirFile()
    {
        using var folder = new TemporaryFolder();
        string csv = Path.Combine(folder.Path, "mice.csv");
        File.WriteAllText(csv, "day,nlr,sd\n0,2,0.5\n3,3,0.5\n");
        ScenarioResult read = ScenarioReader.ReadText(
            SmallScenario.Text + "\ndata: [{file: mice.csv, time: day, measure: nlr, error: sd, arm: Control}]\nfigures: [{plot: time_course, measures: [nlr]}]\n",
            "scenario.yaml", folder.Path, new ScenarioOverrides { Replicates = 1 });
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        string run = TwoRuns.Run(read.Definition!, folder.Path).Folder;
        string drawn = File.ReadAllText(Path.Combine(run, "figures", "01-time_course-primary.svg"));
        Assert.Contains("mice (observed)", drawn, StringComparison.Ordinal);
        Assert.Equal(RunStatus.NothingToDo, TwoRuns.Run(read.Definition!, folder.Path).Status);
        File.Delete(csv);
        CompareSession.Redraw(run, []);
        Assert.Equal(drawn, File.ReadAllText(Path.Combine(run, "figures", "01-time_course-primary.svg")));
    }

    [Fact]
    public void ObservedPoints_ThatChanged_AreDrawnAgain()
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition WithData(string points)
        {
            File.WriteAllText(Path.Combine(folder.Path, "mice.csv"), points);
            return ScenarioReader.ReadText(
                SmallScenario.Text + "\ndata: [{file: mice.csv, time: day, measure: nlr}]\nfigures: [{plot: time_course, measures: [nlr]}]\n",
                "scenario.yaml", folder.Path, new ScenarioOverrides { Replicates = 1 }).Definition!;
        }

        string run = TwoRuns.Run(WithData("day,nlr\n0,2\n"), folder.Path).Folder, figure = Path.Combine(run, "figures", "01-time_course-primary.svg");
        string before = File.ReadAllText(figure);
        TwoRuns.Run(WithData("day,nlr\n0,9\n"), folder.Path);
        Assert.NotEqual(before, File.ReadAllText(figure));
    }

    [Fact]
    public void Factorial_IsFoundByItsCourses_NotByItsNames()
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = Read(
            OtherArms,
            "name=Factorial",
            "arms=[{name: None}, {name: X, therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]}, {name: Y, therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]}, {name: Z, therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}, {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]}, {name: W, therapy: [{drug: bevacizumab, dose: 5 mg/kg, every: 3 weeks}, {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]}]",
            "figures=[{plot: synergy}]");
        string run = TwoRuns.Run(scenario, folder.Path).Folder;
        string svg = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(run, "figures"), "*.svg")));
        Assert.Contains(">Z<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(">W<", svg, StringComparison.Ordinal);

        // Two replicates have no intervals, in words.
        Assert.Contains("too few replicates (below 4) for intervals", Regex.Replace(Regex.Replace(svg, "<[^>]+>", " "), "\\s+", " "), StringComparison.Ordinal);
        Assert.Contains("Z: too few replicates for intervals (n = 2).", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void FolderThatIsNoRun_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<RunFolderException>(() => CompareSession.Redraw(folder.Path, []));
        File.WriteAllText(Path.Combine(folder.Path, ResultFiles.Comparison), "{}");
        Assert.Contains("is no tmesim-comparison/1", Assert.Throws<RunFolderException>(() => CompareSession.Redraw(folder.Path, [])).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, ResultFiles.Comparison), "{");
        Assert.Contains("cannot read", Assert.Throws<RunFolderException>(() => CompareSession.Redraw(folder.Path, [])).Message, StringComparison.Ordinal);
    }

    private static ScenarioDefinition Read(string text, params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(text, overrides: new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    private CompareOutcome Compare(params string[] folders) => CompareSession.Execute(
        new CompareRequest { Inputs = [.. folders.Select(f => new CompareInput(null, f, []))], OutDirectory = _runs.Folder }, _ => throw new InvalidOperationException("nothing is to be run"))!;

    /// <summary>Two scenarios of one tissue, seed and burn-in.</summary>
    public sealed class TwoRuns : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TwoRuns() => Outcome = CompareSession.Execute(
            new CompareRequest
            {
                Inputs = [new CompareInput(Request(SmallScenario.Read(), Folder), null, []), new CompareInput(Request(Read(OtherArms), Folder), null, [])],
                OutDirectory = Folder,
            },
            request => RunSession.Execute(request, new RunProgress()))!;

        public string Folder => _folder.Path;

        public CompareOutcome Outcome { get; }

        public static RunOutcome Run(ScenarioDefinition scenario, string folder) => RunSession.Execute(Request(scenario, folder) with { Figures = true }, new RunProgress());

        public void Dispose() => _folder.Dispose();

        private static RunRequest Request(ScenarioDefinition scenario, string folder) => new() { Scenario = scenario, OutDirectory = folder, Figures = false };
    }
}
