using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>
/// A sequence of draws for one named decision whose number of draws is not known beforehand (a Poisson count, a shuffle).
/// Three counter words stay fixed; the fourth counts blocks up. A mutable struct: pass it by reference.
/// </summary>
public struct PhiloxStream
{
    private readonly RandomKey _key;
    private readonly uint _c0;
    private readonly uint _c1;
    private readonly uint _c2;
    private uint _ordinal;
    private PhiloxBlock _block;
    private int _used;

    /// <param name="key">Key of the lesion.</param>
    /// <param name="c0">Counter word 0: what draws (site, low half of an id).</param>
    /// <param name="c1">Counter word 1.</param>
    /// <param name="c2">Counter word 2.</param>
    /// <param name="firstOrdinal">
    /// First value of counter word 3. A purpose may sit in its high bits as long as a stream uses fewer blocks than the low bits count.
    /// </param>
    public PhiloxStream(RandomKey key, uint c0, uint c1, uint c2, uint firstOrdinal = 0)
    {
        _key = key;
        _c0 = c0;
        _c1 = c1;
        _c2 = c2;
        _ordinal = firstOrdinal;
        _used = 4;
    }

    /// <summary>The next 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Next()
    {
        if (_used == 4)
        {
            _block = Philox4x32.Block(_c0, _c1, _c2, _ordinal++, _key);
            _used = 0;
        }

        return _used++ switch { 0 => _block.X0, 1 => _block.X1, 2 => _block.X2, _ => _block.X3 };
    }

    /// <summary>Uniform in [0, 1), 53 bits; uses two words.</summary>
    public double NextDouble()
    {
        uint hi = Next();
        return Draws.Uniform(hi, Next());
    }

    /// <summary>Standard normal; uses two words.</summary>
    public double NextNormal()
    {
        uint hi = Next();
        return Draws.Normal(hi, Next());
    }

    /// <summary>
    /// Uniform integer in [0, <paramref name="bound"/>) without bias (Lemire's rejection, doi:10.1145/3230636); bound must be positive.
    /// </summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        uint range = (uint)bound;
        ulong product = (ulong)Next() * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold)
            {
                product = (ulong)Next() * range;
            }
        }

        return (int)(product >> 32);
    }
}
