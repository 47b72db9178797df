using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class ResponseFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B", "C", "D"]);

    [Fact]
    public void Waterfall_AllArms_AreSortedFromWorstToBest()
    {
        Figure figure = Waterfall([new("A", [-0.5, 0.4, double.NaN]), new("B", [0.1, -1, 0.4])], false);
        BarElement[] bars = [.. figure.Panels.Single()!.Elements.OfType<BarElement>()];
        Assert.Equal(["A", "B"], bars.Select(bar => bar.Group));
        (double Rank, double Percent)[] sorted = [.. bars.SelectMany(bar => bar.Position.Zip(bar.Value)).OrderBy(bar => bar.First)];
        Assert.Equal([1, 2, 3, 4, 5.0], sorted.Select(bar => bar.Rank));
        Assert.Equal([40, 40, 10, -50, -100.0], sorted.Select(bar => Math.Round(bar.Percent, 9)));
        Assert.Contains("1 without a value is left out", figure.Note, StringComparison.Ordinal);
        Assert.Equal([0, 20, -30.0], figure.Panels[0]!.Elements.OfType<RuleElement>().Select(rule => Math.Round(rule.Value, 9)));
        Assert.Equal(["A", "B", "progression (+20 %)", "response (−30 %)"], figure.Legend.Select(entry => entry.Label));
    }

    [Fact]
    public void Waterfall_PerArm_SharesTheAxis()
    {
        Figure figure = Waterfall([new("B", [0.1, -1]), new("A", [2.5]), new("C", [])], true);
        Assert.Equal(["A", "B", "C"], figure.Panels.Select(panel => panel!.Group));
        Assert.Equal((figure.Panels[0]!.Y.Min, figure.Panels[0]!.Y.Max), (figure.Panels[1]!.Y.Min, figure.Panels[1]!.Y.Max));
        Assert.Equal("no data", figure.Panels[2]!.Elements.OfType<TextElement>().Single().Text);
    }

    [Fact]
    public void Waterfall_HugeGrowth_IsCutAndMarked()
    {
        Figure figure = Waterfall([new("A", [50, -0.5])], false);
        Assert.Equal(300, figure.Panels[0]!.Elements.OfType<BarElement>().Single().Value[0]);
        Assert.Single(figure.Panels[0]!.Elements.OfType<ArrowElement>());
        Assert.Contains("beyond +300 %", figure.Note, StringComparison.Ordinal);
        Assert.Equal(5000, WaterfallFigure.Create([new("A", [50, -0.5])], "x", new ResponseRules(null, null), false, Looks, new FigureOptions()).Panels[0]!.Elements.OfType<BarElement>().Single().Value[0]);
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

    private static Figure Waterfall(IReadOnlyList<WaterfallArm> arms, bool perArm) => WaterfallFigure.Create(arms, "Best change", new ResponseRules(), perArm, Looks, new FigureOptions());

    private static Figure Spider(IReadOnlyList<ArmSeries> arms) => SpiderFigure.Create(arms, [], "Change", new ResponseRules(), Looks, new FigureOptions());
}
