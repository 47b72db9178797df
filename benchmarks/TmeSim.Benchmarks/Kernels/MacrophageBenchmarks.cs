using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks;

/// <summary>
/// Macrophages on the scene of <c>tmesim bench</c>: an hour of motion, and an hour of polarisation, phagocytosis and death, per
/// cell. The bound of each is one block of draws for each cell in vector lanes.
/// </summary>
[IterationCount(20)]
public class MacrophageBenchmarks
{
    private const int Cells = 1024;
    private const int Steps = 24;
    private KernelScene _scene = null!;
    private MacrophageMotion _motion = null!;
    private MacrophageFate _fate = null!;
    private PlainMotion _plainMotion = null!;
    private PlainMacrophageFate _plainFate = null!;

    [GlobalSetup]
    public void Setup()
    {
        _scene = new KernelScene(256, 7, Cells);
        PlainMotion.CheckMacrophages(_scene);
        PlainMacrophageFate.Check(_scene, Steps);
        (_motion, _fate) = (new MacrophageMotion(_scene.Setup), new MacrophageFate(_scene.Setup));
        (_plainMotion, _plainFate) = (new PlainMotion(_scene, cd8: false), new PlainMacrophageFate(_scene));
        _scene.WarmUp(MotionPlain, Motion, FatePlain, Fate, () => Bound());
    }

    [IterationSetup]
    public void Restore()
    {
        _scene.Restore();
        _plainMotion.Reset();
    }

    [GlobalCleanup]
    public void Cleanup() => _scene.Dispose();

    /// <summary>Occupied sites in a hash set, claims sorted.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Cells * Steps)]
    public void MotionPlain()
    {
        for (int i = 0; i < Steps; i++)
        {
            _plainMotion.SubStep(_scene.Context(i), 0, 1);
        }
    }

    [Benchmark(OperationsPerInvoke = Cells * Steps)]
    public void Motion()
    {
        for (int i = 0; i < Steps; i++)
        {
            _motion.Step(_scene.Context(i));
        }
    }

    /// <summary>Decides only.</summary>
    [Benchmark(OperationsPerInvoke = Cells * Steps)]
    public void FatePlain()
    {
        for (int i = 0; i < Steps; i++)
        {
            _plainFate.Step(_scene.Context(i));
        }
    }

    [Benchmark(OperationsPerInvoke = Cells * Steps)]
    public void Fate()
    {
        for (int i = 0; i < Steps; i++)
        {
            _fate.Step(_scene.Context(i));
        }
    }

    [Benchmark(OperationsPerInvoke = Cells * Steps), Bound]
    public uint Bound()
    {
        uint sum = 0;
        for (uint i = 0; i < Steps; i++)
        {
            sum += WidePhilox.Sum(0, 0, i, 0, Cells, new RandomKey(1, 2));
        }

        return sum;
    }
}
