using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Trials;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Tests.Plots;

namespace TmeSim.Reports.Tests.Domain.Trials;

/// <summary>What figures of trials say and show of their numbers.</summary>
public class TrialFigureTests
{
    private static readonly SubgroupCount[] Counts = [new(5, 20), new(9, 21)];

    [Theory]
    [InlineData(0.66, 0.5, 0.87, "0.66\u00A0(0.50–0.87)")]
    [InlineData(0.8, 0.3, double.PositiveInfinity, "0.80\u00A0(0.30–not\u00A0est.)")]
    [InlineData(1.2, double.NaN, double.NaN, "1.20")]
    [InlineData(double.NaN, 0.5, 2, "not estimable")]
    [InlineData(12.34, 0.05, 130, "12.3\u00A0(0.050–130)")]
    public void Forest_Estimate_IsWrittenBesideItsRow(double value, double low, double high, string text)
    {
        Figure figure = Forest(new Estimate(value, low, high));
        TextColumn estimates = figure.Panels[0]!.Columns.Single(column => column.Heading.StartsWith("Hazard ratio", StringComparison.Ordinal));
        Assert.Equal(["1.00\u00A0(0.90–1.10)", "", text], estimates.Texts);
        Assert.Equal("5/20", figure.Panels[0]!.Columns[1].Texts[2]);
        Assert.Equal(["", "0.031", ""], figure.Panels[0]!.Columns[^1].Texts);
    }

    [Fact]
    public void Forest_IntervalThatLeavesTheAxis_EndsInAnArrow()
    {
        Panel panel = Forest(new Estimate(1, 1e-6, double.PositiveInfinity)).Panels[0]!;
        Assert.Equal([panel.X.Min!.Value, panel.X.Max!.Value], panel.Elements.OfType<ArrowElement>().Select(arrow => arrow.X));
        Assert.Empty(Forest(new Estimate(1, 0.6, 1.5)).Panels[0]!.Elements.OfType<ArrowElement>());
    }

    [Fact]
    public void Forest_Sides_FavourTheArmWhereLowerIsBetter()
    {
        string[] Favours(bool lower) =>
        [
            .. SubgroupForestFigure.Create(Row(new Estimate(1, 0.9, 1.1)), [], new SubgroupContrast("ratio", "A", "B") { LowerIsBetter = lower }, "", new FigureOptions())
                .Panels[0]!.AxisRows[0].Cells.Select(cell => cell.Text),
        ];
        Assert.Equal(["← favours A", "favours B →"], Favours(true));
        Assert.Equal(["← favours B", "favours A →"], Favours(false));
    }

    [Fact]
    public void Tree_Bars_AreAsHighAsTheirShares()
    {
        var root = new TreeNode(40, 10) { Split = TreeSplit.At("NLR", 0.002, 3.25, new TreeNode(30, 3), new TreeNode(10, 7)) };
        Figure figure = DecisionTreeFigure.Create(root, "refractory", "", new FigureOptions());
        BandElement[] bars = [.. figure.Panels[0]!.Elements.OfType<BandElement>()];
        Assert.Equal(7, (bars[1].High[0] - bars[1].Low[0]) / (bars[0].High[0] - bars[0].Low[0]), 1e-9);
        Assert.Equal("10\u00A0% to 70\u00A0% refractory in 2 groups of 40 patients", figure.Title);
        Assert.Contains("≤\u00A03.25", Texts(figure));
        Assert.Contains("n\u00A0=\u00A030", Texts(figure));
        Assert.Equal([("1", "NLR"), ("1.1", ""), ("1.2", "")], FigureValues.Of(figure).Rows.Select(row => (row[0].Text!, row[3].Text!)));
    }

