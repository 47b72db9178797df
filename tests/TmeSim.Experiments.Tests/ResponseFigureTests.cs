using TmeSim.Engine.Plan;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>Waterfall and spider of a run.</summary>
[Collection(nameof(ResponseScenario))]
public sealed class ResponseFigureTests(ResponseScenario run)
{
    [Fact]
    public void Waterfall_IsOnePlotOfAllArms_WithCategoriesAndRules()
    {
        var omitted = new Omissions();
        DrawnFigure drawn = Draw(FigureKind.Waterfall, omitted).Single();
        Panel panel = drawn.Figure.Figure.Panels.Single()!;
        Assert.Empty(omitted.All);
        (string Arm, string Category, double X)[] labels =
            [.. panel.Elements.OfType<LabelElement>().SelectMany(e => e.Labels.Select(l => (e.Group!, l.Text, l.Places[0].X))).OrderBy(l => l.X)];
        Assert.Equal(9, labels.Length);
        Assert.Equal(("Seen late", "PD"), (labels[0].Arm, labels[0].Category));
        Assert.Equal([("Stays", "SD"), ("Falls", "PR"), ("Cleared", "CR")], labels[^3..].Select(l => (l.Arm, l.Category)));
        Assert.DoesNotContain(labels, l => l.Arm == "Not seen");

        // A growing tumour has a bar of its growth at the first visit.
        Assert.InRange(panel.Elements.OfType<BarElement>().Single(b => b.Group == "Grows").Value.Single(), 15, 17);
        Assert.Equal([0, 15, 20, -30.0], panel.Elements.OfType<RuleElement>().Select(r => Math.Round(r.Value, 9)));
        string note = drawn.Figure.Figure.Note!;
        Assert.Contains("Not evaluable (NE, no visit) and without a bar: 1 of Not seen.", note, StringComparison.Ordinal);
        Assert.Contains("20 % and 5 mm at visits every 3 d (Grows, Stays, Falls, Cleared, At the wall)", note, StringComparison.Ordinal);
        Assert.Contains("15 % and 4 mm at visits every 3 d (Both less)", note, StringComparison.Ordinal);
        Assert.Contains("Cleared 1 CR", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Spider_DrawsRowsWithTheRulesOfItsArms()
    {
        Figure figure = Draw(FigureKind.Spider, new Omissions(), "Grows", "Both less").Single().Figure.Figure;
        Assert.Equal([0, 15, 20, -30.0], figure.Panels.Single()!.Elements.OfType<RuleElement>().Select(r => Math.Round(r.Value, 9)));
        Assert.Contains("4 mm", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Swimmer_CountsFractionsOfRadiationAsTherapy_UntilAnIntervalAfterTheLast()
    {
        Figure figure = Draw(FigureKind.Swimmer, new Omissions(), "Grows", "Cleared").Single().Figure.Figure;
        double[] Ends(string arm) => [.. figure.Panels.Single(p => p!.Group == arm)!.Elements.OfType<BarElement>().Select(b => b.Value.Single())];
        Assert.Equal([12, double.NaN], Ends("Grows"));
        Assert.Equal([12, 3.0], Ends("Cleared"));
    }

    /// <summary>Doses every three weeks over twelve: without an end they go on, else the earliest end counts, and the last course.</summary>
    [Theory]
    [InlineData(null, null, false, false, double.PositiveInfinity)]
    [InlineData(2, null, false, false, 42)]
    [InlineData(4, null, false, false, 84)]
    [InlineData(5, null, false, false, double.PositiveInfinity)]
    [InlineData(null, 50.0, false, false, 50)]
    [InlineData(null, null, true, false, 63)]
    [InlineData(2, null, true, true, 42)]
    [InlineData(null, null, false, true, 70)]
    public void TherapyEnd_IsThatOfThePlanOrTheCondition(int? cycles, double? stopDay, bool untilProgression, bool condition, double expected)
    {
        string[] lines = ["header", "Treated,0,,63,progression,,40", "Treated,0,,70,course_ended,atezolizumab,", "Treated,1,,7,progression,,40"];
        var history = new DoseHistory(FinishedRun.Trusted(run.Folder, run.Opened.Run.Manifest, _ => lines));
        ArmPlan arm = SmallScenario.Read().Arms[1];
        DrugCourse course = arm.Therapy[0] with
        {
            Cycles = cycles, StopHours = 24 * stopDay, UntilProgression = untilProgression, Until = condition ? new StopCondition(StopMeasure.Nlr, true, 4) : null,
        };
        DrugCourse late = course with { StartHours = 24 * 84 };
        Assert.Equal(expected, history.TherapyEndDays("Treated", 0, arm with { Therapy = [course, late] }, 84));
        Assert.Equal(double.NaN, history.TherapyEndDays("Treated", 0, arm with { Therapy = [late] }, 84));
        if (untilProgression)
        {
            Assert.Equal(7, history.TherapyEndDays("Treated", 1, arm with { Therapy = [course] }, 84));
        }
    }

    [Fact]
    public void MurinePreset_StatesItsMillimetre()
    {
        ScenarioDefinition murine = SmallScenario.Read("preset=murine");
        string note = ArmRules.Of([new ResultArm("Control", run.Opened, "Control", murine.Arms[0])]).Note;
        Assert.Contains("20 % and 1 mm at visits every 3 d.", note, StringComparison.Ordinal);
    }

    [Fact]
    public void NoVisit_DrawsNothing_AndSaysWhenTheFirstWouldBe()
    {
        var omitted = new Omissions();
        Assert.Empty(Draw(FigureKind.Waterfall, omitted, "Not seen"));
        Assert.Equal(
            "Not drawn (waterfall): best responses: no replicate was visited, so none is evaluable. The first visit would be on day 30 (endpoints.assessment_interval), the arms end on day 12.",
            omitted.All.Single().Text("waterfall"));
        Assert.True(omitted.All.Single().Always);
    }

    /// <summary>A folder of a version that wrote no responses is drawn; the waterfall says why it is not there.</summary>
    [Fact]
    public void FolderWithoutResponses_IsDrawn_AndSaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.GetFiles(run.Folder))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        File.Delete(Path.Combine(folder.Path, "responses.csv"));
        string path = Path.Combine(folder.Path, "manifest.json");
        string manifest = (Manifest.Parse(File.ReadAllText(path))! with { Format = "tmesim-run/1", Files = [], ResponseColumns = null }).ToJson();
        File.WriteAllText(path, manifest[..manifest.IndexOf(",\n  \"seal\"", StringComparison.Ordinal)] + "\n}\n");
        CompareOutcome outcome = CompareSession.Redraw(folder.Path, ["figures=[{plot: waterfall}, {plot: spider}]"]);
        string page = File.ReadAllText(outcome.ReportPath!);
        Assert.Contains("has no responses.csv. Run the scenario again for it.", page, StringComparison.Ordinal);
        Assert.Equal(["01-spider-primary.svg"], Directory.GetFiles(Path.Combine(folder.Path, "figures"), "*.svg").Select(f => Path.GetFileName(f)));
        Assert.All(outcome.Endpoints.Rows, r => Assert.Equal("—", r.ResponseText));
    }

    private DrawnFigure[] Draw(FigureKind kind, Omissions omitted, params string[] arms) =>
        [.. new Responses(new ResultSet("t", [run.Opened])).Draw(new FigureRequest { Kind = kind, Arms = arms }, omitted)];
}
