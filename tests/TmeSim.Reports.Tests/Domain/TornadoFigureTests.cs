using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class TornadoFigureTests
{
    private static readonly SweepAxis Output = new("volume", "%");

    [Fact]
    public void Create_Factors_StandSortedByWidthFromTheBase()
    {
        Panel panel = Draw(new(new SweepAxis("narrow", "/d"), 0.5, 4, E(9), E(11)), new(new SweepAxis("wide"), 1, 2, E(20), E(5)));
        Assert.Equal(["narrow", "wide"], panel.Y.Categories);
        Assert.Equal(["0.5 to 4 /d", "1 to 2"], panel.RowNotes.Select(note => note.Replace('\u00A0', ' ')));
        BarElement[] bars = [.. panel.Elements.OfType<BarElement>()];
        Assert.Equal([20, 5, 9, 11], bars.Select(bar => bar.Value.Single()));
        Assert.All(bars, bar => Assert.Equal(10, bar.Baseline));
        Assert.All(bars, bar => Assert.Equal(bar.Value[0] - 1, bar.ErrorLow![0]));
        Assert.Equal(2, bars.Select(bar => bar.Color).Distinct().Count());
    }

    [Fact]
    public void Create_BothEndsOnOneSide_ShareTheRow()
    {
        BarElement[] bars = [.. Draw(new TornadoFactor(new SweepAxis("f"), 0, 1, E(15), E(20))).Elements.OfType<BarElement>()];
        Assert.True(bars[0].Position[0] - (bars[0].Width / 2) >= bars[1].Position[0] + (bars[1].Width / 2) - 1e-12);
    }

    [Fact]
    public void Create_BaseMissing_DrawsNoBars() =>
        Assert.Empty(TornadoFigure.Create([new TornadoPanel("x", Output, new(double.NaN, 0, 0), [new(new SweepAxis("f"), 0, 1, E(1), E(2))])], "", "", new FigureOptions()).Panels[0]!.Elements.OfType<BarElement>());

    private static Estimate E(double value) => new(value, value - 1, value + 1);

    private static Panel Draw(params IReadOnlyList<TornadoFactor> factors) => TornadoFigure.Create([new TornadoPanel("x", Output, E(10), factors)], "", "", new FigureOptions()).Panels.Single()!;
}
