using BenchmarkDotNet.Attributes;
using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks;

/// <summary>
/// Random numbers by counter: time of a block of four words. The baseline is System.Random, which has a state and no counter; the
/// bound is the arithmetic of the rounds with nothing around it.
/// </summary>
public class PhiloxBenchmarks
{
    private const int Blocks = 4096;
    private static readonly RandomKey Key = new(3, 4);
    private readonly Random _random = new(1);

    /// <summary>Four numbers of 32 bits from the platform.</summary>
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

    /// <summary>One block at a time.</summary>
    [Benchmark(OperationsPerInvoke = Blocks)]
    public uint Scalar()
    {
        uint sum = 0;
        for (uint i = 0; i < Blocks; i++)
        {
            PhiloxBlock block = Philox4x32.Block(i, 0, 1, 2, Key);
            sum += block.X0 + block.X1 + block.X2 + block.X3;
        }

        return sum;
    }

    /// <summary>Consecutive counters together, words in the order of the sites.</summary>
    [Benchmark(OperationsPerInvoke = Blocks)]
    public unsafe uint Sites()
    {
        uint* words = stackalloc uint[4 * PhiloxBatch.Group];
        uint sum = 0;
        for (uint i = 0; i < Blocks; i += PhiloxBatch.Group)
        {
            PhiloxBatch.Sites(words, i, PhiloxBatch.Group, 1, 2, Key);
            sum += words[0];
        }

        return sum;
    }

    /// <summary>The rounds in vector lanes, words added in registers.</summary>
    [Benchmark(OperationsPerInvoke = Blocks), Bound]
    public uint Rounds() => WidePhilox.Sum(0, 0, 1, 2, Blocks, Key);
}
