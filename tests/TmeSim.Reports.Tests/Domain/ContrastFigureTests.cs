using System.Xml.Linq;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Domain;

public class ContrastFigureTests
{
    private static readonly ArmLooks Looks = new(["Control", "A", "B"]);

    [Fact]
    public void Create_Rows_StandInOrderOfTheRunWithTheFirstOnTop()
    {
        Panel panel = Draw(Row("B", 1, 0.5, 1.5), Row("A", -2, -3, -1));
        Assert.Equal(["B", "A"], panel.Y.Categories);
        PointElement[] points = [.. panel.Elements.OfType<PointElement>()];
        Assert.Equal(["A", "B"], points.Select(point => point.Group));
        Assert.Equal([1.0, 0.0], points.Select(point => point.Y.Single()));
        Assert.Equal((-3, -2, -1), (points[0].XErrorLow!.Single(), points[0].X.Single(), points[0].XErrorHigh!.Single()));
        Assert.Contains(panel.Elements, element => element is RuleElement { Value: 0, Horizontal: false });
        Assert.Equal(Looks.Color("B"), points[1].Style.Outline);
    }

    [Fact]
    public void Create_IntervalNotEstimable_IsAPointWithoutBar()
    {
        Figure figure = Contrast(Row("A", 0.12, double.NaN, double.NaN) with { StandardError = double.NaN, Pairs = 1, PairsNeeded = null });
        Assert.Equal(["path", "path"], DrawnFor("A", figure));
        Assert.Equal("+0.12, n = 1, interval not estimable", Note(figure.Panels.Single()!));
        Assert.True(DrawnFor("A", Contrast(Row("A", 0.12, 0.1, 0.2))).Length > 2);
    }

    [Fact]
    public void Create_Missing_SaysNotEstimable() => Assert.Equal("not estimable", Note(Draw(Row("A", double.NaN, double.NaN, double.NaN))));

    [Theory]
    [InlineData(0.12, 0.031, 8, 6, 0.0304, "+0.120 ± 0.031 (SE), n = 8, 6 pairs resolve it, p = 0.030")]
    [InlineData(-153.2, 23.4, 8, 1, 0.00001, "−153 ± 23 (SE), n = 8, 1 pair resolves it, p < 0.001")]
    [InlineData(2e7, 3e6, 12, null, null, "+2.0×10⁷ ± 3.0×10⁶ (SE), n = 12, too few to say how many resolve it")]
    [InlineData(0.0, 0.0, 3, null, 1.0, "0 ± 0 (SE), n = 3, p = 1.00")]
    public void Text_Row_GivesErrorPairsAndNeed(double mean, double error, int pairs, int? needed, double? p, string expected) =>
        Assert.Equal(expected, ContrastFigure.Text(new ContrastRow("A", mean, mean - error, mean + error, error, pairs, needed, p)).Replace('\u00A0', ' '));

    [Fact]
    public void Create_NoDifferenceAtAll_PutsZeroInTheMiddle()
    {
        Panel panel = Draw(Row("A", 0, 0, 0));
        Assert.Equal((-1, 1), (panel.X.Min, panel.X.Max));
    }

    [Theory]
    [InlineData(-62, -71, -53, "B: tumour volume −62 points [−71, −53] against Control, n = 8")]
    [InlineData(-62, -171, 53, "A: tumour volume +1.0 points [0.5, 1.5] against Control, n = 8")]
    public void Finding_IsTheLargestDifferenceThatIsToldFromZero(double mean, double low, double high, string title) =>
        Assert.Equal(title, ContrastFigure.Finding([new ContrastMeasure("Tumour volume", "%", [Row("A", 1, 0.5, 1.5), Row("B", mean, low, high)])], "Control").Replace('\u00A0', ' '));

    [Fact]
    public void Finding_NothingTold_SaysSo()
    {
        string Of(params ContrastRow[] rows) => ContrastFigure.Finding([new ContrastMeasure("NLR", "", rows)], "Control").Replace('\u00A0', ' ');
        Assert.Equal("NLR: no arm told from Control, n = 8", Of(Row("A", 1, -1, 3), Row("B", 1, -2, 3)));
        Assert.Equal("Differences from Control", Of(Row("A", 1, double.NaN, double.NaN)));
    }

    private static ContrastRow Row(string arm, double mean, double low, double high) => new(arm, mean, low, high, 0.1, 8, 6, null);

    private static Panel Draw(params IReadOnlyList<ContrastRow> rows) => Contrast(rows).Panels.Single()!;

    private static Figure Contrast(params IReadOnlyList<ContrastRow> rows) =>
        ContrastFigure.Create([new ContrastMeasure("CD8", "/mm²", rows)], "Control", 0.95, Looks, new FigureOptions());

    private static string[] DrawnFor(string group, Figure figure) =>
        [.. XDocument.Parse(SvgFile.Write(figure)).Descendants().Where(e => (string?)e.Attribute("data-group") == group).Select(e => e.Name.LocalName)];

    private static string Note(Panel panel) => panel.RowNotes.Single().Replace('\u00A0', ' ');
}
