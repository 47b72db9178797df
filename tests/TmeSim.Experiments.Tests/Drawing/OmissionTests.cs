using System.Net;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Drawing;

/// <summary>What a figure is asked for and does not show is said with the reason and what can be shown: to the caller, in the log and on the page.</summary>
public sealed class OmissionTests(OmissionTests.Finished run) : IClassFixture<OmissionTests.Finished>
{
    private static readonly (string Figure, string Text)[] Cases =
    [
        (
            "{plot: synergy}",
            "Not drawn (synergy, entry 1 of figures): combination A + B: its courses begin on other days than those of A and B (A + B: day 0; A: day 0; B: day 2)."),
        ("{plot: synergy, arms: [A, B]}", "combinations: no arm shown is without therapy."),
        (
            "{plot: pharmacokinetics, arms: [Control]}",
            "concentrations: no drug is given in Control. Arms with drugs: A, B, A + B."),
        (
            "{plot: contrast, arms: [Control]}",
            "differences in lesion primary: no arm shown has values there beside those of its control Control."),
        (
            "{plot: time_course, measures: [nivolumab_mg_per_l]}",
            "measure nivolumab_mg_per_l: no run has this column (no such drug or clone in its arms and lesions). Columns of this kind: atezolizumab_mg_per_l, bevacizumab_mg_per_l."),
        ("{plot: phase_plane, measures: [tumor_cells, clone_cold_cells]}", "measure clone_cold_cells: no run has this column"),
        ("{plot: burden, measures: [clone_cold_cells]}", "Columns of this kind: clone_founder_cells, clone_low_antigen_cells."),
        ("{plot: time_course, arms: [Late]}", "arm Late: no replicate of it is finished here. Arms: Control, A, B, A + B."),
        ("{plot: tissue, arms: [Late, A]}", "arm Late: no replicate of it is finished here."),
        ("{plot: clones, arms: [Late]}", "arm Late: no replicate of it is finished here."),
        ("{plot: waterfall, arms: [Late]}", "arm Late: no replicate of it is finished here."),
        ("{plot: spatial, arms: [Late]}", "arm Late: no replicate of it is finished here."),
        ("{plot: contrast, control: Late}", "comparison with Late: no replicate of that arm is finished here."),
        (
            "{plot: time_course, measures: [tumor_cells, dying_cells, necrotic_cells, cd8_cells, macrophages, cd163_fraction, vessels_per_mm2, perfusion_mean, nlr, pdl1_mean, mhc1_mean, ifng_mean, vegf_mean]}",
            "vegf_mean: a figure has 12 panels at most."),
    ];

    [Fact]
    public void WhatIsNotDrawn_IsSaidEverywhere()
    {
        CompareOutcome outcome = run.Redraw(string.Join(", ", Cases.Select(c => c.Figure)));
        string log = File.ReadAllText(Path.Combine(run.Folder, "log.txt")), page = WebUtility.HtmlDecode(File.ReadAllText(outcome.ReportPath!));
        foreach ((int i, (string _, string text)) in Cases.Index())
        {
            string remark = Assert.Single(outcome.Remarks, r => r.Contains($"entry {i + 1} of figures)", StringComparison.Ordinal) && r.Contains(text, StringComparison.Ordinal));
            Assert.StartsWith("Not drawn (", remark, StringComparison.Ordinal);
            Assert.Contains(remark, log, StringComparison.Ordinal);
            Assert.Contains(remark, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FiguresThatShowAllThatIsAsked_GiveNoRemark() =>
        Assert.Empty(run.Redraw("{plot: time_course, measures: [tumor_cells, clone_*_cells]}, {plot: tissue, times: [0 d, 3 d]}, {plot: pharmacokinetics, arms: [A]}, {plot: contrast, arms: [A]}").Remarks);

    /// <summary>Days 0, 3 and 6 are there. Day 4 is nearest to 3, day 5 to 6, where the last one before was shown once.</summary>
    [Theory]
    [InlineData(4, 3)]
    [InlineData(5, 6)]
    [InlineData(1, 0)]
    public void TimeWithoutSnapshot_ShowsTheNearest_AndTheCaptionSaysSo(int asked, int shown)
    {
        foreach (string plot in (string[])["tissue", "field, field: oxygen"])
        {
            CompareOutcome outcome = run.Redraw($"{{plot: {plot}, times: [{asked} d], arms: [A]}}");
            Assert.Empty(outcome.Remarks);
            string page = File.ReadAllText(outcome.ReportPath!);
            Assert.Contains($"Day {asked} was asked for; the nearest snapshot is of day {shown}.", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TimeFarFromEverySnapshot_IsNotDrawn_AndTheTimesThereAreNamed()
    {
        ResultSet results = run.Results();
        ShownSnapshot[] ended = [.. results.Snapshots.Where(s => s.Arm == "A" && s.Header.TimeD < 6), .. results.Snapshots.Where(s => s.Arm == "B")];
        var omitted = new Omissions();
        (ShownSnapshot[] chosen, string note) = new SnapshotTimes(results).Nearest(ended, [6], omitted);
        Assert.Equal([("B", 6.0)], chosen.Select(s => (s.Arm, s.Header.TimeD)));
        Assert.Empty(note);
        Assert.Equal(
            "Not drawn (x): day 6 of A: no snapshot lies within half an interval of snapshots of it. Days with snapshots: A: 0, 3.", Assert.Single(omitted.All).Text("x"));
    }

    [Fact]
    public void ObservedPointsOfAHiddenArm_AreNamed()
    {
        string data = Path.Combine(run.Folder, "points.csv");
        File.WriteAllText(data, "time,value\n1,0.1\n");
        CompareOutcome outcome = run.Redraw("{plot: time_course, measures: [tumor_volume_change], arms: [Control]}", "data=[{file: points.csv, measure: tumor_volume_change, arm: A}]");
        Assert.Contains("observed points points: they belong to arm A, which is not shown.", Assert.Single(outcome.Remarks), StringComparison.Ordinal);
        outcome = run.Redraw("{plot: tissue}", "data=[{file: points.csv, measure: tumor_volume_change}]");
        Assert.Contains("(data): observed points points: no time_course figure shows tumor_volume_change.", Assert.Single(outcome.Remarks), StringComparison.Ordinal);
    }

    /// <summary>Four of five arms, the combination with another start than one of its parts; snapshots on days 0, 3 and 6.</summary>
    public sealed class Finished : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Finished()
        {
            ScenarioResult read = ScenarioReader.ReadText(
                SmallScenario.WithArms("Small combination", """
                    arms:
                      - name: Control
                      - name: A
                        therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
                      - name: B
                        therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks, start: 2 d}]
                      - name: A + B
                        therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
                      - name: Late
                    """),
                overrides: new ScenarioOverrides { Sets = ["time.burn_in=0 d"], Replicates = 1 });
            Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
            Folder = RunSession.Execute(
                new RunRequest { Scenario = read.Definition!, Arms = [0, 1, 2, 3], OutDirectory = _folder.Path, Figures = false }, new RunProgress(), TestContext.Current.CancellationToken).Folder;
        }

        internal string Folder { get; }

        public void Dispose() => _folder.Dispose();

        internal CompareOutcome Redraw(string figures, params string[] sets) => CompareSession.Redraw(Folder, [$"figures=[{figures}]", .. sets]);

        internal ResultSet Results()
        {
            var finished = FinishedRun.Open(Folder);
            return new ResultSet("test", [new ScenarioRun(finished, finished.Scenario([]))]);
        }
    }
}
