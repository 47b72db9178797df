using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Immune;

/// <summary>Conflicts of moving cells, and the order of stores.</summary>
public sealed class MovesTests
{
    [Theory]
    [InlineData(60, 50, 1, ImmuneKinds.Cd8)]
    [InlineData(60, 50, 1, ImmuneKinds.Macrophages)]
    [InlineData(14, 13, 12, ImmuneKinds.Cd8)]
    public void Commit_TheLowestRankWinsEachSite_AndTheOverlayFollows(int nx, int ny, int nz, int kind)
    {
        using LesionState lesion = Crowd(new LatticeShape(nx, ny, nz, 20), kind, out ulong[] ids, out int[] sites, out int count);
        using var runner = new RowRunner(3) { Split = new RowSplit(7) };
        using var workspace = new LesionWorkspace(lesion.Shape, runner);
        var moves = new Moves(new ProcessSetup(lesion, TestPlans.Lesion(), TestPlans.Parameters, default, runner, workspace), kind);
        var context = new StepContext(RandomKey.Create(3, 0, 0), 9, 1, default, 1, 1);
        int[] before = sites[..count];
        moves.Reserve(ids.Length);
        var random = new PhiloxStream(RandomKey.Create(4, 0, 0), 0, 0, 0);
        var movers = new List<int>();
        for (int i = 0; i < count; i++)
        {
            int to = sites[i] + lesion.Shape.FaceOffsets[random.NextInt(lesion.Shape.FaceOffsets.Length)];
            moves.Goal[i] = i % 17 == 0 ? Moves.Leaves
                : lesion.ParenchymaCodes[to] != Parenchyma.Wall && lesion.Immune[to] == 0 ? to : Moves.Stays;
            if (moves.Goal[i] != Moves.Stays)
            {
                movers.Add(i);
            }
        }

        int[] goals = moves.Goal[..count];
        int third = count / 3;
        movers.Where(i => i < third).ToArray().CopyTo(moves.Movers, 0);
        movers.Where(i => i >= third).ToArray().CopyTo(moves.Movers, third);
        moves.EndBlock(third, movers.Count(i => i >= third));
        moves.EndBlock(0, movers.Count(i => i < third));
        moves.Commit(ids, sites, context, 2);

        var winners = Enumerable.Range(0, count).Where(i => goals[i] > 0).GroupBy(i => goals[i])
            .Select(g => g.MinBy(i => (context.Rank(ids[i], Purpose.SiteClaim, 2), before[i]))).ToHashSet();
        Assert.True(winners.Count < Enumerable.Range(0, count).Count(i => goals[i] > 0), "some goals are wanted twice");
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(winners.Contains(i) ? goals[i] : before[i], sites[i]);
            Assert.Equal(ImmuneCode.Of(kind, i), lesion.Immune[sites[i]]);
        }

        Assert.Equal(count, lesion.Immune.Span.ToArray().Count(cell => cell != 0));
        Assert.Equal(Enumerable.Range(0, count).Where(i => i % 17 == 0), moves.Leaving);
        Assert.All(moves.Goal, goal => Assert.Equal(Moves.Stays, goal));
        Assert.All(workspace.Wanted.Words.Span.ToArray().Concat(workspace.Contested.Words.Span.ToArray()), word => Assert.Equal(0ul, word));
    }

    [Fact]
    public void Sort_OrdersStoresBySite_AndKeepsEveryCell()
    {
        using LesionState lesion = Crowd(new LatticeShape(40, 30, 1, 20), ImmuneKinds.Cd8, out _, out _, out _);
        lesion.Cd8.Target[5] = 77;
        ulong marked = lesion.Cd8.Id[5];
        lesion.Vessels.Add(900, 1, 0.25f, 0.5f);
        lesion.Vessels.Add(300, 0.5f, 0.75f, 0.25f);
        ulong[] ids = [.. lesion.Cd8.Id.Span.ToArray().Order()];
        using var runner = new RowRunner(2);

        new SpatialOrder(lesion, runner).Sort();

        int[] sites = lesion.Cd8.Site.Span.ToArray();
        Assert.Equal(sites.Order(), sites);
        Assert.Equal(ids, lesion.Cd8.Id.Span.ToArray().Order());
        Assert.Equal(77, lesion.Cd8.Target[lesion.Cd8.Id.Span.IndexOf(marked)]);
        Assert.All(Enumerable.Range(0, lesion.Cd8.Count), i => Assert.Equal(ImmuneCode.Of(ImmuneKinds.Cd8, i), lesion.Immune[sites[i]]));
        Assert.Equal([(300, 0.75f), (900, 0.25f)], [(lesion.Vessels.Site[0], lesion.Vessels.Maturity[0]), (lesion.Vessels.Site[1], lesion.Vessels.Maturity[1])]);
    }

    private static LesionState Crowd(LatticeShape shape, int kind, out ulong[] ids, out int[] sites, out int count)
    {
        var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        var random = new PhiloxStream(RandomKey.Create(2, 0, 0), 0, 0, 0);
        for (int row = shape.Rows - 1; row >= 0; row--)
        {
            for (int x = 0; x < shape.Nx; x++)
            {
                int site = shape.RowStart(row) + x;
                if (random.NextInt(3) != 0)
                {
                    continue;
                }

                ulong id = Mix.Finalise((ulong)site);
                if (kind == ImmuneKinds.Cd8)
                {
                    Occupancy.AddCd8(lesion, id, site, 0, 0, 1);
                }
                else
                {
                    Occupancy.AddMacrophage(lesion, id, site, 0, 1);
                }
            }
        }

        ImmuneStore cells = lesion.Stores[kind];
        (ids, sites, count) = (cells.Id.Values, cells.Site.Values, cells.Count);
        return lesion;
    }
}
