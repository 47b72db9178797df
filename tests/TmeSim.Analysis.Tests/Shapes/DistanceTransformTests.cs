using TmeSim.Analysis.Shapes;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Shapes;

public class DistanceTransformTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 1, 1)]
    [InlineData(1, 23, 1)]
    [InlineData(19, 14, 1)]
    [InlineData(9, 1, 8)]
    [InlineData(7, 9, 6)]
    public void Distances_EqualBruteForce(int nx, int ny, int nz)
    {
        var grid = new MaskGrid(nx, ny, nz, 12.5);
        for (uint density = 0; density < 4; density++)
        {
            bool[] mask = RandomMask(grid, density / 20f, density);
            double[] actual = DistanceTransform.Distances(mask, grid);
            for (int i = 0; i < mask.Length; i++)
            {
                Assert.Equal(BruteForce(mask, grid, i), actual[i]);
            }
        }
    }

    [Fact]
    public void NoMarkedSite_IsInfinitelyFar() =>
        Assert.All(DistanceTransform.Distances(new bool[12], new MaskGrid(4, 3, 1, 1)), d => Assert.Equal(double.PositiveInfinity, d));

    [Fact]
    public void WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => DistanceTransform.Distances(new bool[11], new MaskGrid(4, 3, 1, 1)));
        Assert.Throws<ArgumentException>(() => DistanceTransform.Distances([], new MaskGrid(0, 3, 1, 1)));
        Assert.Throws<ArgumentException>(() => DistanceTransform.Distances(new bool[12], new MaskGrid(4, 3, 1, 0)));
    }

    internal static bool[] RandomMask(MaskGrid grid, float density, uint seed)
    {
        var mask = new bool[grid.Length];
        for (uint i = 0; i < mask.Length; i++)
        {
            mask[i] = Draws.Uniform(Philox4x32.Block(i, seed, 0, 0, 1, 2).X0) < density;
        }

        return mask;
    }

    private static double BruteForce(bool[] mask, MaskGrid grid, int site)
    {
        (int x, int y, int z) = Place(grid, site);
        double best = double.PositiveInfinity;
        for (int other = 0; other < mask.Length; other++)
        {
            if (mask[other])
            {
                (int ox, int oy, int oz) = Place(grid, other);
                best = Math.Min(best, (x - ox) * (x - ox) + (y - oy) * (y - oy) + (z - oz) * (z - oz));
            }
        }

        return Math.Sqrt(best) * grid.SpacingUm;
    }

    private static (int X, int Y, int Z) Place(MaskGrid grid, int site) => (site % grid.Nx, site / grid.Nx % grid.Ny, site / grid.Nx / grid.Ny);
}
