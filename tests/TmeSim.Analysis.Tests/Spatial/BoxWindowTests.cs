using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class BoxWindowTests
{
    private static readonly BoxWindow Square = BoxWindow.Rectangle(0, 0, 100, 100);

    [Fact]
    public void CircleShare_IsExactWhereTheArcIsKnown()
    {
        Assert.Equal(1, Square.CircleShare(new TissuePoint(50, 50), 50));
        Assert.Equal(0.5, Square.CircleShare(new TissuePoint(0, 50), 40), 1e-12);
        Assert.Equal(0.25, Square.CircleShare(new TissuePoint(0, 0), 60), 1e-12);

        // 30 um from one side, radius 60: an arc of ± 60° is hidden.
        Assert.Equal(1 - (120.0 / 360), BoxWindow.Rectangle(0, 0, 1000, 1000).CircleShare(new TissuePoint(30, 500), 60), 1e-12);
    }

    [Fact]
    public void CircleShare_IsTheShareThatPointsOfTheCircleFind()
    {
        // 20,000 points on the circle find its share up to one point for each of at most eight ends of arcs.
        BoxWindow window = BoxWindow.Rectangle(0, 0, 90, 60);
        foreach ((double x, double y, double r) in ((double, double, double)[])[(10, 10, 12), (10, 10, 30), (45, 30, 50), (45, 30, 31), (80, 5, 70), (1, 59, 40), (30, 30, 45)])
        {
            const int n = 20_000;
            int inside = Enumerable.Range(0, n).Count(i => window.Contains(new TissuePoint(x + (r * Math.Cos(2 * Math.PI * i / n)), y + (r * Math.Sin(2 * Math.PI * i / n)))));
            Assert.Equal((double)inside / n, window.CircleShare(new TissuePoint(x, y), r), 8.0 / n);
        }
    }

    [Fact]
    public void Sides_MustBePositive()
    {
        Assert.Throws<ArgumentException>(() => BoxWindow.Rectangle(0, 0, 0, 5));
        Assert.Throws<ArgumentException>(() => BoxWindow.Rectangle(0, 0, double.NaN, 5));
        Assert.Throws<ArgumentException>(() => BoxWindow.Box(new TissuePoint(0, 0, 0), new TissuePoint(1, 1, 0)));
    }

    [Fact]
    public void Overlap_FarApart_IsNothing()
    {
        Assert.Equal(0, Square.Overlap(150, 0, 0));
        Assert.Equal(3500, Square.Overlap(-30, 50, 0));
    }
}
