using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>The float32 solver against float64 solutions with a proven error bound, over sizes, walls and couplings.</summary>
public sealed class MultigridAccuracyTests
{
    public static TheoryData<int, int, int, WallKind> Cases()
    {
        var data = new TheoryData<int, int, int, WallKind>();
        foreach ((int nx, int ny, int nz) in ((int, int, int)[])
            [(1, 1, 1), (2, 1, 1), (1, 2, 2), (2, 2, 2), (7, 1, 3), (37, 53, 1), (200, 200, 1), (256, 256, 1), (40, 30, 20), (250, 175, 1)])
        {
            foreach (WallKind kind in Enum.GetValues<WallKind>())
            {
                data.Add(nx, ny, nz, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnyCouplingAndWall_TightTolerance_MatchesFloat64(int nx, int ny, int nz, WallKind kind)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        foreach (double coupling in (double[])[0.01, 1, 18_000, 200_000])
        {
            foreach (double decay in (double[])[0, 0.7])
            {
                using var problem = new FieldProblem(shape, coupling, FieldWalls.All(new FieldWall(kind, 3, 150)));
                var random = new Random(nx + 7 * ny + 31 * nz);
                problem.Fill(
                    (_, _, _) => 1 + decay * random.NextDouble(),
                    (x, y, _) => 2 + Math.Sin(0.05 * x) * Math.Cos(0.03 * y) + (random.NextDouble() < 0.02 ? 30 : 0));
                SolveReport report = problem.Solve();

                double error = FieldProblem.RelativeError(problem.Values(), problem.Reference());

                Assert.True(error <= 1e-5, $"k {coupling}, decay {decay}: relative error {error:E2} after {report}");
            }
        }
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(37, 53)]
    public void SmoothErrorOnly_StrongCoupling_IsNotMistakenForTheFloor(int nx, int ny)
    {
        using var problem = new FieldProblem(new LatticeShape(nx, ny, 1, 20), 200_000, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 1, (_, _, _) => 5);
        foreach (int site in problem.Sites())
        {
            problem.Field[site] = 4;
        }

        problem.Solve();

        Assert.All(problem.Values(), value => Assert.Equal(5, value, 5e-5));
    }
}