    [Fact]
    public void Flow_Boxes_SayWhoLeavesAndWhy()
    {
        FlowStep screened = new("Screened", 100) { Leaving = [new("too ill", 12), new("other", 8)] };
        Figure figure = FlowFigure.Create([screened, new FlowStep("Randomised", 80)], [new FlowArm("A", [new("Allocated", 40), new("Analysed", 39)]), new FlowArm("B", [new("Allocated", 40), new("Analysed", 40)])], "", new ArmLooks([]), new FigureOptions());
        Assert.Equal("Flow of patients: 100 screened, 80 randomised, 79 analysed", figure.Title);
        Assert.Contains("Excluded (n\u00A0=\u00A020)", Texts(figure));
        Assert.Contains("• too ill (n\u00A0=\u00A012)", Texts(figure));
        Assert.Equal(8, FigureValues.Of(figure).Rows.Count);
        Assert.Equal(["A", "B"], figure.Panels[0]!.Elements.Select(e => e.Group).OfType<string>().Distinct());
    }

    [Fact]
    public void Boxes_Groups_StandFromCompleteResponseToProgression_WithoutPointsOfTooMany()
    {
        Biomarker Of(int patients) => new(new BiomarkerAxis("NLR"), [.. new[] { "PD", "CR", "SD", "PR" }.Select(g => new BiomarkerGroup(g, new BoxSummary(patients, 1, 2, 3, 4, 5), [.. Enumerable.Repeat(3.0, patients)]))]) { P = 0.0004 };
        Panel panel = BiomarkerBoxFigure.Create([Of(50)], "range", "test", "", new FigureOptions()).Panels[0]!;
        Assert.Equal(["CR", "PR", "SD", "PD"], panel.X.Categories);
        Assert.Equal("NLR, p\u00A0<\u00A00.001", panel.Title);
        Assert.Equal(4, panel.Elements.OfType<SwarmElement>().Count());
        Assert.Empty(BiomarkerBoxFigure.Create([Of(51)], "range", "test", "", new FigureOptions()).Panels[0]!.Elements.OfType<SwarmElement>());
    }

    [Fact]
    public void Map_Cells_ShowSharesAtTheirPlaces()
    {
        ResponseGrid grid = new([2], [0], [new(1, 10), new(2, 10), new(3, 10), new(4, 10)]) { XMargin = [new(4, 20), new(6, 20)], YMargin = [new(3, 20), new(7, 20)] };
        Figure figure = ResponseMapFigure.Create(new("NLR"), new("IFN-γ"), [], grid, "response", "", new FigureOptions());
        TileElement tiles = Assert.Single(figure.Panels[0]!.Elements.OfType<TileElement>());
        Assert.Equal(["1/10", "2/10", "3/10", "4/10", "4/20", "6/20", "3/20", "7/20"], tiles.Tiles.Select(t => t.Text));
        Assert.Equal((1, 1), (Math.Round(tiles.Tiles[3].Extents.XMin + 0.5), Math.Round(tiles.Tiles[3].Extents.YMin + 0.5)));
        Assert.Equal("Response by NLR and IFN-γ: 10\u00A0% to 40\u00A0% in 4 cells", figure.Title);
        Assert.Throws<ArgumentException>(() => ResponseMapFigure.Create(new("a"), new("b"), [], grid with { Cells = [] }, "", "", new FigureOptions()));
    }

