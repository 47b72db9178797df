using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Plots;

public class ContoursTests
{
    private static readonly double[] Four = [0, 1, 2, 3];

    [Fact]
    public void At_Plane_IsTheExactStraightLine()
    {
        IReadOnlyList<(double X, double Y)> line = Contours.At(Four, [0, 2, 5], (c, r) => Four[c] + new double[] { 0, 2, 5 }[r], 2.5).Single();
        Assert.All(line, point => Assert.Equal(2.5, point.X + point.Y, 1e-12));
        Assert.Equal([(0.0, 2.5), (2.5, 0.0)], new[] { line[0], line[^1] }.OrderBy(point => point.X));
    }

    [Fact]
    public void At_Peak_IsAClosedRing()
    {
        double[] axis = [-2, -1, 0, 1, 2];
        IReadOnlyList<(double X, double Y)> ring = Contours.At(axis, axis, (c, r) => -(Math.Abs(axis[c]) + Math.Abs(axis[r])), -1.5).Single();
        Assert.Equal(ring[0], ring[^1]);
        Assert.All(ring, point => Assert.Equal(1.5, Math.Abs(point.X) + Math.Abs(point.Y), 1e-12));
    }

    [Fact]
    public void At_BesideAMissingValue_HasNoLine()
    {
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines = Contours.At(Four, Four, (c, r) => c == 1 && r == 1 ? double.NaN : c, 1.5);
        Assert.Equal([(1.5, 2.0), (1.5, 3.0)], lines.Single().OrderBy(point => point.Y));
    }

    [Theory]
    [InlineData(0.6, 2)]
    [InlineData(-0.6, 2)]
    public void At_Saddle_MakesTwoLinesThatDoNotCross(double level, int count)
    {
        double[] axis = [0, 1];
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines = Contours.At(axis, axis, (c, r) => c == r ? 1 : -1, level);
        Assert.Equal(count, lines.Count);

        // Each line cuts off one of the corners on its own side of the level: both ends touch it.
        (double, double)[] corners = level > 0 ? [(0, 0), (1, 1)] : [(1, 0), (0, 1)];
        Assert.All(lines, line => Assert.Contains(corners, corner => line.All(point => Math.Abs(point.X - corner.Item1) + Math.Abs(point.Y - corner.Item2) < 0.5)));
    }

    [Fact]
    public void At_LevelOfGridPoints_StaysOneLine()
    {
        IReadOnlyList<(double X, double Y)> line = Contours.At(Four, Four, (c, _) => c, 2).Single();
        Assert.All(line, point => Assert.Equal(2, point.X));
    }

    [Fact]
    public void Levels_Range_AreRoundAndInside()
    {
        Assert.Equal([-20, 0, 20, 40], Contours.Levels(-35, 55, false));
        Assert.Equal([10.0, 100.0, 1000.0], Contours.Levels(3, 4000, true).Select(level => Math.Round(level, 6)));
        Assert.Empty(Contours.Levels(3, 3, false));
        Assert.Empty(Contours.Levels(-35, 55, false, noise: 15));
        Assert.InRange(Contours.Levels(-35, 55, false, noise: 14).Count, 1, 3);
        Assert.Empty(Contours.Levels(3, 3 + 1e-12, false));
        Assert.Empty(Contours.Levels(double.PositiveInfinity, double.NegativeInfinity, false));
    }
}
