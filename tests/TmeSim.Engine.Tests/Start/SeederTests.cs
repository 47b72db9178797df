using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Start;

/// <summary>The seeding without lists against plain sorting.</summary>
public class SeederTests
{
    [Theory]
    [InlineData(31, 1, 1)]
    [InlineData(30, 24, 1)]
    [InlineData(17, 20, 9)]
    [InlineData(1, 8, 12)]
    public void NoduleOutline_AnyCount_IsTheNearestSites(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        double[] distances = [.. Coordinates(shape).Select(c => Math.Sqrt(
            Squared(c.X - (nx - 1) / 2.0) + Squared(c.Y - (ny - 1) / 2.0) + Squared(c.Z - (nz - 1) / 2.0))).Order()];
        for (int count = 1; count <= distances.Length; count += 1 + distances.Length / 50)
        {
            var outline = new NoduleOutline(shape, count);
            Assert.Equal(distances[count - 1], outline.Radius);
            Assert.Equal(count - distances.Count(d => d < outline.Radius), outline.OnShell);
        }
    }

    [Theory]
    [InlineData(40, 1, 1, 1)]
    [InlineData(70, 90, 1, 1)]
    [InlineData(21, 20, 19, 1)]
    [InlineData(70, 290, 1, 3)]
    [InlineData(21, 20, 19, 8)]
    [InlineData(1100, 1000, 1, 1)]
    [InlineData(130, 131, 129, 3)]
    public void SiteRanking_InOrder_IsTheSortedList(int nx, int ny, int nz, int threads)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var scratch = new SiteArray<float>(shape.Length);
        using var runner = new RowRunner(threads);
        var ranking = new SiteRanking(shape, RandomKey.Create(7, 0, 0), scratch, runner);
        foreach (ulong what in (ulong[])[2, 5])
        {
            ranking.Sort(what, site => site % 3 != 0);
            (ulong Rank, int Site)[] expected =
                [.. Coordinates(shape).Select(c => (Rank: ranking.Rank(c.X, c.Y, c.Z, what), Site: shape.Site(c.X, c.Y, c.Z))).Where(s => s.Site % 3 != 0).Order()];
            Assert.Equal(expected, ranking.InOrder());
        }
    }

    [Fact]
    public void Seeding_LeavesTheScratchClean()
    {
        var shape = new LatticeShape(30, 30, 1, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        using var scratch = new SiteArray<float>(shape.Length);
        using var runner = new RowRunner();
        new Seeder(lesion, TestPlans.Lesion(), TestPlans.Parameters, MechanismSet.Default, RandomKey.Create(7, 0, 0), scratch, runner).Seed(200);
        Assert.Equal(200, lesion.ParenchymaCodes.Span.Count(Parenchyma.Tumor));
        Assert.True(lesion.Vessels.Count > 0 && lesion.Cd8.Count > 0);
        Assert.All(scratch.Span.ToArray(), v => Assert.Equal(0, BitConverter.SingleToInt32Bits(v)));
    }

    private static IEnumerable<(int X, int Y, int Z)> Coordinates(LatticeShape shape) =>
        from z in Enumerable.Range(0, shape.Nz) from y in Enumerable.Range(0, shape.Ny) from x in Enumerable.Range(0, shape.Nx) select (x, y, z);

    private static double Squared(double x) => x * x;
}
