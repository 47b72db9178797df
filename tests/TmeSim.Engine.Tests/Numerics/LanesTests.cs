using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>Every operation of the wide lanes gives what plain floats give, bit by bit, signs and odd values included.</summary>
public sealed unsafe class LanesTests
{
    private const int Count = 32;

    [Fact]
    public void Lanes128_EqualPlainFloats() => Compare<Lanes128>();

    [Fact]
    public void Lanes256_EqualPlainFloats() => Compare<Lanes256>();

    [Fact]
    public void Lanes512_EqualPlainFloats() => Compare<Lanes512>();

    [Fact]
    public void PowersAndProbabilities_OfDenseSamples_EqualPlainFloats()
    {
        Dense<Lanes128>();
        Dense<Lanes256>();
        Dense<Lanes512>();
    }

    [Fact]
    public void Largest_InAnyLane_IsFound()
    {
        InAnyLane<Lanes1>();
        InAnyLane<Lanes128>();
        InAnyLane<Lanes256>();
        InAnyLane<Lanes512>();
    }

    private static void InAnyLane<T>()
        where T : struct, ILanes<T>
    {
        float* sizes = stackalloc float[T.Width];
        for (int lane = 0; lane < T.Width; lane++)
        {
            foreach (float largest in (float[])[0, 1e-44f, 3, float.PositiveInfinity, BitConverter.Int32BitsToSingle(0x7FC00000)])
            {
                for (int i = 0; i < T.Width; i++)
                {
                    sizes[i] = i == lane ? largest : largest < 1 ? largest / 2 : 1;
                }

                Assert.Equal(largest, T.Largest(T.Load(sizes)));
            }
        }
    }

    private static void Dense<T>()
        where T : struct, ILanes<T>
    {
        float* x = stackalloc float[Count], y = stackalloc float[Count], power = stackalloc float[Count], chance = stackalloc float[Count];
        for (float start = 1e-7f, exponent = -6; start < 1e4f; start *= 1.0061f, exponent = exponent < 6 ? exponent + 0.173f : -6)
        {
            for (int i = 0; i < Count; i++)
            {
                (x[i], y[i]) = (start * (1 + i / 4096f), exponent);
            }

            for (int i = 0; i < Count; i += T.Width)
            {
                T.Store(T.Pow(T.Load(x + i), T.Load(y + i)), power + i);
                T.Store(T.Probability(T.Load(x + i)), chance + i);
            }

            for (int i = 0; i < Count; i++)
            {
                Assert.Equal((DetMath.Pow(x[i], y[i]), DetMath.Probability(x[i])), (power[i], chance[i]));
            }
        }
    }

    private static void Compare<T>()
        where T : struct, ILanes<T>
    {
        foreach (int seed in (int[])[1, 2, 3, 4])
        {
            Assert.Equal(Operations<Lanes1>(seed), Operations<T>(seed));
        }
    }

    private static int[] Operations<T>(int seed)
        where T : struct, ILanes<T>
    {
        var random = new Random(seed);
        float* a = stackalloc float[2 * Count + 32], b = stackalloc float[2 * Count + 32], table = stackalloc float[64], result = stackalloc float[Count];
        byte* codes = stackalloc byte[Count + 16];
        uint* words = stackalloc uint[Count];
        for (int i = 0; i < 2 * Count + 32; i++)
        {
            a[i] = Value(random);
            b[i] = Value(random);
        }

        for (int i = 0; i < 64; i++)
        {
            table[i] = random.NextSingle() - 0.5f;
        }

        for (int i = 0; i < Count; i++)
        {
            codes[i] = (byte)random.Next(8);
            words[i] = (uint)random.NextInt64(1L << 32);
        }

        var bits = new List<int>();
        float* low = a + 16, high = b + 16;
        Each(x => T.Load(low + x) + T.Load(high + x));
        Each(x => T.Load(low + x) - T.Load(high + x));
        Each(x => T.Load(low + x) * T.Load(high + x));
        Each(x => T.Load(low + x) / T.Load(high + x));
        Each(x => T.Flush(T.Load(low + x)));
        Each(x => T.Min(T.Load(low + x), T.Load(high + x)));
        Each(x => T.Max(T.Load(low + x), T.Load(high + x)));
        Each(x => T.IfLess(T.Load(low + x), T.Load(high + x), T.Load(a + x), T.Load(b + x)));
        Each(x => T.Sqrt(T.Load(low + x)));
        Each(x => T.Probability(T.Load(low + x)));
        Each(x => T.Probability(T.Uniform(words + x)));
        Each(x => T.Pow(T.Max(T.Load(low + x), T.Splat(1e-40f)), T.Load(high + x)));
        Each(x => T.Pow(T.Max(T.Load(low + x), T.Splat(1e-40f)), T.Uniform(words + x) * T.Splat(9)));
        Each(x => T.MaxAbs(T.MaxAbs(default, T.Load(low + x)), T.Load(high + x)));
        Each(x => T.Keep(T.Load(low + x), 19 - x));
        Each(x => T.Uniform(words + x));
        Each(x => T.Lookup(codes + x, table));
        Each(x => T.Interpolate(table, T.Uniform(words + x) * T.Splat(62)));
        Each(x => T.PairSum(low, x));
        Each(x => T.PairSum(T.Load(low + 2 * x), T.Load(low + 2 * x + T.Width)));
        Each(x => T.SpreadNear(low, x));
        Each(x => T.SpreadFar(low, x));
        Each(x => Spread(x, near: true));
        Each(x => Spread(x, near: false));
        uint mask = 0;
        for (int x = 0; x < Count; x += T.Width)
        {
            mask |= T.LessMask(T.Load(low + x), T.Load(high + x)) << x;
        }

        bits.Add((int)mask);
        return [.. bits];

        T Spread(int x, bool near)
        {
            T.Spread(low, T.Splat(0.75f), high, T.Splat(0.25f), x, out T inside, out T outside);
            return near ? inside : outside;
        }

        void Each(Func<int, T> operation)
        {
            for (int x = 0; x < Count; x += T.Width)
            {
                T.Store(operation(x), result + x);
            }

            for (int i = 0; i < Count; i++)
            {
                bits.Add(float.IsNaN(result[i]) ? int.MinValue : BitConverter.SingleToInt32Bits(result[i]));
            }
        }
    }

    private static float Value(Random random) => random.Next(12) switch
    {
        0 => 0,
        1 => -0f,
        2 => 1e-31f,
        3 => -3e-30f,
        4 => 1e-22f,
        5 => float.MaxValue,
        6 => 1,
        _ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 6)),
    };
}
