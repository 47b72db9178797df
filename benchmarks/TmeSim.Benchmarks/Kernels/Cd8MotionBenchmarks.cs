using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks;

/// <summary>
/// Motion of CD8 T cells on the scene of <c>tmesim bench</c>: time per cell and sub-step of ten minutes. The bound is one block of draws
/// for each cell in vector lanes.
/// </summary>
[IterationCount(20)]
public class Cd8MotionBenchmarks
{
    private const int Cells = 1024;
    private const int SubSteps = 48;
    private const double SubHours = 1.0 / 6;
    private KernelScene _scene = null!;
    private Cd8Motion _engine = null!;
    private PlainMotion _plain = null!;

    [GlobalSetup]
    public void Setup()
    {
        _scene = new KernelScene(256, 7, Cells);
        PlainMotion.CheckCd8(_scene, SubSteps);
        (_engine, _plain) = (new Cd8Motion(_scene.Setup), new PlainMotion(_scene, cd8: true));
        _scene.WarmUp(Plain, Engine, () => Bound());
    }

    private readonly CellDraws _draws = new();

    [IterationSetup]
    public void Restore()
    {
        _scene.Restore();
        _plain.Reset();
    }

    [GlobalCleanup]
    public void Cleanup() => _scene.Dispose();

    /// <summary>Occupied sites in a hash set, claims sorted.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Cells * SubSteps)]
    public void Plain()
    {
        for (uint sub = 0; sub < SubSteps; sub++)
        {
            _plain.SubStep(_scene.Context(0), sub, SubHours);
        }
    }

    [Benchmark(OperationsPerInvoke = Cells * SubSteps)]
    public void Engine()
    {
        for (uint sub = 0; sub < SubSteps; sub++)
        {
            _draws.Draw(_scene.Setup.Lesion.Cd8.Id.Values, _scene.Setup.Lesion.Cd8.Count, Purpose.Cd8Move, _scene.Context(0), sub);
            _engine.SubStep(_scene.Context(0), sub, SubHours, _draws);
        }
    }

    [Benchmark(OperationsPerInvoke = Cells * SubSteps), Bound]
    public uint Bound()
    {
        uint sum = 0;
        for (uint sub = 0; sub < SubSteps; sub++)
        {
            sum += WidePhilox.Sum(0, 0, 0, sub, Cells, new RandomKey(1, 2));
        }

        return sum;
    }
}
