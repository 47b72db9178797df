using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks;

/// <summary>Random numbers: blocks of four by counter, beside System.Random, which has a state and no counter.</summary>
public class PhiloxBenchmarks
{
    private const int Blocks = 1024;
    private readonly Random _random = new(1);

    /// <summary>4 × 1,024 numbers of 32 bits from the platform.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Blocks)]
    public uint SystemRandom()
    {
        uint sum = 0;
        for (int i = 0; i < 4 * Blocks; i++)
        {
            sum += (uint)_random.Next();
        }

        return sum;
    }

    /// <summary>1,024 blocks.</summary>
    [Benchmark(OperationsPerInvoke = Blocks)]
    public uint Philox()
    {
        uint sum = 0;
        for (uint i = 0; i < Blocks; i++)
        {
            PhiloxBlock block = Philox4x32.Block(i, 0, 1, 2, 3, 4);
            sum += block.X0 + block.X1 + block.X2 + block.X3;
        }

        return sum;
    }
}
