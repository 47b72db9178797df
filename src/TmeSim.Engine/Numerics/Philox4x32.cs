using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>Four random words, the output for one counter.</summary>
public readonly record struct PhiloxBlock(uint X0, uint X1, uint X2, uint X3);

/// <summary>
/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters, so a draw is a pure function
/// of its name (site or id, step, purpose) and never of what was drawn before.
/// </summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11, doi:10.1145/2063384.2063405.
/// Integer arithmetic only. About 15 ns per block in scalar code.
/// </remarks>
public static class Philox4x32
{
    /// <summary>Multiplier of word 0, for kernels that run many counters in vector lanes.</summary>
    public const uint Multiplier0 = 0xD2511F53;

    /// <summary>Multiplier of word 2.</summary>
    public const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>Added to key word 0 between rounds (golden ratio).</summary>
    public const uint Weyl0 = 0x9E3779B9;

    /// <summary>Added to key word 1 between rounds (√3 − 1).</summary>
    public const uint Weyl1 = 0xBB67AE85;

    /// <summary>Number of rounds.</summary>
    public const int Rounds = 10;

    /// <summary>The block of counter (c0, c1, c2, c3) under key (k0, k1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlock Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0;
            ulong p1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
            c1 = (uint)p1;
            c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c3 = (uint)p0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }

    /// <inheritdoc cref="Block(uint, uint, uint, uint, uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxBlock Block(uint c0, uint c1, uint c2, uint c3, RandomKey key) => Block(c0, c1, c2, c3, key.K0, key.K1);
}
