using System.Runtime.Intrinsics;

namespace TmeSim.Benchmarks;

/// <summary>Loops that do nothing but move bytes, in the widest registers: what a cache level or memory allows.</summary>
internal static unsafe class Streams
{
    /// <summary>Bytes that <see cref="Triad"/> moves for each element: two read, one written.</summary>
    public const int TriadBytes = 12;

    /// <summary>a = b + c / 2 over <paramref name="count"/> floats, a multiple of 16.</summary>
    public static void Triad(float* a, float* b, float* c, long count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var half = Vector512.Create(0.5f);
            for (long i = 0; i < count; i += 16)
            {
                (Vector512.Load(b + i) + (half * Vector512.Load(c + i))).Store(a + i);
            }
        }
        else
        {
            var half = Vector256.Create(0.5f);
            for (long i = 0; i < count; i += 16)
            {
                (Vector256.Load(b + i) + (half * Vector256.Load(c + i))).Store(a + i);
                (Vector256.Load(b + i + 8) + (half * Vector256.Load(c + i + 8))).Store(a + i + 8);
            }
        }
    }

    /// <summary>Two arrays relaxed toward two others: 16 bytes read and 8 written for each element, a multiple of 16.</summary>
    public static void RelaxTwo(float* a, float* towardA, float* b, float* towardB, long count)
    {
        var share = Vector256.Create(0.01f);
        for (long i = 0; i < count; i += 8)
        {
            Vector256<float> x = Vector256.Load(a + i), y = Vector256.Load(b + i);
            (x + (share * (Vector256.Load(towardA + i) - x))).Store(a + i);
            (y + (share * (Vector256.Load(towardB + i) - y))).Store(b + i);
        }
    }
}
