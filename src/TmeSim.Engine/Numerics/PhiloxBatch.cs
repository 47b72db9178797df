using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Engine.Numerics;

/// <summary>Many blocks of <see cref="Philox4x32"/>, eight or sixteen at a time where registers allow.</summary>
internal static unsafe class PhiloxBatch
{
    /// <summary>Blocks per call of the vector forms; <see cref="Sites"/> wants multiples of it.</summary>
    public const int Group = 16;

    /// <summary>target[4 i + j] = word j of the block of counter (first + i, 0, c2, c3), 0 ≤ i &lt; blocks.</summary>
    /// <param name="target">Room for four words a block.</param>
    /// <param name="first">Counter word 0 of the first block.</param>
    /// <param name="blocks">A multiple of <see cref="Group"/>.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    /// <param name="key">The key.</param>
    public static void Sites(uint* target, uint first, int blocks, uint c2, uint c3, RandomKey key)
    {
        int done = 0;
        if (Avx512F.IsSupported)
        {
            for (; done < blocks; done += 16)
            {
                Sixteen(target + 4 * done, Vector512.Create(first + (uint)done) + Vector512<uint>.Indices, default, c2, c3, key);
            }
        }
        else if (Avx2.IsSupported)
        {
            for (; done < blocks; done += 8)
            {
                Eight(target + 4 * done, Vector256.Create(first + (uint)done) + Vector256<uint>.Indices, default, c2, c3, key);
            }
        }

        for (; done < blocks; done++)
        {
            One(target + 4 * done, first + (uint)done, 0, c2, c3, key);
        }
    }

    /// <summary>target[4 i + j] = word j of the block of counter (low half of ids[i], high half of it, c2, c3), 0 ≤ i &lt; count.</summary>
    /// <param name="target">Room for four words an id.</param>
    /// <param name="ids">Lineages; any number.</param>
    /// <param name="count">How many.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="c3">Counter word 3.</param>
    /// <param name="key">The key.</param>
    public static void Lineages(uint* target, ulong* ids, int count, uint c2, uint c3, RandomKey key)
    {
        int done = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<uint> low = Vector512.Create(0u, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            for (; done + 16 <= count; done += 16)
            {
                Vector512<uint> a = Vector512.Load(ids + done).AsUInt32(), b = Vector512.Load(ids + done + 8).AsUInt32();
                Sixteen(
                    target + 4 * done, Avx512F.PermuteVar16x32x2(a, low, b),
                    Avx512F.PermuteVar16x32x2(a, low + Vector512<uint>.One, b), c2, c3, key);
            }
        }

        if (Avx2.IsSupported)
        {
            Vector256<int> halves = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
            for (; done + 8 <= count; done += 8)
            {
                Vector256<uint> a = Avx2.PermuteVar8x32(Vector256.Load(ids + done).AsUInt32(), halves.AsUInt32());
                Vector256<uint> b = Avx2.PermuteVar8x32(Vector256.Load(ids + done + 4).AsUInt32(), halves.AsUInt32());
                Eight(
                    target + 4 * done, Vector256.Create(a.GetLower(), b.GetLower()), Vector256.Create(a.GetUpper(), b.GetUpper()),
                    c2, c3, key);
            }
        }

        for (; done < count; done++)
        {
            One(target + 4 * done, (uint)ids[done], (uint)(ids[done] >> 32), c2, c3, key);
        }
    }

    private static void One(uint* target, uint c0, uint c1, uint c2, uint c3, RandomKey key)
    {
        PhiloxBlock block = Philox4x32.Block(c0, c1, c2, c3, key);
        (target[0], target[1], target[2], target[3]) = (block.X0, block.X1, block.X2, block.X3);
    }

    private static void Eight(uint* target, Vector256<uint> c0, Vector256<uint> c1, uint w2, uint w3, RandomKey key)
    {
        Vector256<uint> c2 = Vector256.Create(w2), c3 = Vector256.Create(w3);
        uint k0 = key.K0, k1 = key.K1;
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Multiply(c0, Philox4x32.Multiplier0, out Vector256<uint> high0, out Vector256<uint> low0);
            Multiply(c2, Philox4x32.Multiplier1, out Vector256<uint> high1, out Vector256<uint> low1);
            c0 = high1 ^ c1 ^ Vector256.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector256.Create(k1);
            c3 = low0;
            k0 += Philox4x32.Weyl0;
            k1 += Philox4x32.Weyl1;
        }

