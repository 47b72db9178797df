using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Benchmarks;

/// <summary>
/// The tumour step (hazards, traits, divisions, deaths) on the scene of <c>tmesim bench</c>: time per site of 256², 45 % of them tumour.
/// The bound reads oxygen and IFN-γ, reads and writes MHC-I and PD-L1 of every site, and makes a quarter of a block of draws for each.
/// </summary>
[IterationCount(20)]
public class TumorBenchmarks
{
    private const int Sites = 256;
    private const int Steps = 24;
    private KernelScene _scene = null!;
    private TumorProcess _engine = null!;
    private PlainTumor _plain = null!;

    [GlobalSetup]
    public void Setup()
    {
        _scene = new KernelScene(Sites, 7, 0);
        PlainTumor.Check(_scene, Steps);
        (_engine, _plain) = (new TumorProcess(_scene.Setup), new PlainTumor(_scene));
        _scene.WarmUp(() => Plain(), () => Engine(), () => Bound());
    }

    [IterationSetup]
    public void Restore() => _scene.Restore();

    [GlobalCleanup]
    public void Cleanup() => _scene.Dispose();

    /// <summary>Site by site, an exponential and a block of draws each; events are decided, not carried out.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Sites * Sites * Steps)]
    public int Plain()
    {
        int events = 0;
        for (int i = 0; i < Steps; i++)
        {
            _plain.Step(_scene.Context(i));
            events += _plain.Divisions;
        }

        return events;
    }

    /// <summary>The engine's process, with the pushes of its divisions.</summary>
    [Benchmark(OperationsPerInvoke = Sites * Sites * Steps)]
    public int Engine()
    {
        int events = 0;
        for (int i = 0; i < Steps; i++)
        {
            _engine.Step(_scene.Context(i));
            events += _engine.DivisionsDrawn;
        }

        return events;
    }

    [Benchmark(OperationsPerInvoke = Sites * Sites * Steps), Bound]
    public unsafe uint Bound()
    {
        uint sum = 0;
        var lesion = _scene.Lesion;
        for (uint i = 0; i < Steps; i++)
        {
            for (int row = 0; row < Sites; row++)
            {
                int start = lesion.Shape.RowStart(row);
                Streams.RelaxTwo(
                    lesion.Mhc1.Pointer + start,
                    lesion.Field(FieldId.Oxygen).Values.Pointer + start,
                    lesion.Pdl1.Pointer + start,
                    lesion.Stroma.Pointer + start,
                    Sites);
                sum += WidePhilox.Sum((uint)start / 4, 0, i, 0, Sites / 4, new RandomKey(1, 2));
            }
        }

        return sum;
    }
}
