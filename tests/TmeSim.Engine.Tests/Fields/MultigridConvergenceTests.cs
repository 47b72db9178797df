using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>How fast cycles converge, and when they stop.</summary>
public sealed class MultigridConvergenceTests
{
    [Theory]
    [InlineData("oxygen", 200, 8)]
    [InlineData("oxygen", 256, 8)]
    [InlineData("VEGF", 200, 8)]
    [InlineData("VEGF", 256, 8)]
    [InlineData("IFN-γ", 200, 8)]
    [InlineData("IFN-γ", 256, 8)]
    [InlineData("oxygen", 53, 6)]
    [InlineData("VEGF", 175, 6)]
    [InlineData("VEGF", 257, 5)]
    public void ColdStart_ReducesTheResidualPerCycle(string field, int size, double atLeast)
    {
        using FieldProblem problem = Like(field, size);
        using var solver = new MultigridSolver(problem.Shape);
        const int Cycles = 4;
        float first = Cycle(solver, problem).Residual, last = first;
        for (int i = 0; i < Cycles; i++)
        {
            last = Cycle(solver, problem).Residual;
        }

        double reduction = Math.Pow(first / last, 1.0 / Cycles);

        Assert.True(reduction >= atLeast, $"{field} {size}²: {reduction:F2} per cycle");
    }

    [Theory]
    [InlineData(64, 64, 64, 7)]
    [InlineData(40, 30, 20, 6)]
    [InlineData(65, 33, 17, 3)]
    [InlineData(200, 150, 3, 5)]
    public void ThreeDimensions_ReduceTheResidualPerCycle(int nx, int ny, int nz, double atLeast)
    {
        var random = new Random(nx);
        using var problem = new FieldProblem(new LatticeShape(nx, ny, nz, 20), 90, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 1.234, (_, _, _) => random.NextDouble() < 0.05 ? 1 : 0);
        using var solver = new MultigridSolver(problem.Shape);
        float first = Cycle(solver, problem).Residual;
        Cycle(solver, problem);
        Cycle(solver, problem);

        double reduction = Math.Cbrt(first / Cycle(solver, problem).Residual);

        Assert.True(reduction >= atLeast, $"{reduction:F2} per cycle");
    }

    [Fact]
    public void ConvergedField_StaysAsItIs()
    {
        using FieldProblem problem = Like("oxygen", 64);
        problem.Solve(1e-4f);
        double[] before = problem.Values();

        SolveReport report = problem.Solve(1e-3f);

        Assert.Equal(0, report.Cycles);
        Assert.True(report.Converged);
        Assert.Equal(before, problem.Values());
    }

    [Fact]
    public void ImpossibleTolerance_StopsAtTheFloor()
    {
        using FieldProblem problem = Like("IFN-γ", 100);

        SolveReport report = problem.Solve(0);

        Assert.True(report.AtFloor);
        Assert.False(report.Converged);
        Assert.InRange(report.Cycles, 4, 20);
        Assert.InRange(report.Residual, 0, 1e-6f);
    }

    [Fact]
    public void NoLossAnywhere_StaysFinite()
    {
        using var problem = new FieldProblem(new LatticeShape(50, 33, 1, 20), 5, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 0, (x, _, _) => x < 25 ? 1 : -25.0 / 25);

        problem.Solve(1e-5f);

        Assert.All(problem.Values(), value => Assert.True(double.IsFinite(value) && Math.Abs(value) < 1e4));
    }

    [Fact]
    public void LossInOnePlaceOnly_MatchesFloat64Balance()
    {
        using var problem = new FieldProblem(new LatticeShape(64, 48, 1, 20), 5, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((x, y, _) => x == 20 && y == 20 ? 1 : 0, (_, _, _) => 0.01);

        problem.Solve();

        Assert.Equal(0.01 * 64 * 48, problem.Field[problem.Shape.Site(20, 20)], 0.01 * 64 * 48 * 1e-5);
    }

    [Fact]
    public void ZeroEverywhere_IsConvergedAtOnce()
    {
        using var problem = new FieldProblem(new LatticeShape(30, 20, 1, 20), 5, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 1, (_, _, _) => 0);

        Assert.Equal(new SolveReport(0, 0, 0, true, false), problem.Solve(1e-3f));
    }

    [Fact]
    public void ArrayOfAnotherLattice_IsRefused()
    {
        using var solver = new MultigridSolver(new LatticeShape(64, 64, 1, 20));
        using var small = new SiteArray<float>(100);

        Assert.Throws<ArgumentException>(() => solver.Solve(1, FieldWalls.All(FieldWall.ZeroFlux), small, small, small, 1e-3f));
    }

    private static SolveReport Cycle(MultigridSolver solver, FieldProblem p) =>
        solver.Solve(p.Coupling, p.Walls, p.Field, p.Diagonal, p.Rhs, 0, 1);

    private static FieldProblem Like(string field, int size)
    {
        var random = new Random(size);
        var shape = new LatticeShape(size, size, 1, 20);
        FieldWalls walls = FieldWalls.All(FieldWall.ZeroFlux);
        return field switch
        {
            "oxygen" => Vessels(),
            "VEGF" => new FieldProblem(shape, 261, walls).Fill((_, _, _) => 1.69, (_, _, _) => random.NextDouble() < 0.05 ? 1 : 0),
            _ => new FieldProblem(shape, 90, walls).Fill((_, _, _) => 1.234, (_, _, _) => random.NextDouble() < 0.05 ? 1 : 0),
        };

        FieldProblem Vessels()
        {
            bool[] vessel = [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble() < 0.024)];
            return new FieldProblem(shape, 5, walls).Fill(
                (x, y, _) => 0.1517 + (vessel[y * size + x] ? 1.5 : 0),
                (x, y, _) => vessel[y * size + x] ? 60 : 0);
        }
    }
}
