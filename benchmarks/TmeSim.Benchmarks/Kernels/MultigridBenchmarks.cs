using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Benchmarks;

/// <summary>
/// One multigrid cycle, and solves as a step does them. Bounds of a cycle, coarse levels included (a third more in 2D, a seventh in
/// 3D): the least traffic, where each level is passed over twice, down and up, and each pass reads field, diagonal and right-hand side
/// and writes the field, 32 bytes a site; and the least arithmetic, three sweeps and a residual, as four explicit stencils.
/// </summary>
public class MultigridBenchmarks
{
    private const int Cycles = 8;
    private FieldProblem _problem = null!, _same = null!, _plain = null!;

    [ParamsSource(nameof(Grids))]
    public Grid Grid { get; set; } = null!;

    public static IEnumerable<Grid> Grids => [Grid.Square(64), Grid.Square(128), Grid.Square(256), Grid.Square(1024), Grid.Cube(64)];

    private double Levels => Grid.Nz == 1 ? 4.0 / 3 : 8.0 / 7;

    [GlobalSetup]
    public void Setup()
    {
        (_problem, _same, _plain) = (new FieldProblem(Grid), new FieldProblem(Grid, same: true), new FieldProblem(Grid, width: LaneWidth.Scalar));
        Console.WriteLine($"// {Grid}: a cycle reduces the residual {_problem.Reduction():F1} times; cold {_problem.Cold().Cycles} cycles, warm {_problem.Warm(0).Cycles}");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _problem.Dispose();
        _same.Dispose();
        _plain.Dispose();
    }

    /// <summary>A cycle without vectors.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Cycles)]
    public SolveReport CycleScalar() => _plain.Cycles(Cycles);

    /// <summary>A cycle with its residual, where the diagonal varies; what a solve does besides is shared by eight.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public SolveReport Cycle() => _problem.Cycles(Cycles);

    /// <summary>The same with one diagonal for all sites, which spares its reading and the divisions.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public SolveReport CycleSame() => _same.Cycles(Cycles);

    /// <summary>The sources moved by one part in a thousand: the solver may find that no cycle is due.</summary>
    [Benchmark]
    public SolveReport SolveWarm() => _problem.Warm(0);

    /// <summary>The same with one cycle at least.</summary>
    [Benchmark]
    public SolveReport SolveWarmCycle() => _problem.Warm(1);

    /// <summary>From zero to 1e-3.</summary>
    [Benchmark]
    public SolveReport SolveCold() => _problem.Cold();

    [Benchmark, Bound]
    public float CycleTraffic() => _problem.Traffic(32 * Levels);

    [Benchmark, Bound]
    public float CycleArithmetic() => _problem.Stencils(4 * Levels);
}
