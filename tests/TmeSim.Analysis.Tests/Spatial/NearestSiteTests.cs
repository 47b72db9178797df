using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class NearestSiteTests
{
    [Theory]
    [InlineData(150, 30, 1)]
    [InlineData(9, 8, 7)]
    [InlineData(1, 1, 1)]
    public void Squared_IsWhatComparingAllFinds_InsideTheGridAndAround(int nx, int ny, int nz)
    {
        var mask = new MaskBits(new MaskGrid(nx, ny, nz, 20));
        var stream = NullPatterns.Stream(32, nx);
        var marked = new List<(int X, int Y, int Z)>();
        for (int i = 0; i < Math.Min(12, nx * ny * nz); i++)
        {
            (int x, int y, int z) = (stream.NextInt(nx), stream.NextInt(ny), stream.NextInt(nz));
            mask[x, y, z] = true;
            marked.Add((x, y, z));
        }

        for (int i = 0; i < 500; i++)
        {
            (int x, int y, int z) = (stream.NextInt(nx + 40) - 20, stream.NextInt(ny + 40) - 20, stream.NextInt(nz + 10) - 5);
            Assert.Equal(marked.Min(m => ((long)(m.X - x) * (m.X - x)) + ((m.Y - y) * (m.Y - y)) + ((m.Z - z) * (m.Z - z))), NearestSite.Squared(mask, x, y, z));
        }

        Assert.Equal(0, NearestSite.Squared(mask, marked[0].X, marked[0].Y, marked[0].Z));
    }

    [Fact]
    public void EmptyMask_HasNoNearest() => Assert.Equal(-1, NearestSite.Squared(new MaskBits(new MaskGrid(70, 3, 1, 20)), 5, 5, 0));
}
