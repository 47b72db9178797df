using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks;

/// <summary>
/// Philox4x32-10 for a run of counters in the widest registers, each counter word in the low half of a 64-bit lane, where one
/// instruction multiplies 32 × 32 → 64 bit: what the arithmetic of the generator costs when nothing else is done.
/// </summary>
internal static class WidePhilox
{
    /// <summary>Blocks that <see cref="Sum"/> makes at a time.</summary>
    public const int Batch = 16;

    /// <summary>Sum of all words of the blocks (first + i, c1, c2, c3), i below <paramref name="blocks"/>, a multiple of <see cref="Batch"/>.</summary>
    public static uint Sum(uint first, uint c1, uint c2, uint c3, int blocks, RandomKey key)
    {
        ulong sum = 0;
        if (Avx512F.IsSupported)
        {
            var total = Vector512<ulong>.Zero;
            for (uint i = 0; i < blocks; i += Batch)
            {
                total += Eight(first + i, c1, c2, c3, key) + Eight(first + i + 8, c1, c2, c3, key);
            }

            sum = Vector512.Sum(total);
        }
        else if (Avx2.IsSupported)
        {
            var total = Vector256<ulong>.Zero;
            for (uint i = 0; i < blocks; i += 4)
            {
                total += Four(first + i, c1, c2, c3, key);
            }

            sum = Vector256.Sum(total);
        }
        else
        {
            for (uint i = 0; i < blocks; i++)
            {
                PhiloxBlock b = Philox4x32.Block(first + i, c1, c2, c3, key);
                sum += b.X0 + b.X1 + b.X2 + b.X3;
            }
        }

        return (uint)sum;
    }

    // The upper half of a lane holds rubbish between rounds: the multiplication does not read it, and the sum keeps the lower.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Four(uint first, uint c1, uint c2, uint c3, RandomKey key)
    {
        Vector256<ulong> x0 = Vector256.Create((ulong)first, first + 1, first + 2, first + 3), x1 = Vector256.Create((ulong)c1);
        Vector256<ulong> x2 = Vector256.Create((ulong)c2), x3 = Vector256.Create((ulong)c3);
        Vector256<uint> m0 = Vector256.Create((ulong)Philox4x32.Multiplier0).AsUInt32(), m1 = Vector256.Create((ulong)Philox4x32.Multiplier1).AsUInt32();
        (uint k0, uint k1) = (key.K0, key.K1);
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Vector256<ulong> p0 = Avx2.Multiply(m0, x0.AsUInt32()), p1 = Avx2.Multiply(m1, x2.AsUInt32());
            x0 = (p1 >>> 32) ^ x1 ^ Vector256.Create((ulong)k0);
            x1 = p1;
            x2 = (p0 >>> 32) ^ x3 ^ Vector256.Create((ulong)k1);
            x3 = p0;
            k0 += Philox4x32.Weyl0;
            k1 += Philox4x32.Weyl1;
        }

        return x0 + x1 + x2 + x3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Eight(uint first, uint c1, uint c2, uint c3, RandomKey key)
    {
        Vector512<ulong> x0 = Vector512.Create((ulong)first) + Vector512.Create(0ul, 1, 2, 3, 4, 5, 6, 7), x1 = Vector512.Create((ulong)c1);
        Vector512<ulong> x2 = Vector512.Create((ulong)c2), x3 = Vector512.Create((ulong)c3);
        Vector512<uint> m0 = Vector512.Create((ulong)Philox4x32.Multiplier0).AsUInt32(), m1 = Vector512.Create((ulong)Philox4x32.Multiplier1).AsUInt32();
        (uint k0, uint k1) = (key.K0, key.K1);
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Vector512<ulong> p0 = Avx512F.Multiply(m0, x0.AsUInt32()), p1 = Avx512F.Multiply(m1, x2.AsUInt32());
            x0 = (p1 >>> 32) ^ x1 ^ Vector512.Create((ulong)k0);
            x1 = p1;
            x2 = (p0 >>> 32) ^ x3 ^ Vector512.Create((ulong)k1);
            x3 = p0;
            k0 += Philox4x32.Weyl0;
            k1 += Philox4x32.Weyl1;
        }

        return x0 + x1 + x2 + x3;
    }
}
