using TmeSim.Analysis.Shapes;

namespace TmeSim.Analysis.Tests.Shapes;

public class MaskBitsTests
{
    /// <summary>Rows shorter and longer than a word, with and without a partial last word.</summary>
    [Theory]
    [InlineData(130, 30, 1, 0.01f)]
    [InlineData(64, 40, 1, 0.02f)]
    [InlineData(70, 17, 13, 0.002f)]
    [InlineData(200, 1, 1, 0.02f)]
    [InlineData(1, 50, 20, 0.01f)]
    public void Dilated_AnyReach_IsWhatTheDistancesSay(int nx, int ny, int nz, float share)
    {
        var grid = new MaskGrid(nx, ny, nz, 20);
        bool[] mask = DistanceTransformTests.RandomMask(grid, share, 3);
        double[] squared = DistanceTransform.SquaredSites(mask, grid);
        MaskBits bits = MaskBits.Of(mask, grid);
        Assert.Equal(mask, bits.ToBooleans());
        foreach (long reach in (long[])[0, 1, 2, 3, 16, 30, 101, 4900, 1_000_000])
        {
            MaskBits dilated = bits.Dilated(reach);
            bool[] expected = [.. squared.Select(d => d <= reach)];
            Assert.Equal(expected, dilated.ToBooleans());
            Assert.Equal(expected.Count(e => e), dilated.Count());
            dilated.Invert();
            Assert.Equal(grid.Length - expected.Count(e => e), dilated.Count());
        }
    }

    /// <summary>Against a plain walk over face neighbours, at fillings around the threshold where paths wind most.</summary>
    [Theory]
    [InlineData(150, 70, 1, 0.40f)]
    [InlineData(150, 70, 1, 0.45f)]
    [InlineData(66, 20, 18, 0.65f)]
    [InlineData(64, 9, 30, 0.70f)]
    [InlineData(90, 1, 1, 0.1f)]
    public void FillHoles_WindingPaths_IsWhatAWalkGives(int nx, int ny, int nz, float share)
    {
        var grid = new MaskGrid(nx, ny, nz, 20);
        bool[] mask = DistanceTransformTests.RandomMask(grid, share, 11);
        Assert.Equal(Walk(mask, grid), TumorMask.FillHoles(mask, grid));
    }

    [Fact]
    public void Zones_AnyBand_AreWhatTheDistancesSay()
    {
        var grid = new MaskGrid(90, 40, 8, 20);
        bool[] mask = TumorMask.Build(DistanceTransformTests.RandomMask(grid, 0.02f, 4), grid);
        foreach (double band in (double[])[0, 15, 20, 50, 100, 5000])
        {
            double[] depth = DistanceTransform.Distances([.. mask.Select(m => !m)], grid), away = DistanceTransform.Distances(mask, grid);
            double reach = band + 10;
            sbyte[] expected = [.. mask.Select((m, i) => (sbyte)(m ? depth[i] > reach ? 1 : 0 : away[i] > reach ? -1 : 0))];
            Assert.Equal(expected, CoreMargin.Zones(mask, grid, band));
        }
    }

    private static bool[] Walk(bool[] mask, MaskGrid grid)
    {
        var inside = new bool[mask.Length];
        Array.Fill(inside, true);
        var pending = new Stack<(int X, int Y, int Z)>();
        foreach (int i in Enumerable.Range(0, mask.Length))
        {
            (int x, int y, int z) = (i % grid.Nx, i / grid.Nx % grid.Ny, i / grid.Nx / grid.Ny);
            if (End(x, grid.Nx) || End(y, grid.Ny) || End(z, grid.Nz))
            {
                pending.Push((x, y, z));
            }
        }

        while (pending.TryPop(out (int X, int Y, int Z) at))
        {
            if ((uint)at.X >= (uint)grid.Nx || (uint)at.Y >= (uint)grid.Ny || (uint)at.Z >= (uint)grid.Nz)
            {
                continue;
            }

            int i = grid.Index(at.X, at.Y, at.Z);
            if (mask[i] || !inside[i])
            {
                continue;
            }

            inside[i] = false;
            foreach ((int dx, int dy, int dz) in ((int, int, int)[])[(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)])
            {
                pending.Push((at.X + dx, at.Y + dy, at.Z + dz));
            }
        }

        return inside;

        static bool End(int at, int size) => size > 1 && (at == 0 || at == size - 1);
    }
}
