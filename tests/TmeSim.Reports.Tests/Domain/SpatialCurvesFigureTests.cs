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

    /// <summary>A curve of 0, 4, 8 leaves an envelope of −1 to 1 from the second radius on.</summary>
    [Fact]
    public void Create_ManyArms_AreThickOutsideTheirEnvelope()
    {
        Figure figure = Draw(2, 5);
        Assert.Equal(2, figure.Panels.Count);
        PlotElement[] elements = [.. figure.Panels[0]!.Elements];
        Assert.Empty(elements.OfType<BandElement>());
        LineElement[] last = [.. elements.OfType<LineElement>().Where(line => line.Group == "A4")];
        Assert.Equal([0, 4, 8.0], last[0].Y);
        Assert.Equal([double.NaN, 4, 8], last[1].Y);
        Assert.True(last[1].Stroke.Width > last[0].Stroke.Width);
        Assert.Contains("Thick", figure.Note, StringComparison.Ordinal);
    }

    private static Figure Draw(int functions, int arms) => SpatialCurvesFigure.Create(
        [
            .. Enumerable.Range(0, functions).Select(f => new SpatialFunction(
                $"f{f}", "µm", [.. Enumerable.Range(0, arms).Select(a => new SpatialCurve($"A{a}", Radii, [0, a, 2 * a], [-1, -1, -1], [1, 1, 1]))], new SpatialTheory("randomness", [0, 100], [0, 0]))),
        ],
        "95 % envelope", new ArmLooks([.. Enumerable.Range(0, arms).Select(a => $"A{a}")]), new FigureOptions());
}
