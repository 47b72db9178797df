using TmeSim.Engine.Lattice;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Tests.Vessels;

public sealed class ExclusionBallTests
{
    [Theory]
    [InlineData(70, 9, 1, 3.2)]
    [InlineData(70, 1, 9, 0.9)]
    [InlineData(1, 1, 130, 66.5)]
    [InlineData(67, 7, 5, 2.0)]
    [InlineData(130, 1, 1, 64)]
    public void Mark_SetsTheSitesThatTheVesselMakesUnfree_AndNoOthers(int nx, int ny, int nz, double radius)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        var ball = new ExclusionBall(shape, radius);
        using var marks = new SiteBits(shape.Length);
        using var vessels = new SiteBits(shape.Length);
        int[] sites = [shape.Site(0, 0, 0), shape.Site(nx - 1, ny - 1, nz - 1), shape.Site(nx / 2, ny / 2, nz / 2)];
        foreach (int site in sites)
        {
            ball.Mark(marks, site);
            vessels[site] = true;
        }

        int marked = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row); site < shape.RowStart(row) + nx; site++)
            {
                Assert.Equal(sites.Any(v => Squared(shape, v, site) <= radius * radius), marks[site]);
                Assert.Equal(!marks[site], ball.IsFree(vessels, site));
                marked += marks[site] ? 1 : 0;
            }
        }

        Assert.Equal(marked, Enumerable.Range(0, shape.Length).Count(s => marks[s]));
    }

    private static double Squared(LatticeShape shape, int a, int b)
    {
        (int ax, int ay, int az) = shape.Coordinates(a);
        (int bx, int by, int bz) = shape.Coordinates(b);
        return Math.Pow(ax - bx, 2) + Math.Pow(ay - by, 2) + Math.Pow(az - bz, 2);
    }
}
