using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;

namespace TmeSim.Benchmarks;

/// <summary>
/// One multigrid cycle at each register width, beside the bound that memory sets: a triad over the same arrays. Numbers are
/// nanoseconds per call; divide by <see cref="Sites"/> squared.
/// </summary>
public class MultigridBenchmarks
{
    private LatticeShape _shape = null!;
    private MultigridSolver _widest = null!, _scalar = null!;
    private SiteArray<float> _field = null!, _diagonal = null!, _rhs = null!, _scratch = null!;
    private FieldWalls _walls;

    /// <summary>Sites along each axis.</summary>
    [Params(64, 256, 1024)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _shape = new LatticeShape(Sites, Sites, 1, 20);
        _widest = new MultigridSolver(_shape);
        _scalar = new MultigridSolver(_shape, null, LaneWidth.Scalar);
        (_field, _diagonal, _rhs) = (new SiteArray<float>(_shape.Length), new SiteArray<float>(_shape.Length), new SiteArray<float>(_shape.Length));
        _scratch = new SiteArray<float>(_shape.Length);
        _walls = FieldWalls.All(FieldWall.Robin(390));
        _diagonal.Span.Fill(1.69f);
        for (int i = 0; i < _rhs.Length; i += 7)
        {
            _rhs[i] = 1;
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _widest.Dispose();
        _scalar.Dispose();
        _field.Dispose();
        _diagonal.Dispose();
        _rhs.Dispose();
        _scratch.Dispose();
    }

    /// <summary>The same cycle without vectors.</summary>
    [Benchmark(Baseline = true)]
    public SolveReport CycleScalar() => _scalar.Solve(261, _walls, _field, _diagonal, _rhs, 1e-12f, 1, 1);

    /// <summary>One cycle with its first sweep, as a step does it.</summary>
    [Benchmark]
    public SolveReport Cycle() => _widest.Solve(261, _walls, _field, _diagonal, _rhs, 1e-12f, 1, 1);

    /// <summary>What memory allows: three arrays of the equation touched once, in registers of 256 bits.</summary>
    [Benchmark]
    public unsafe float Triad()
    {
        float* a = _scratch.Pointer, b = _diagonal.Pointer, c = _rhs.Pointer;
        var half = Vector256.Create(0.5f);
        for (int i = 0; i + 8 <= _scratch.Length; i += 8)
        {
            (Vector256.Load(b + i) + (half * Vector256.Load(c + i))).Store(a + i);
        }

        return a[0];
    }
}
