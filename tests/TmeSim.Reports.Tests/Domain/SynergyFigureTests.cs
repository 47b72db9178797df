using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SynergyFigureTests
{
    private static readonly Synergy None = new(4, Estimate.None, Estimate.None, Estimate.None, Estimate.None, Estimate.None, Estimate.None, Estimate.None, double.NaN);

    [Fact]
    public void Create_Combination_ShowsPartsExpectationAndExcess()
    {
        SynergyRow row = new("Both", "Drug", "SBRT", new(4, new(0.2, 0.1, 0.3), new(0.3, 0.2, 0.4), new(0.6, 0.5, 0.7), new(0.44, 0.3, 0.5), new(0.3, 0.2, 0.4), new(0.16, -0.1, 0.3), new(0.3, 0.1, 0.5), 0.1));
        Figure figure = Draw(row);
        Assert.Equal(["Both", "Excess over expectation"], figure.Panels.Select(panel => panel!.Title));
        Assert.All(figure.Panels, panel => Assert.Equal("Both", panel!.Group));
        Panel effects = figure.Panels[0]!, excess = figure.Panels[1]!;
        Assert.Equal(["observed", "expected, Bliss", "expected, HSA", "SBRT", "Drug"], effects.Y.Categories);
        Assert.Equal([0.2, 0.3, 0.3, 0.44, 0.6], effects.Elements.OfType<PointElement>().Select(point => point.X.Single()));
        Assert.Equal(["over Bliss", "over HSA"], excess.Y.Categories);
        PointElement bliss = excess.Elements.OfType<PointElement>().Last();
        Assert.Equal((0, -0.1, 0.16, 0.3), (bliss.Y.Single(), bliss.XErrorLow!.Single(), bliss.X.Single(), bliss.XErrorHigh!.Single()));
        Assert.All(figure.Panels, panel => Assert.Contains(panel!.Elements, element => element is RuleElement { Value: 0, Horizontal: false }));
    }

    [Fact]
    public void Create_SeveralCombinations_ShareTheirAxes()
    {
        SynergyRow row = new("X", "Drug", "SBRT", None with { First = new(0.2, 0.1, 0.3), Both = new(6, 5, 7) });
        Figure figure = Draw(row, row with { Label = "Both", Effects = row.Effects with { Both = new(0.1, 0, 0.2) } });
        Assert.Equal(["Both", "Both", "X", "X"], figure.Panels.Select(panel => panel!.Group));
        Assert.Equal(figure.Panels[0]!.X.Max, figure.Panels[2]!.X.Max);
        Assert.True(figure.Panels[0]!.X.Max >= 7);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    public void Create_ColumnsAsked_KeepThePanelsOfACombinationTogether(int columns, int expected)
    {
        SynergyRow row = new("Both", "Drug", "SBRT", None);
        Assert.Equal(expected, SynergyFigure.Create([row, row, row], "x", "", "", new ArmLooks([]), new FigureOptions(Columns: columns)).Columns);
    }

    [Theory]
    [InlineData(0.423, 0.31, 0.5, "0.42 [0.31, 0.50]")]
    [InlineData(-12.3, -20, 4, "−12 [−20, 4]")]
    [InlineData(0.423, double.NaN, double.NaN, "0.42")]
    [InlineData(double.NaN, 0, 1, "not estimable")]
    [InlineData(0, 0, 0, "0 [0, 0]")]
    public void Text_Estimate_HasDigitsOfItsInterval(double value, double low, double high, string text) => Assert.Equal(text, new Estimate(value, low, high).Text().Replace('\u00A0', ' '));

    private static Figure Draw(params IReadOnlyList<SynergyRow> rows) => SynergyFigure.Create(rows, "Reduction", "", "95 % interval", new ArmLooks(["Control", "Drug", "SBRT", "Both"]), new FigureOptions());
}
