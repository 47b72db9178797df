using BenchmarkDotNet.Attributes;
using TmeSim.Engine;
using TmeSim.Experiments.Bench;

namespace TmeSim.Benchmarks;

/// <summary>A day of the whole model (24 steps) on the scene of <c>tmesim bench</c>, one thread and two.</summary>
public class StepBenchmarks
{
    private Simulation _simulation = null!;

    /// <summary>Sites along each axis.</summary>
    [Params(64, 128, 256)]
    public int Sites { get; set; }

    /// <summary>Threads inside a step.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _simulation = BenchScene.At(Sites, 7, 7, Threads, CancellationToken.None);

    [GlobalCleanup]
    public void Cleanup() => _simulation.Dispose();

    [Benchmark(OperationsPerInvoke = 24)]
    public void Day()
    {
        for (int i = 0; i < 24; i++)
        {
            _simulation.Step();
        }
    }
}