    [Fact]
    public void Incidence_Stack_AddsUpCauses()
    {
        IncidenceArm arm = new("A", [new("progression", [new(1, 0.2), new(3, 0.4)]), new("death", [new(2, 0.1)])], 4, []);
        Figure figure = CumulativeIncidenceFigure.Create([arm], TrialTime.Months, IncidenceLayout.Arms, "", 0.95, new ArmLooks([]), new FigureOptions());
        BandElement[] bands = [.. figure.Panels[0]!.Elements.OfType<BandElement>()];
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4], bands[1].X);
        Assert.Equal([0, 0, 20, 20, 30, 30, 50, 50, 50], bands[1].High, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(bands[0].High, bands[1].Low);
    }

    [Fact]
    public void Swimmer_OfPatients_ShowsSixtyAtEvenRanksAndSaysSo()
    {
        SwimmerLane[] lanes = [.. Enumerable.Range(1, 300).Select(day => new SwimmerLane(400, 10, double.NaN, day, "PD"))];
        Figure figure = SwimmerFigure.Create([new SwimmerArm("A", lanes)], "", new ArmLooks(["A"]), new FigureOptions(), Subjects.Patients);
        double[] shown = [.. figure.Panels[0]!.Elements.OfType<PointElement>().Last().X];
        Assert.Equal(60, shown.Length);
        Assert.Equal([300 / 7.0, 1 / 7.0], [shown[0], shown[^1]]);
        Assert.Contains("left out 240 of 300 of A", figure.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("replicate", figure.Note + figure.Title + figure.Description, StringComparison.Ordinal);
        Assert.Equal(300, FigureValues.Of(figure).Rows.Count);
    }

    [Fact]
    public void Waterfall_OfPatients_HasPanelsOfArmsInColoursOfResponses()
    {
        WaterfallArm[] arms = [.. new[] { "A", "B" }.Select(arm => new WaterfallArm(arm, [new(-1, "CR"), new(0.4, "PD"), new(-0.5, "PR")]))];
        Figure figure = WaterfallFigure.Create(arms, "Best change", new ResponseRules([0.2], -0.3), new ArmLooks(["A", "B"]), new FigureOptions(), Subjects.Patients);
        Assert.Equal(["A", "B"], figure.Panels.Select(panel => panel!.Group));
        Assert.Equal(["CR", "PR", "PD"], figure.Legend.Take(3).Select(entry => entry.Label));
        Assert.Equal("Response in 2 of 3 patients of A, 2 of 3 of B", figure.Title);
        Assert.Equal("patients by rank", figure.Panels[0]!.X.Label);
        Assert.DoesNotContain("replicate", figure.Note + figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Spider_OfManyPatients_HasThinLinesWithoutMarkedEnds()
    {
        ArmSeries Arm(string name, int n) => new(name, [.. Enumerable.Range(0, n).Select(i => new double[] { 0, i % 2 == 0 ? 20 : 40 })], [.. Enumerable.Range(0, n).Select(_ => new double[] { 0, 0.1 })]);
        Figure Draw(int n) => SpiderFigure.Create([Arm("A", n), Arm("B", n)], [], "Change", new ResponseRules([0.2], -0.3), new ArmLooks(["A", "B"]), new FigureOptions(), Subjects.Patients);
        Assert.Equal(2, Draw(300).Panels.Count);
        Assert.All(Draw(300).Panels[0]!.Elements.OfType<LineElement>(), line => Assert.True(line.Stroke is { Opacity: < 0.5, Width: < 1 }));
        Assert.Empty(Draw(300).Panels[0]!.Elements.OfType<PointElement>());
        Assert.NotEmpty(Draw(10).Panels[0]!.Elements.OfType<PointElement>());
        Assert.StartsWith("Lines: patients.", Draw(300).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFigure_InTheNarrowestColumn_HasNoTextBelowFivePoints()
    {
        foreach ((string name, Figure figure) in TrialSamples.Figures().Where(item => item.Name.EndsWith("-column", StringComparison.Ordinal)))
        {
            Assert.All(SvgTexts.Of(SvgFile.Write(figure)).Texts, text => Assert.True(text.Size * 72 / 96 >= 5, $"{name}: {text}"));
        }
    }

    private static SubgroupRow Row(Estimate effect) => new("All", Counts, effect);

    private static Figure Forest(Estimate effect) => SubgroupForestFigure.Create(
        Row(new Estimate(1, 0.9, 1.1)), [new Subgroup("Sex", [Row(effect) with { Level = "male" }]) { InteractionP = 0.031 }],
        new SubgroupContrast("hazard ratio", "A", "B"), "", new FigureOptions());

    private static string[] Texts(Figure figure) => [.. figure.Panels[0]!.Elements.OfType<TextElement>().Select(text => text.Text)];
}
