using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class SiteDistancesTests
{
    [Theory]
    [InlineData(70, 41, 1, 30)]
    [InlineData(70, 41, 1, 1)]
    [InlineData(13, 9, 11, 20)]
    [InlineData(3, 2, 1, 4)]
    public void Mean_IsWhatComparingAllFinds(int nx, int ny, int nz, int count)
    {
        // Half the sites ask; the points lie in and around the grid, half of them in one corner.
        var grid = new MaskGrid(nx, ny, nz, 20);
        var mask = new MaskBits(grid);
        var sites = new List<TissuePoint>();
        var stream = NullPatterns.Stream(31, nx + nz);
        for (int i = 0; i < grid.Length; i++)
        {
            if (stream.NextDouble() < 0.5)
            {
                (int x, int y, int z) = (i % nx, i / nx % ny, i / nx / ny);
                mask[x, y, z] = true;
                sites.Add(new TissuePoint((x + 0.5) * 20, (y + 0.5) * 20, (z + 0.5) * 20));
            }
        }

        var points = new TissuePoint[count];
        for (int i = 0; i < count; i++)
        {
            double spread = i % 2 == 0 ? 1.5 : 0.2;
            points[i] = new TissuePoint((stream.NextDouble() - 0.1) * spread * nx * 20, (stream.NextDouble() - 0.1) * spread * ny * 20, nz == 1 ? 10 : stream.NextDouble() * nz * 20);
        }

        double expected = sites.Average(s => points.Min(p => Math.Sqrt(Math.Pow(s.X - p.X, 2) + Math.Pow(s.Y - p.Y, 2) + Math.Pow(s.Z - p.Z, 2))));
        Assert.Equal(expected, SiteDistances.Mean(mask, points), 1e-9);
        Assert.Equal(SiteDistances.Mean(mask, points), SiteDistances.Mean(mask, [.. points.Reverse()]));
    }

    [Fact]
    public void Nobody_IsUndefinedOrInfinitelyFar()
    {
        var mask = new MaskBits(new MaskGrid(5, 5, 1, 20));
        Assert.True(double.IsNaN(SiteDistances.Mean(mask, [new(1, 1)])));
        mask[2, 2, 0] = true;
        Assert.Equal(double.PositiveInfinity, SiteDistances.Mean(mask, []));
        Assert.Equal(0, SiteDistances.Mean(mask, [new(50, 50, 10)]));
    }
}
