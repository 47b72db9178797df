using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Tests.Tumor;

public class ShellSearchTests
{
    /// <summary>Free sites among the neighbours and far away, few and many, on lattices of any shape, some with more tiles in a row than a word has bits.</summary>
    [Theory]
    [InlineData(90, 90, 90, 3)]
    [InlineData(90, 90, 90, 40)]
    [InlineData(100, 8, 70, 2)]
    [InlineData(700, 20, 1, 2)]
    [InlineData(900, 1, 1, 1)]
    [InlineData(2600, 1, 1, 2)]
    [InlineData(2200, 24, 1, 3)]
    [InlineData(2100, 9, 17, 2)]
    [InlineData(300, 300, 1, 30)]
    [InlineData(301, 1, 299, 400)]
    [InlineData(1, 150, 200, 100)]
    [InlineData(90, 90, 90, 3000)]
    public void Nearest_NearAndFar_IsTheNearestOfAll(int nx, int ny, int nz, int free)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        for (int row = 0; row < shape.Rows; row++)
        {
            lesion.ParenchymaCodes.Writable.Slice(shape.RowStart(row), nx).Fill(Parenchyma.Tumor);
        }

        var context = new StepContext(RandomKey.Create(1, 0, 0), 5, 1, default, 1, 1);
        var random = new PhiloxStream(RandomKey.Create(2, 0, 0), 0, 0, 0);
        var takers = new List<(int X, int Y, int Z)>();
        for (int i = 0; i < free; i++)
        {
            (int x, int y, int z) = (random.NextInt(nx), random.NextInt(ny), random.NextInt(nz));
            takers.Add((x, y, z));
            lesion.ParenchymaCodes[shape.Site(x, y, z)] = i % 2 == 0 ? Parenchyma.Empty : Parenchyma.Hepatocyte;
        }

        using var runner = new RowRunner(2);
        var search = new ShellSearch(shape);
        search.Refresh(lesion, runner);
        for (int i = 0; i < 6; i++)
        {
            (int x, int y, int z) = (nx / 2 - i, Math.Min(ny - 1, i), nz / 2);
            int site = shape.Site(x, y, z);
            int expected = takers.Where(t => t != (x, y, z)).Select(t => shape.Site(t.X, t.Y, t.Z)).Distinct()
                .OrderBy(t => Squared(shape, site, t)).ThenBy(t => context.Rank(Mix.Hash((ulong)site, (ulong)t), Purpose.PushTarget)).First();
            Assert.Equal(expected, search.Nearest(lesion, site, int.MaxValue, context));
        }
    }

    // Sites fill one after the other, told or not told, gaps of one site and a rim of whole tiles, in any direction from the cell.
    [Theory]
    [InlineData(200, 40, 40, true)]
    [InlineData(200, 40, 40, false)]
    [InlineData(33, 190, 1, true)]
    [InlineData(2300, 18, 1, true)]
    [InlineData(1, 90, 140, true)]
    [InlineData(1, 90, 140, false)]
    public void Nearest_AsSitesFill_IsTheNearestThatIsLeft(int nx, int ny, int nz, bool told)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        var context = new StepContext(RandomKey.Create(1, 0, 0), 5, 1, default, 1, 1);
        var random = new PhiloxStream(RandomKey.Create(2, 0, 0), 0, 0, 0);
        bool IsRim(int x, int y, int z) => (nx > 1 && x < nx / 6) || (ny > 1 && y >= ny - ny / 6);
        var takers = new HashSet<int>();
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    bool takes = IsRim(x, y, z) || random.NextInt(700) == 0;
                    lesion.ParenchymaCodes[shape.Site(x, y, z)] = takes ? Parenchyma.Hepatocyte : Parenchyma.Tumor;
                    _ = takes && takers.Add(shape.Site(x, y, z));
                }
            }
        }

        using var runner = new RowRunner(2);
        var search = new ShellSearch(shape);
        search.Refresh(lesion, runner);
        for (int i = 0; i < 150; i++)
        {
            int site = shape.Site(random.NextInt(nx), random.NextInt(ny), random.NextInt(nz));
            int expected = takers.Where(t => t != site)
                .OrderBy(t => Squared(shape, site, t)).ThenBy(t => context.Rank(Mix.Hash((ulong)site, (ulong)t), Purpose.PushTarget)).First();
            Assert.Equal(expected, search.Nearest(lesion, site, int.MaxValue, context));
            lesion.ParenchymaCodes[expected] = Parenchyma.Tumor;
            takers.Remove(expected);
            if (told)
            {
                search.Fill(expected);
            }
        }
    }

    [Fact]
    public void Nearest_NoRoomAtAll_IsMinusOne()
    {
        var shape = new LatticeShape(80, 80, 40, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        lesion.ParenchymaCodes.Writable.Replace(Parenchyma.Hepatocyte, Parenchyma.Tumor);
        using var runner = new RowRunner(2);
        var search = new ShellSearch(shape);
        search.Refresh(lesion, runner);
        Assert.Equal(-1, search.Nearest(lesion, shape.Site(3, 4, 5), int.MaxValue, new StepContext(default, 1, 1, default, 1, 1)));
    }

    private static long Squared(LatticeShape shape, int a, int b)
    {
        (int ax, int ay, int az) = shape.Coordinates(a);
        (int bx, int by, int bz) = shape.Coordinates(b);
        return (long)(ax - bx) * (ax - bx) + (long)(ay - by) * (ay - by) + (long)(az - bz) * (az - bz);
    }
}
