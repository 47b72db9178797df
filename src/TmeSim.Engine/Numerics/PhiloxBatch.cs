using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Engine.Numerics;

/// <summary>Many blocks of <see cref="Philox4x32"/>, eight or sixteen at a time where registers allow.</summary>
/// <remarks>
/// A counter word is the low half of a lane of 64 bits, as the multiplication wants it; its product is the next low word with the high
/// word above. What stands in the upper half is never read. Two registers of each word take turns, because a round waits for itself, and
/// the key goes to the word that is there before the product.
/// </remarks>
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
                Vector512<ulong> c0 = Vector512<ulong>.Indices + Vector512.Create((ulong)(first + (uint)done));
                Sixteen(target + 4 * done, c0, c0 + Vector512.Create(8UL), default, default, c2, c3, key);
            }
        }
        else if (Avx2.IsSupported)
        {
            for (; done < blocks; done += 8)
            {
                Vector256<ulong> c0 = Vector256<ulong>.Indices + Vector256.Create((ulong)(first + (uint)done));
                Eight(target + 4 * done, c0, c0 + Vector256.Create(4UL), default, default, c2, c3, key);
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
            for (; done + 16 <= count; done += 16)
            {
                Vector512<ulong> a = Vector512.Load(ids + done), b = Vector512.Load(ids + done + 8);
                Sixteen(target + 4 * done, a, b, a >>> 32, b >>> 32, c2, c3, key);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; done + 8 <= count; done += 8)
            {
                Vector256<ulong> a = Vector256.Load(ids + done), b = Vector256.Load(ids + done + 4);
                Eight(target + 4 * done, a, b, a >>> 32, b >>> 32, c2, c3, key);
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

    private static void Eight(
        uint* target, Vector256<ulong> a0, Vector256<ulong> b0, Vector256<ulong> a1, Vector256<ulong> b1, uint c2, uint c3, RandomKey key)
    {
        Vector256<ulong> a2 = Vector256.Create((ulong)c2), b2 = a2, a3 = Vector256.Create((ulong)c3), b3 = a3;
        Vector256<ulong> k0 = Vector256.Create((ulong)key.K0), k1 = Vector256.Create((ulong)key.K1);
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Round(ref a0, ref a1, ref a2, ref a3, k0, k1);
            Round(ref b0, ref b1, ref b2, ref b3, k0, k1);
            k0 += Vector256.Create((ulong)Philox4x32.Weyl0);
            k1 += Vector256.Create((ulong)Philox4x32.Weyl1);
        }

        Store(Pair(a0, a1), Pair(a2, a3), target);
        Store(Pair(b0, b1), Pair(b2, b3), target + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<ulong> c0, ref Vector256<ulong> c1, ref Vector256<ulong> c2, ref Vector256<ulong> c3,
        Vector256<ulong> k0, Vector256<ulong> k1)
    {
        Vector256<ulong> low0 = Avx2.Multiply(c0.AsUInt32(), Vector256.Create(Philox4x32.Multiplier0));
        Vector256<ulong> low1 = Avx2.Multiply(c2.AsUInt32(), Vector256.Create(Philox4x32.Multiplier1));
        (c0, c1, c2, c3) = ((low1 >>> 32) ^ (c1 ^ k0), low1, (low0 >>> 32) ^ (c3 ^ k1), low0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pair(Vector256<ulong> low, Vector256<ulong> high) =>
        Vector256.ConditionalSelect(Vector256.Create((ulong)uint.MaxValue), low, high << 32);

    // Words 0 and 1 of four blocks, and their words 2 and 3, become the words of the blocks in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> words01, Vector256<ulong> words23, uint* target)
    {
        Vector256<ulong> even = Avx2.UnpackLow(words01, words23), odd = Avx2.UnpackHigh(words01, words23);
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().Store(target);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().Store(target + 8);
    }

    private static void Sixteen(
        uint* target, Vector512<ulong> a0, Vector512<ulong> b0, Vector512<ulong> a1, Vector512<ulong> b1, uint c2, uint c3, RandomKey key)
    {
        Vector512<ulong> a2 = Vector512.Create((ulong)c2), b2 = a2, a3 = Vector512.Create((ulong)c3), b3 = a3;
        Vector512<ulong> k0 = Vector512.Create((ulong)key.K0), k1 = Vector512.Create((ulong)key.K1);
        for (int round = 0; round < Philox4x32.Rounds; round++)
        {
            Round(ref a0, ref a1, ref a2, ref a3, k0, k1);
            Round(ref b0, ref b1, ref b2, ref b3, k0, k1);
            k0 += Vector512.Create((ulong)Philox4x32.Weyl0);
            k1 += Vector512.Create((ulong)Philox4x32.Weyl1);
        }

        Store(Pair(a0, a1), Pair(a2, a3), target);
        Store(Pair(b0, b1), Pair(b2, b3), target + 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3,
        Vector512<ulong> k0, Vector512<ulong> k1)
    {
        Vector512<ulong> low0 = Avx512F.Multiply(c0.AsUInt32(), Vector512.Create(Philox4x32.Multiplier0));
        Vector512<ulong> low1 = Avx512F.Multiply(c2.AsUInt32(), Vector512.Create(Philox4x32.Multiplier1));
        (c0, c1, c2, c3) = ((low1 >>> 32) ^ (c1 ^ k0), low1, (low0 >>> 32) ^ (c3 ^ k1), low0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Pair(Vector512<ulong> low, Vector512<ulong> high) =>
        Vector512.ConditionalSelect(Vector512.Create((ulong)uint.MaxValue), low, high << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> words01, Vector512<ulong> words23, uint* target)
    {
        Avx512F.PermuteVar8x64x2(words01, Vector512.Create(0UL, 8, 1, 9, 2, 10, 3, 11), words23).AsUInt32().Store(target);
        Avx512F.PermuteVar8x64x2(words01, Vector512.Create(4UL, 12, 5, 13, 6, 14, 7, 15), words23).AsUInt32().Store(target + 16);
    }
}
