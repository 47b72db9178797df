using TmeSim.Reports.Domain;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SobolIndexFigureTests
{
    [Fact]
    public void Create_Factors_StandSortedByTotalWithBothIndices()
    {
        Panel panel = SobolIndexFigure.Create([new SobolPanel("x", [new("a", new(0.3, 0.2, 0.4), new(0.35, 0.3, 0.4)), new("b", new(0.1, 0, 0.2), new(0.6, 0.5, 0.7))])], "i", "", new FigureOptions()).Panels[0]!;
        Assert.Equal(["a", "b"], panel.Y.Categories);
        Assert.Equal([0.1, 0.3, 0.6, 0.35], panel.Elements.OfType<PointElement>().Select(point => point.X.Single()));
        Assert.Equal((0, 1), (panel.X.Min, panel.X.Max));
    }

    [Fact]
    public void Convergence_MoreThanEightFactors_PutsTheRestIntoABand()
    {
        SobolConvergence[] factors = [.. Enumerable.Range(0, 10).Select(i => new SobolConvergence($"f{i}", [64, 128], [E(i), E(i)], [E(i), E(i)]))];
        Figure figure = SobolConvergenceFigure.Create(factors, "i", "", new FigureOptions());
        Assert.Equal(["f9", "f8"], figure.Legend.Take(2).Select(entry => entry.Label));
        BandElement band = figure.Panels[1]!.Elements.OfType<BandElement>().Single();
        Assert.Equal([-1.0, 2.0], [band.Low[0], band.High[0]]);
        Assert.Equal(8, figure.Panels[1]!.Elements.OfType<PointElement>().Count());
        Assert.Equal([64.0, 128.0], figure.Panels[0]!.X.TickValues);

        static Estimate E(double value) => new(value, value - 1, value + 1);
    }

    [Fact]
    public void Convergence_ListsOfOtherLengths_AreAnError() =>
        Assert.Throws<ArgumentException>(() => SobolConvergenceFigure.Create([new SobolConvergence("f", [64], [], [])], "i", "", new FigureOptions()));
}
