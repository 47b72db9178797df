using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class ParallelCoordinatesFigureTests
{
    private static readonly SweepAxis[] Axes = [new("a", "", true), new("b")];

    [Fact]
    public void Create_Runs_LieOnTheScalesOfTheirAxes()
    {
        LineElement[] lines = Lines(ParallelCoordinatesFigure.Create(Axes, [[1, 0], [10, 5], [100, 10]], 1, "", new FigureOptions()));
        const double end = 0.037037037; // axes end a little beyond their values
        Assert.Equal([end, end, 0.5, 0.5, 1 - end, 1 - end], lines.OrderBy(line => line.Y[0]).SelectMany(line => line.Y).Select(y => Math.Round(y, 9)));
        Assert.Equal(ColorMap.Viridis.At(0), lines.Single(line => line.Y[0] < 0.1).Stroke.Color);
    }

    [Fact]
    public void Create_MissingValue_BreaksTheLine() => Assert.Equal(double.NaN, Lines(ParallelCoordinatesFigure.Create(Axes, [[-1, 1], [1, 2]], 1, "", new FigureOptions())).Single(line => line.Stroke.Color == ColorMap.Viridis.At(0.5) || double.IsNaN(line.Y[0])).Y[0]);

    [Fact]
    public void Create_ThousandsOfRuns_DrawAnEvenPartAndSaySo()
    {
        Figure figure = ParallelCoordinatesFigure.Create(Axes, [.. Enumerable.Range(1, 4000).Select(i => new double[] { i, i })], 1, "", new FigureOptions());
        Assert.InRange(Lines(figure).Length, 1000, 1500);
        Assert.StartsWith("1334 of 4000 runs drawn, every third.", figure.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ManyAxes_GoOnInRows()
    {
        SweepAxis[] axes = [.. Enumerable.Range(0, 25).Select(i => new SweepAxis($"p{i}"))];
        Figure figure = ParallelCoordinatesFigure.Create(axes, [[.. Enumerable.Range(0, 25).Select(i => (double)i)]], 0, "", new FigureOptions());
        Assert.Equal(axes.Select(axis => axis.Label), figure.Panels.SelectMany(panel => panel!.X.Categories!));
        Assert.True(figure.Panels.Count > 1);
    }

    [Fact]
    public void Create_BadRunOrColour_IsAnError()
    {
        Assert.Contains("1 values for 2 axes", Assert.Throws<ArgumentException>(() => ParallelCoordinatesFigure.Create(Axes, [[1]], 0, "", new FigureOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentException>(() => ParallelCoordinatesFigure.Create(Axes, [], 2, "", new FigureOptions())).Message, StringComparison.Ordinal);
    }

    // Axes and ticks are opaque.
    private static LineElement[] Lines(Figure figure) => [.. figure.Panels.SelectMany(panel => panel!.Elements.OfType<LineElement>()).Where(line => line.Stroke.Opacity < 1)];
}
