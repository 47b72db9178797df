using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class PosteriorFigureTests
{
    private static readonly SweepAxis Rate = new("rate", "/d", true);

    [Fact]
    public void Create_TwoParameters_FillTheLowerTriangle()
    {
        Figure figure = PosteriorFigure.Create([new(Rate, [1, 2, 3]), new(new SweepAxis("entry"), [4, 5, 6])], null, "", new FigureOptions());
        Assert.Equal((2, true), (figure.Columns, figure.EvenPlots));
        Assert.Equal([true, false, true, true], figure.Panels.Select(panel => panel is not null));
        Assert.Equal("rate: 2.0 [1.0, 3.0] /d", figure.Panels[0]!.Title.Replace('\u00A0', ' '));
        Panel pair = figure.Panels[2]!;
        Assert.Equal(["rate", "entry"], [pair.X.Label, pair.Y.Label]);
        PointElement points = pair.Elements.OfType<PointElement>().First();
        Assert.Equal([1.0, 2.0, 3.0], points.X);
        Assert.Equal([4.0, 5.0, 6.0], points.Y);
    }

    [Fact]
    public void Create_Histogram_HasUnitAreaAsThePriorHas()
    {
        double[] values = [.. Enumerable.Range(1, 200).Select(i => Math.Pow(10, i / 100.0))];
        Panel panel = PosteriorFigure.Create([new(Rate, values) { Prior = [(0.1, 7), (1000, 7)] }], null, "", new FigureOptions()).Panels[0]!;
        double area = panel.Elements.OfType<TileElement>().Single().Tiles.Sum(tile => (Math.Log10(tile.Extents.XMax) - Math.Log10(tile.Extents.XMin)) * tile.Extents.YMax);
        Assert.Equal(1, area, 1e-9);
        Assert.Equal([0, 0.25, 0.25, 0], panel.Elements.OfType<LineElement>().Single().Y.Select(y => Math.Round(y, 9)));
    }

    [Fact]
    public void Create_WeightsOnOneParticle_MoveTheSummary()
    {
        Panel panel = PosteriorFigure.Create([new(Rate, [1, 2, 3])], [0, 0, 5], "", new FigureOptions()).Panels[0]!;
        Assert.Equal([3.0, 3.0, 3.0], panel.Elements.OfType<RuleElement>().Select(rule => rule.Value));
    }

    [Fact]
    public void Create_MoreThanEightParameters_ShowDistributionsAlone()
    {
        Figure figure = PosteriorFigure.Create([.. Enumerable.Range(0, 9).Select(i => new PosteriorParameter(new SweepAxis($"p{i}"), [1, 2]))], null, "", new FigureOptions());
        Assert.Equal(9, figure.Panels.Count);
        Assert.Contains("up to 8 parameters", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_BadWeightsOrLengths_AreErrors()
    {
        Assert.Contains("2 weights for 1 values", Assert.Throws<ArgumentException>(() => PosteriorFigure.Create([new(Rate, [1])], [1, 2], "", new FigureOptions())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PosteriorFigure.Create([new(Rate, [1])], [-1], "", new FigureOptions()));
        Assert.Throws<ArgumentException>(() => PosteriorFigure.Create([new(Rate, [1]), new(Rate, [1, 2])], null, "", new FigureOptions()));
    }

    [Fact]
    public void Density_RoundNormal_RegionsHoldTheirShares()
    {
        // Quantiles of the normal distribution by R: qnorm(c(0.1, 0.3, 0.5, 0.7, 0.9)).
        double[] q = [-1.2815515655446, -0.524400512708041, 0, 0.524400512708041, 1.2815515655446];
        double[] x = [.. q.SelectMany(_ => q)], y = [.. q.SelectMany(v => Enumerable.Repeat(v, 5))];
        DensityMap map = DensityMap.Of(x, y, [.. Enumerable.Repeat(1 / 25.0, 25)], (-4, 4), (-4, 4))!;
        double all = Sum(double.NegativeInfinity);
        foreach (double part in new[] { 0.5, 0.95 })
        {
            Assert.InRange(Sum(map.Level(part)) / all, part, part + 0.03);
        }

        double Sum(double level) => Enumerable.Range(0, map.X.Length).Sum(c => Enumerable.Range(0, map.Y.Length).Select(r => map.At(c, r)).Where(d => d >= level).Sum());
    }

    [Fact]
    public void Density_NoSpreadOrFewPoints_IsNone()
    {
        double[] same = [.. Enumerable.Repeat(1.0, 30)], even = [.. Enumerable.Repeat(1 / 30.0, 30)], other = [.. Enumerable.Range(0, 30).Select(i => i / 30.0)];
        Assert.Null(DensityMap.Of(same, other, even, (0, 2), (0, 1)));
        Assert.Null(DensityMap.Of(other[..5], other[..5], [0.2, 0.2, 0.2, 0.2, 0.2], (0, 1), (0, 1)));
        Assert.NotNull(DensityMap.Of(other, other, even, (0, 1), (0, 1)));
    }
}
