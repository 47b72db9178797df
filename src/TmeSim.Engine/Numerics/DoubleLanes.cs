namespace TmeSim.Engine.Numerics;

/// <summary>
/// A few doubles handled as one, for functions of floats that compute in double and round once (<see cref="DoubleLanesMath{T}"/>). Every
/// operation is elementwise IEEE arithmetic or moves bits, so all widths give the same bits.
/// </summary>
internal interface IDoubleLanes<T>
    where T : struct, IDoubleLanes<T>
{
    static abstract T Splat(double value);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    static abstract T operator /(T left, T right);

    /// <summary>Rounded towards zero.</summary>
    static abstract T Truncate(T value);

    /// <summary>True where a lane of <paramref name="left"/> is below that of <paramref name="right"/>.</summary>
    static abstract bool AnyLess(T left, T right);

    /// <summary><paramref name="then"/> where left is below right, else <paramref name="otherwise"/>.</summary>
    static abstract T IfLess(T left, T right, T then, T otherwise);

    /// <summary>2ᵏ for whole k from −1022 to 1023.</summary>
    static abstract T PowerOfTwo(T k);

    /// <summary>m and whole k with m · 2ᵏ = value and m from √½ to √2, for positive normal values.</summary>
    static abstract void Split(T value, out T m, out T k);
}

/// <summary>Bit patterns that every width shares.</summary>
internal static class DoubleLaneConstants
{
    /// <summary>√½.</summary>
    public const ulong RootHalf = 0x3FE6A09E667F3BCD;

    /// <summary>Sign and exponent.</summary>
    public const ulong Exponent = 0xFFF0000000000000;

    /// <summary>2⁵²: the lowest bits of the sum with a small whole number are that number.</summary>
    public const ulong Whole = 0x4330000000000000;

    /// <summary>1.5 · 2⁵²: the same for negative numbers, as two's complement.</summary>
    public const double SignedWhole = 6755399441055744;
}
