using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SpatialCurvesFigureTests
{
    private static readonly double[] Radii = [0, 50, 100];

    [Fact]
    public void Create_FewArms_ShareAPanelPerFunction()
    {
        Figure figure = Draw(2, 3);
        Assert.Equal(2, figure.Panels.Count);
        PlotElement[] elements = [.. figure.Panels[0]!.Elements];
        Assert.Equal(["A0", "A1", "A2"], elements.OfType<BandElement>().Select(band => band.Group));
        Assert.Equal(["A0", "A1", "A2"], elements.OfType<LineElement>().Where(line => line.Group is not null).Select(line => line.Group));
        Assert.Equal("distance r [µm]", figure.Panels[0]!.X.Caption);
        Assert.Equal((0, 100), (figure.Panels[0]!.X.Min, figure.Panels[0]!.X.Max));
        Assert.Equal("randomness", figure.Legend[^1].Label);
    }

    [Fact]
    public void Create_ManyArms_HavePanelsOfTheirOwnAndFunctionsStartRows()
    {
        Figure figure = Draw(2, 5);
        Assert.Equal(3, figure.Columns);
        Assert.Equal(["A0", "A1", "A2", "A3", "A4", null, "A0", "A1", "A2", "A3", "A4", null], figure.Panels.Select(panel => panel?.Group));
        Assert.Single(figure.Panels.Take(5).Select(panel => (panel!.Y.Min, panel.Y.Max)).Distinct());
        Assert.All(figure.Panels.OfType<Panel>(), panel => Assert.Single(panel.Elements.OfType<BandElement>()));
    }

    private static Figure Draw(int functions, int arms) => SpatialCurvesFigure.Create(
        [
            .. Enumerable.Range(0, functions).Select(f => new SpatialFunction(
                $"f{f}", "µm", [.. Enumerable.Range(0, arms).Select(a => new SpatialCurve($"A{a}", Radii, [0, a, 2 * a], [-1, -1, -1], [1, 1, 1]))], new SpatialTheory("randomness", [0, 100], [0, 0]))),
        ],
        "95 % envelope", new ArmLooks([.. Enumerable.Range(0, arms).Select(a => $"A{a}")]), new FigureOptions());
}
