using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Tests.Plots;

namespace TmeSim.Reports.Tests.Domain;

public class ResponseFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B", "C", "D"]);
    private static readonly ResponseRules Rules = new([0.2], -0.3);

    [Fact]
    public void Waterfall_AllArms_AreOneSortedPlotWithTheResponseAtEachBar()
    {
        Figure figure = Waterfall([Arm("A", (-0.5, "PR"), (0.4, "PD"), (double.NaN, "NE")), Arm("B", (0.1, "SD"), (-1, "CR"), (0.4, "PD")), Arm("C", (-0.4, "PD")), Arm("D")]);
        Panel panel = figure.Panels.Single()!;
        BarElement[] bars = [.. panel.Elements.OfType<BarElement>()];
        Assert.Equal(["A", "B", "C"], bars.Select(bar => bar.Group).Order());
        (double Rank, double Percent)[] sorted = [.. bars.SelectMany(bar => bar.Position.Zip(bar.Value)).OrderBy(bar => bar.First)];
        Assert.Equal([1, 2, 3, 4, 5, 6.0], sorted.Select(bar => bar.Rank));
        Assert.Equal([40, 40, 10, -40, -50, -100.0], sorted.Select(bar => Math.Round(bar.Percent, 9)));
        Assert.Equal(["PD", "PD", "SD", "PD", "PR", "CR"], panel.Elements.OfType<LabelElement>().SelectMany(e => e.Labels).OrderBy(l => l.Places[0].X).Select(l => l.Text));
        Assert.Contains("without a bar: 1 of A.", figure.Note, StringComparison.Ordinal);
        Assert.Equal([0, 20, -30.0], panel.Elements.OfType<RuleElement>().Select(rule => Math.Round(rule.Value, 9)));
        Assert.Equal(["A", "B", "C", "D (not evaluable)", "progression (+20 %)", "response (−30 %)"], figure.Legend.Select(entry => entry.Label));
    }

    /// <summary>Every category finds room: beside the bars, or in them where the panel ends.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void Waterfall_Categories_AreAllWritten(int count)
    {
        Figure figure = Waterfall([Arm("A", [.. Enumerable.Range(0, count).Select(i => (0.4 - (1.4 * i / Math.Max(1, count - 1)), "SD"))]), Arm("B", (-1, "CR"), (-1, "CR"), (50, "PD"))]);
        (_, _, SvgText[] texts) = SvgTexts.Of(SvgFile.Write(figure));
        Assert.Equal(count + 3, texts.Count(text => text.Content is "SD" or "CR" or "PD"));
    }

    [Fact]
    public void Waterfall_RulesThatDiffer_HaveALineEach_AndTheirWordsInTheNote()
    {
        Figure figure = WaterfallFigure.Create([Arm("A", (0.1, "PD"))], "Best change", new ResponseRules([0.1, 0.25], -0.3) { Note = "Words of the rules." }, Looks, new FigureOptions());
        Assert.Equal([0, 10, 25, -30.0], figure.Panels[0]!.Elements.OfType<RuleElement>().Select(rule => Math.Round(rule.Value, 9)));
        Assert.EndsWith("Words of the rules.", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Waterfall_HugeGrowth_IsCutAndMarked()
    {
        Figure figure = Waterfall([Arm("A", (50, "PD"), (-0.5, "PR"))]);
        Assert.Equal(300, figure.Panels[0]!.Elements.OfType<BarElement>().Single().Value[0]);
        Assert.Single(figure.Panels[0]!.Elements.OfType<ArrowElement>());
        Assert.Contains("beyond +300 %", figure.Note, StringComparison.Ordinal);
        Assert.Equal(5000, WaterfallFigure.Create([Arm("A", (50, "PD"), (-0.5, "PR"))], "x", new ResponseRules([], null), Looks, new FigureOptions()).Panels[0]!.Elements.OfType<BarElement>().Single().Value[0]);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public void Spider_MoreThanThreeArms_HavePanelsOfTheirOwnWithOneRange(int arms, int panels)
    {
        Figure figure = Spider([.. Enumerable.Range(0, arms).Select(a => new ArmSeries($"{(char)('A' + a)}", [[0, 10], [0, 5]], [[0, a], [0, -0.1 * a]]))]);
        Assert.Equal(panels, figure.Panels.Count);
        Assert.Single(figure.Panels.Select(panel => (panel!.Y.Min, panel.Y.Max)).Distinct());
        Assert.Equal(arms * 2, figure.Panels.Sum(panel => panel!.Elements.OfType<LineElement>().Count()));
        Assert.All(figure.Panels, panel => Assert.Equal(1, panel!.DaysPerX));
    }

    [Fact]
    public void Spider_ReplicateThatEndsEarly_EndsInAMarker()
    {
        Figure figure = Spider([new ArmSeries("B", [[0, 10], [0, 5, 6]], [[0, 0.1], [0, -0.5, double.NaN]])]);
        PointElement end = figure.Panels.Single()!.Elements.OfType<PointElement>().Single();
        Assert.Equal((5, -50, "B"), (end.X.Single(), end.Y.Single(), end.Group));
        Assert.Contains("the replicate ends", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Spider_PanelOfOneArm_HasTheDosesOfThatArm()
    {
        string[] arms = ["A", "B", "C", "D"];
        Figure figure = SpiderFigure.Create(
            [.. arms.Select(arm => new ArmSeries(arm, [[0, 10]], [[0, 0.1]]))], [new("B", "drug", 0), new("D", "drug", 0), new("D", "other", 7)],
            "Change", Rules, new ArmLooks(arms), new FigureOptions());

        Assert.Equal([[], ["drug"], [], ["drug", "other"]], figure.Panels.Select(panel => panel!.DoseTracks.Select(track => track.Label).ToArray()));
    }

    private static Figure Waterfall(IReadOnlyList<WaterfallArm> arms) => WaterfallFigure.Create(arms, "Best change", Rules, Looks, new FigureOptions());

    private static WaterfallArm Arm(string name, params (double Change, string Category)[] bars) => new(name, [.. bars.Select(bar => new WaterfallBar(bar.Change, bar.Category))]);

    private static Figure Spider(IReadOnlyList<ArmSeries> arms) => SpiderFigure.Create(arms, [], "Change", Rules, Looks, new FigureOptions());
}
