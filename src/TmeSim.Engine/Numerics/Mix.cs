using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>
/// 64-bit mixing functions for lineage ids and claim priorities. With all arguments but the last fixed, every hash is a
/// bijection of the last one; otherwise two inputs collide with probability 2⁻⁶⁴.
/// </summary>
/// <remarks>Finaliser: SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195; constants of Stafford's variant 13).</remarks>
public static class Mix
{
    /// <summary>2⁶⁴ over the golden ratio, odd.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>
    /// The SplitMix64 finaliser: a bijection of 64 bits in which each input bit flips each output bit with probability near ½. Zero maps to
    /// zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Finalise(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>Hash of two words; the order matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong a, ulong b) => Absorb(Finalise(a + unchecked(2 * Golden)), b);

    /// <summary>Hash of three words; the order matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong a, ulong b, ulong c) => Absorb(Absorb(Finalise(a + unchecked(3 * Golden)), b), c);

    /// <summary>Hash of four words; the order matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong a, ulong b, ulong c, ulong d) => Absorb(Absorb(Absorb(Finalise(a + unchecked(4 * Golden)), b), c), d);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Absorb(ulong state, ulong word) => Finalise((state ^ word) + Golden);
}
