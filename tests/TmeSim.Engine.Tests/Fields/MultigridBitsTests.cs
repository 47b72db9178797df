using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>The same bits for every number of threads and register width, and no allocation.</summary>
public sealed class MultigridBitsTests
{
    private static readonly FieldWalls Mixed = new(
        FieldWall.Fixed(3), FieldWall.Robin(120), FieldWall.ZeroFlux, FieldWall.Fixed(1), FieldWall.Robin(50), FieldWall.ZeroFlux);

    [Theory]
    [InlineData(37, 53, 1)]
    [InlineData(300, 257, 1)]
    [InlineData(64, 1, 1)]
    [InlineData(1, 70, 1)]
    [InlineData(45, 33, 70)]
    [InlineData(200, 150, 3)]
    public void AnyThreadsAndWidths_GiveTheSameBits(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        float[] expected = Solve(shape, 1, LaneWidth.Scalar);

        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            {
                Assert.Equal(expected, Solve(shape, threads, width));
            }
        }
    }

    [Fact]
    public void SecondSolve_AllocatesNothing()
    {
        using FieldProblem problem = Noise(new LatticeShape(256, 300, 1, 20));
        using var runner = new RowRunner(2);
        using var solver = new MultigridSolver(problem.Shape, runner);
        solver.Solve(5, Mixed, problem.Field, problem.Diagonal, problem.Rhs, 1e-4f);
        problem.Field.Writable.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();

        SolveReport report = solver.Solve(5, Mixed, problem.Field, problem.Diagonal, problem.Rhs, 1e-4f);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(report.Cycles > 0);
    }

    [Fact]
    public void GarbageInHaloAndPadding_ChangesNothing()
    {
        var shape = new LatticeShape(21, 17, 1, 20);
        float[] expected = Solve(shape, 1, LaneWidth.Bits512);
        using FieldProblem problem = Noise(shape);
        var inside = problem.Sites().ToHashSet();
        for (int i = 0; i < shape.Length; i++)
        {
            if (!inside.Contains(i))
            {
                problem.Field[i] = problem.Diagonal[i] = problem.Rhs[i] = float.NaN;
            }
        }

        problem.Solve(1e-5f, width: LaneWidth.Bits512);

        float[] actual = [.. problem.Sites().Select(site => problem.Field[site])];
        Assert.Equal(expected[..actual.Length], actual);
    }

    private static float[] Solve(LatticeShape shape, int threads, LaneWidth width)
    {
        using FieldProblem problem = Noise(shape);
        using var runner = new RowRunner(threads);
        SolveReport report = problem.Solve(1e-5f, 60, runner, width);
        return [.. problem.Sites().Select(site => problem.Field[site]), report.Residual, report.Cycles];
    }

    private static FieldProblem Noise(LatticeShape shape)
    {
        var random = new Random(11);
        return new FieldProblem(shape, 5, Mixed).Fill(
            (_, _, _) => 0.15 + (random.NextDouble() < 0.03 ? 1.5 : 0),
            (_, _, _) => random.NextDouble() < 0.03 ? 60 : 0);
    }
}