        // Four registers of one word each become the words of eight blocks in turn.
        Vector256<ulong> low01 = Avx2.UnpackLow(c0, c1).AsUInt64(), high01 = Avx2.UnpackHigh(c0, c1).AsUInt64();
        Vector256<ulong> low23 = Avx2.UnpackLow(c2, c3).AsUInt64(), high23 = Avx2.UnpackHigh(c2, c3).AsUInt64();
        Vector256<uint> b04 = Avx2.UnpackLow(low01, low23).AsUInt32(), b15 = Avx2.UnpackHigh(low01, low23).AsUInt32();
        Vector256<uint> b26 = Avx2.UnpackLow(high01, high23).AsUInt32(), b37 = Avx2.UnpackHigh(high01, high23).AsUInt32();
        Store(b04, b15, b26, b37, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector256<uint> a, uint factor, out Vector256<uint> high, out Vector256<uint> low)
    {
        Vector256<uint> b = Vector256.Create(factor);
        Vector256<ulong> even = Avx2.Multiply(a, b), odd = Avx2.Multiply((a.AsUInt64() >>> 32).AsUInt32(), b);
        high = Avx2.Blend((even >>> 32).AsUInt32(), odd.AsUInt32(), 0b1010_1010);
        low = Avx2.Blend(even.AsUInt32(), (odd << 32).AsUInt32(), 0b1010_1010);
    }

    private static void Sixteen(uint* target, Vector512<uint> c0, Vector512<uint> c1, uint w2, uint w3, RandomKey key)
    {
        Vector512<uint> c2 = Vector512.Create(w2), c3 = Vector512.Create(w3);
        uint k0 = key.K0, k1 = key.K1;
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Multiply(c0, Philox4x32.Multiplier0, out Vector512<uint> high0, out Vector512<uint> low0);
            Multiply(c2, Philox4x32.Multiplier1, out Vector512<uint> high1, out Vector512<uint> low1);
            c0 = high1 ^ c1 ^ Vector512.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector512.Create(k1);
            c3 = low0;
            k0 += Philox4x32.Weyl0;
            k1 += Philox4x32.Weyl1;
        }

        // Within each quarter of a register: block 4 q + b in lanes of quarter q.
        Vector512<ulong> low01 = Avx512F.UnpackLow(c0, c1).AsUInt64(), high01 = Avx512F.UnpackHigh(c0, c1).AsUInt64();
        Vector512<ulong> low23 = Avx512F.UnpackLow(c2, c3).AsUInt64(), high23 = Avx512F.UnpackHigh(c2, c3).AsUInt64();
        Vector512<uint> b0 = Avx512F.UnpackLow(low01, low23).AsUInt32(), b1 = Avx512F.UnpackHigh(low01, low23).AsUInt32();
        Vector512<uint> b2 = Avx512F.UnpackLow(high01, high23).AsUInt32(), b3 = Avx512F.UnpackHigh(high01, high23).AsUInt32();
        Store(b0.GetLower(), b1.GetLower(), b2.GetLower(), b3.GetLower(), target);
        Store(b0.GetUpper(), b1.GetUpper(), b2.GetUpper(), b3.GetUpper(), target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<uint> b0, Vector256<uint> b1, Vector256<uint> b2, Vector256<uint> b3, uint* target)
    {
        Vector256.Create(b0.GetLower(), b1.GetLower()).Store(target);
        Vector256.Create(b2.GetLower(), b3.GetLower()).Store(target + 8);
        Vector256.Create(b0.GetUpper(), b1.GetUpper()).Store(target + 16);
        Vector256.Create(b2.GetUpper(), b3.GetUpper()).Store(target + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector512<uint> a, uint factor, out Vector512<uint> high, out Vector512<uint> low)
    {
        Vector512<uint> b = Vector512.Create(factor);
        Vector512<ulong> even = Avx512F.Multiply(a, b), odd = Avx512F.Multiply((a.AsUInt64() >>> 32).AsUInt32(), b);
        Vector512<uint> oddLanes = Vector512.Create(0xFFFFFFFF00000000UL).AsUInt32();
        high = Vector512.ConditionalSelect(oddLanes, odd.AsUInt32(), (even >>> 32).AsUInt32());
        low = Vector512.ConditionalSelect(oddLanes, (odd << 32).AsUInt32(), even.AsUInt32());
    }
}
