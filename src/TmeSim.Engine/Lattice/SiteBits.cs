using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// One bit per lattice site, halo included, all clear on creation. Sites share words: one thread writes at a time.
/// </summary>
public sealed class SiteBits : IDisposable
{
    private readonly SiteArray<ulong> _words;

    /// <param name="length">Elements of the lattice, halo included (<see cref="LatticeShape.Length"/>); positive.</param>
    public SiteBits(int length)
    {
        Length = length;
        _words = new SiteArray<ulong>(WordsFor(length));
    }

    /// <summary>Number of bits, halo included.</summary>
    public int Length { get; }

    /// <summary>The words that hold the bits: site s is bit s mod 64 of word s div 64.</summary>
    internal SiteArray<ulong> Words => _words;

    /// <summary>The bit of a site.</summary>
    public bool this[int site]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ((_words[site >> 6] >> (site & 63)) & 1) != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal set
        {
            ulong bit = 1UL << (site & 63), word = _words[site >> 6];
            _words[site >> 6] = value ? word | bit : word & ~bit;
        }
    }

    /// <summary>True when one of <paramref name="count"/> bits from <paramref name="first"/> on is set.</summary>
    public bool Any(int first, int count)
    {
        while (count > 0)
        {
            int offset = first & 63, here = Math.Min(count, 64 - offset);
            if (((_words[first >> 6] >> offset) << (64 - here)) != 0)
            {
                return true;
            }

            (first, count) = (first + here, count - here);
        }

        return false;
    }

    /// <summary>Sets <paramref name="count"/> bits from <paramref name="first"/> on.</summary>
    internal unsafe void Set(int first, int count)
    {
        if (count is > 0 and <= 64)
        {
            // At most two words, without a loop that a processor could not foresee.
            int shift = first & 63;
            ulong mask = ulong.MaxValue >> (64 - count);
            ulong* words = _words.Pointer + (first >> 6);
            words[0] |= mask << shift;
            if (shift + count > 64)
            {
                words[1] |= mask >> (64 - shift);
            }

            return;
        }

        while (count > 0)
        {
            int offset = first & 63, here = Math.Min(count, 64 - offset);
            _words[first >> 6] |= (ulong.MaxValue >> (64 - here)) << offset;
            (first, count) = (first + here, count - here);
        }
    }

    /// <summary>Words for so many bits.</summary>
    internal static int WordsFor(int length) => (int)(((long)length + 63) / 64);

    public void Dispose() => _words.Dispose();
}
