using BenchmarkDotNet.Attributes;

namespace TmeSim.Benchmarks;

/// <summary>
/// The plain explicit five-point sweep, at sizes that fit L1, L2, L3 and only memory. Its bound is moving 8 bytes a site, one array
/// read and one written; it is itself the arithmetic bound of every solver sweep.
/// </summary>
public class StencilBenchmarks
{
    private FieldProblem _problem = null!;

    [ParamsSource(nameof(Grids))]
    public Grid Grid { get; set; } = null!;

    public static IEnumerable<Grid> Grids => [Grid.Square(48), Grid.Square(192), Grid.Square(1024), Grid.Square(4096)];

    [GlobalSetup]
    public void Setup() => _problem = new FieldProblem(Grid);

    [GlobalCleanup]
    public void Cleanup() => _problem.Dispose();

    /// <summary>One float at a time.</summary>
    [Benchmark(Baseline = true)]
    public float Scalar() => _problem.Stencils(1, vectors: false);

    /// <summary>By hand, in the widest registers.</summary>
    [Benchmark]
    public float Vectors() => _problem.Stencils(1);

    /// <summary>8 bytes a site.</summary>
    [Benchmark, Bound]
    public float Traffic() => _problem.Traffic(8);
}
