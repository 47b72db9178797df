using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>A field that needs no cycle gets none, and one whose error hides in long waves gets one.</summary>
public sealed class SettledFieldTests
{
    private const float Tolerance = 1e-3f;

    [Theory]
    [InlineData(96, 80, 1, false)]
    [InlineData(37, 53, 1, true)]
    [InlineData(24, 20, 17, false)]
    public void ErrorBelowTheTolerance_TakesNoCycle(int nx, int ny, int nz, bool varying)
    {
        using FieldProblem problem = Solved(new LatticeShape(nx, ny, nz, 20), varying, out float[] solution);
        Shift(problem, 1 + 0.2 * Tolerance);

        SolveReport report = Solve(problem, varying);

        Assert.True(report.Converged);
        Assert.Equal(0, report.Cycles);
        Assert.Equal([.. solution.Select(v => (float)(v * (1 + 0.2 * Tolerance)))], [.. problem.Sites().Select(site => problem.Field[site])]);
    }

    [Theory]
    [InlineData(96, 80, 1, false)]
    [InlineData(37, 53, 1, true)]
    [InlineData(24, 20, 17, false)]
    public void LongWaveError_IsSeenThoughTheResidualHidesIt(int nx, int ny, int nz, bool varying)
    {
        using FieldProblem problem = Solved(new LatticeShape(nx, ny, nz, 20), varying, out float[] solution);
        Shift(problem, 1.05);

        SolveReport report = Solve(problem, varying);

        Assert.True(report.InitialResidual < Tolerance, "the residual alone would have stopped here");
        Assert.True(report.Cycles > 0);
        double[] expected = [.. solution.Select(v => (double)v)];
        Assert.True(FieldProblem.RelativeError(problem.Values(), expected) < 2 * Tolerance);
    }

    /// <summary>Hours and tenths of hours of a slow signal end at its level: nothing is so near its old value that it is left there for ever.</summary>
    [Theory]
    [InlineData(0.06, 1.0)]
    [InlineData(0.06, 0.1)]
    [InlineData(0.36, 0.1)]
    public void ManySteps_ReachTheSteadyLevel(double decayPerHour, double stepHours)
    {
        var shape = new LatticeShape(40, 33, 1, 20);
        using var problem = new FieldProblem(shape, 250 * stepHours, FieldWalls.All(FieldWall.ZeroFlux));
        using var solver = new MultigridSolver(shape);
        float diagonal = (float)(1 + decayPerHour * stepHours), output = (float)(decayPerHour * stepHours);
        int cycles = 0;
        for (double hours = 0; hours < 20 / decayPerHour; hours += stepHours)
        {
            foreach (int site in problem.Sites())
            {
                problem.Rhs[site] = problem.Field[site] + output;
            }

            SolveReport report = solver.Solve(
                problem.Coupling, problem.Walls, problem.Field, diagonal, problem.Rhs, Tolerance, settled: (diagonal - 1) / diagonal);
            cycles += report.Cycles;
        }

        Assert.All(problem.Values(), value => Assert.Equal(1, value, 1.5 * Tolerance));
        Assert.True(cycles < 0.7 * 20 / decayPerHour / stepHours, "at its level a field costs next to nothing");
    }

    [Fact]
    public void CouplingAndDiagonalZero_AreRefused()
    {
        using var problem = new FieldProblem(new LatticeShape(8, 8, 1, 20), 0, FieldWalls.All(FieldWall.ZeroFlux));
        using var solver = new MultigridSolver(problem.Shape);

        Assert.Throws<ArgumentException>(() => solver.Solve(0, problem.Walls, problem.Field, 0f, problem.Rhs, Tolerance));
    }

    [Fact]
    public void FieldNextToNothing_IsSolvedToItsResolutionOnly()
    {
        using FieldProblem problem = Solved(new LatticeShape(64, 64, 1, 20), false, out _);
        using var solver = new MultigridSolver(problem.Shape);
        problem.Field.Writable.Clear();

        SolveReport report = solver.Solve(problem.Coupling, problem.Walls, problem.Field, Loss, problem.Rhs, Tolerance, smallest: 1e6f);

        Assert.Equal(0, report.Cycles);
        Assert.True(report.Converged);
    }

    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(37, 53, 1)]
    [InlineData(21, 17, 9)]
    [InlineData(1, 1, 1)]
    public void ReportTellsTheMostNegativeValue(int nx, int ny, int nz)
    {
        using var problem = new FieldProblem(new LatticeShape(nx, ny, nz, 20), 40, FieldWalls.All(FieldWall.Robin(90)));
        problem.Fill((_, _, _) => Loss, (x, y, z) => x == nx / 2 && y == ny / 2 && z == nz / 2 ? -1 : x == 0 ? 2 : 0);
        using var solver = new MultigridSolver(problem.Shape);

        SolveReport report = solver.Solve(problem.Coupling, problem.Walls, problem.Field, Loss, problem.Rhs, 0, 1, 1);

        Assert.Equal(-problem.Values().Min(), report.Below);
        Assert.True(report.Below > 0);
    }

    private const float Loss = 1.5f;

    private static FieldProblem Solved(LatticeShape shape, bool varying, out float[] solution)
    {
        var random = new Random(5);
        var problem = new FieldProblem(shape, 5_000, FieldWalls.All(FieldWall.Robin(390)));
        problem.Fill((_, _, _) => Loss + (varying ? random.NextDouble() : 0), (x, y, z) => 1 + Math.Sin(0.1 * x) * Math.Cos(0.07 * y + z));
        problem.Solve(1e-9f);
        solution = [.. problem.Sites().Select(site => problem.Field[site])];
        return problem;
    }

    private static void Shift(FieldProblem problem, double factor)
    {
        foreach (int site in problem.Sites())
        {
            problem.Field[site] = (float)(problem.Field[site] * factor);
        }
    }

    private static SolveReport Solve(FieldProblem problem, bool varying)
    {
        using var solver = new MultigridSolver(problem.Shape);
        return varying
            ? solver.Solve(problem.Coupling, problem.Walls, problem.Field, problem.Diagonal, problem.Rhs, Tolerance)
            : solver.Solve(problem.Coupling, problem.Walls, problem.Field, Loss, problem.Rhs, Tolerance);
    }
}
