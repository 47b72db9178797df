using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SobolIndexFigureTests
{
    [Fact]
    public void Create_Factors_StandSortedByTotalWithBothIndices()
    {
        Panel panel = SobolIndexFigure.Create([new SobolPanel("x", [("a", new(new(0.3, 0.2, 0.4), new(0.35, 0.3, 0.4))), ("b", new(new(0.1, 0, 0.2), new(0.6, 0.5, 0.7)))])], "i", "", new FigureOptions()).Panels[0]!;
        Assert.Equal(["a", "b"], panel.Y.Categories);
        Assert.Equal([0.1, 0.3, 0.6, 0.35], panel.Elements.OfType<PointElement>().Select(point => point.X.Single()));
        Assert.InRange(panel.X.Min!.Value, -0.05, -0.01);
        Assert.InRange(panel.X.Max!.Value, 1.01, 1.05);
    }

    [Fact]
    public void Convergence_MoreThanEightFactors_PutsTheRestIntoABand()
    {
        SobolConvergence[] factors = [.. Enumerable.Range(0, 10).Select(i => new SobolConvergence($"f{i}", [(64, new(E(i), E(i))), (128, new(E(i), E(i)))]))];
        Figure figure = SobolConvergenceFigure.Create(factors, "i", "", new FigureOptions());
        Assert.Equal(["f9", "f8"], figure.Legend.Take(2).Select(entry => entry.Label));
        BandElement band = figure.Panels[1]!.Elements.OfType<BandElement>().Single();
        Assert.Equal([-1.0, 2.0], [band.Low[0], band.High[0]]);
        Assert.Equal(8, figure.Panels[1]!.Elements.OfType<PointElement>().Count());
        Assert.Equal([64.0, 128.0], figure.Panels[0]!.X.TickValues);
    }

    [Fact]
    public void Convergence_NoBaseSamples_AreAnError() =>
        Assert.Throws<ArgumentException>(() => SobolConvergenceFigure.Create([new SobolConvergence("f", [(0, new(E(1), E(1)))])], "i", "", new FigureOptions()));

    private static Estimate E(double value) => new(value, value - 1, value + 1);
}
