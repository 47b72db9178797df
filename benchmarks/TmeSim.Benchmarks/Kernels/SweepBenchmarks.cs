using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Benchmarks;

/// <summary>
/// The sweep that opens every solve: damped Jacobi with a diagonal and a right-hand side of each site, a division, and the largest
/// residual. Bounds: the explicit stencil, and 16 bytes a site (field, diagonal and right-hand side read, field written).
/// </summary>
public class SweepBenchmarks
{
    private FieldProblem _problem = null!, _plain = null!;

    [ParamsSource(nameof(Grids))]
    public Grid Grid { get; set; } = null!;

    public static IEnumerable<Grid> Grids => StencilBenchmarks.Grids;

    [GlobalSetup]
    public void Setup() => (_problem, _plain) = (new FieldProblem(Grid), new FieldProblem(Grid, width: LaneWidth.Scalar));

    [GlobalCleanup]
    public void Cleanup()
    {
        _problem.Dispose();
        _plain.Dispose();
    }

    /// <summary>The same sweep without vectors.</summary>
    [Benchmark(Baseline = true)]
    public SolveReport Scalar() => _plain.Sweep();

    [Benchmark]
    public SolveReport Sweep() => _problem.Sweep();

    [Benchmark, Bound]
    public float Stencil() => _problem.Stencils(1);

    /// <summary>16 bytes a site.</summary>
    [Benchmark, Bound]
    public float Traffic() => _problem.Traffic(16);
}
