using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Tests.Shapes;

public class TumorMaskTests
{
    [Theory]
    [InlineData(31, 26, 1, 4)]
    [InlineData(31, 26, 1, 2)]
    [InlineData(12, 11, 9, 3)]
    [InlineData(25, 1, 1, 4)]
    [InlineData(17, 15, 1, 0)]
    public void Close_EqualsTheDefinition(int nx, int ny, int nz, int radius)
    {
        var grid = new MaskGrid(nx, ny, nz, 20);
        bool[] mask = DistanceTransformTests.RandomMask(grid, 0.06f, 5);
        bool[] expected = Definition(mask, grid, radius);
        bool[] closed = TumorMask.Close(mask, grid, radius);
        Assert.Equal(expected, closed);
        Assert.Equal(closed, TumorMask.Close(closed, grid, radius)); // idempotent
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.True(!mask[i] || closed[i]); // extensive
        }
    }

    [Fact]
    public void Build_FillsHolesButNotBays()
    {
        var grid = new MaskGrid(60, 60, 1, 20);
        var ring = new bool[grid.Length];
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                double r = Math.Sqrt((x - 30) * (x - 30) + (y - 30) * (y - 30));
                ring[grid.Index(x, y)] = r is > 17 and < 22;
            }
        }

        bool[] whole = TumorMask.Build(ring, grid);
        Assert.True(whole[grid.Index(30, 30)]);
        Assert.False(whole[grid.Index(2, 2)]);

        // A gap of 14 sites is wider than the disc (9 sites): the inside is then a bay.
        for (int y = 23; y < 37; y++)
        {
            for (int x = 30; x < 60; x++)
            {
                ring[grid.Index(x, y)] = false;
            }
        }

        Assert.False(TumorMask.Build(ring, grid)[grid.Index(30, 30)]);

        // A gap of 6 sites is closed.
        for (int y = 23; y < 27; y++)
        {
            for (int x = 47; x < 52; x++)
            {
                ring[grid.Index(x, y)] = ring[grid.Index(x, 59 - y)] = true;
            }
        }

        Assert.True(TumorMask.Build(ring, grid)[grid.Index(30, 30)]);
    }

    [Fact]
    public void FullAndEmptyMasks_StayAsTheyAre()
    {
        var grid = new MaskGrid(9, 7, 1, 20);
        Assert.All(TumorMask.Build(new bool[63], grid), Assert.False);
        var full = new bool[63];
        Array.Fill(full, true);
        Assert.All(TumorMask.Build(full, grid), Assert.True);
        Assert.All(TumorMask.Build([true], new MaskGrid(1, 1, 1, 20)), Assert.True);
    }

    [Fact]
    public void ThreeDimensionalCavity_IsFilled_ATunnelIsNot()
    {
        var grid = new MaskGrid(9, 9, 9, 20);
        var shell = new bool[grid.Length];
        for (int z = 2; z < 7; z++)
        {
            for (int y = 2; y < 7; y++)
            {
                for (int x = 2; x < 7; x++)
                {
                    shell[grid.Index(x, y, z)] = x is 2 or 6 || y is 2 or 6 || z is 2 or 6;
                }
            }
        }

        Assert.True(TumorMask.FillHoles(shell, grid)[grid.Index(4, 4, 4)]);
        shell[grid.Index(4, 4, 2)] = false;
        Assert.False(TumorMask.FillHoles(shell, grid)[grid.Index(4, 4, 4)]);
    }

    private static bool[] Definition(bool[] mask, MaskGrid grid, int radius)
    {
        // On a frame wide enough that nothing reaches its end: dilate, then erode, by looking at every offset.
        int px = grid.Nx > 1 ? 2 * radius + 1 : 0, py = grid.Ny > 1 ? 2 * radius + 1 : 0, pz = grid.Nz > 1 ? 2 * radius + 1 : 0;
        bool At(Func<int, int, int, bool> set, int x, int y, int z, bool any)
        {
            for (int dz = pz > 0 ? -radius : 0; dz <= (pz > 0 ? radius : 0); dz++)
            {
                for (int dy = py > 0 ? -radius : 0; dy <= (py > 0 ? radius : 0); dy++)
                {
                    for (int dx = px > 0 ? -radius : 0; dx <= (px > 0 ? radius : 0); dx++)
                    {
                        if (dx * dx + dy * dy + dz * dz <= radius * radius && set(x + dx, y + dy, z + dz) == any)
                        {
                            return any;
                        }
                    }
                }
            }

            return !any;
        }

        int wx = grid.Nx + 2 * px, wy = grid.Ny + 2 * py, wz = grid.Nz + 2 * pz;
        var dilated = new bool[wx, wy, wz];
        for (int x = 0; x < wx; x++)
        {
            for (int y = 0; y < wy; y++)
            {
                for (int z = 0; z < wz; z++)
                {
                    dilated[x, y, z] = At(Marked, x - px, y - py, z - pz, any: true);
                }
            }
        }

        var closed = new bool[mask.Length];
        for (int i = 0; i < closed.Length; i++)
        {
            int rest = i / grid.Nx;
            closed[i] = At((x, y, z) => dilated[x + px, y + py, z + pz], i % grid.Nx, rest % grid.Ny, rest / grid.Ny, any: false);
        }

        return closed;

        bool Marked(int x, int y, int z) => (uint)x < (uint)grid.Nx && (uint)y < (uint)grid.Ny && (uint)z < (uint)grid.Nz && mask[grid.Index(x, y, z)];
    }
}
