using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>
/// A few neighbouring float32 values handled as one. A kernel written once against this interface runs on 512, 256 or
/// 128 bit registers or on plain floats. Every operation is elementwise IEEE arithmetic without contraction, a move, or
/// an order-free maximum, so all widths give the same bits.
/// </summary>
internal unsafe interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Values per register: 16, 8, 4 or 1.</summary>
    static abstract int Width { get; }

    static abstract T Load(float* source);

    static abstract void Store(T value, float* target);

    /// <summary>Whole numbers, rounded to the nearest float.</summary>
    static abstract T FromInt(int* source);

    static abstract T Splat(float value);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    /// <summary>
    /// Values below 1.5e-30 in size become 0, others move by at most 1.6e-30: subnormal numbers would slow every later operation
    /// 2–9 times.
    /// </summary>
    static abstract T Flush(T value);

    static abstract T operator /(T left, T right);

    /// <summary>The larger of <paramref name="size"/> (non-negative) and |value|, as bit patterns; a NaN wins.</summary>
    static abstract T MaxAbs(T size, T value);

    /// <summary>Lanes from <paramref name="count"/> on become 0.</summary>
    static abstract T Keep(T value, int count);

    /// <summary>The largest lane of a register of non-negative values; a NaN wins.</summary>
    static abstract float Largest(T sizes);

    /// <summary>The smaller of two numbers; of equal or unordered ones the second.</summary>
    static abstract T Min(T left, T right);

    /// <summary>The larger of two numbers; of equal or unordered ones the second.</summary>
    static abstract T Max(T left, T right);

    /// <summary><paramref name="then"/> where left is below right, else <paramref name="otherwise"/>.</summary>
    static abstract T IfLess(T left, T right, T then, T otherwise);

    /// <summary>Square root; negative numbers give NaN.</summary>
    static abstract T Sqrt(T value);

    /// <summary>xʸ as <see cref="DetMath.Pow(float, float)"/>, for positive finite x and |y| &lt; 10⁶.</summary>
    static abstract T Pow(T x, T y);

    /// <summary>1 − e⁻ˣ as <see cref="DetMath.Probability"/>.</summary>
    static abstract T Probability(T x);

    /// <summary>Bit j is set where lane j of <paramref name="left"/> is below that of <paramref name="right"/>.</summary>
    static abstract uint LessMask(T left, T right);

    /// <summary>Uniform numbers in [0, 1) from random words, as <see cref="Draws.Uniform(uint)"/>.</summary>
    static abstract T Uniform(uint* words);

    /// <summary>Linear interpolation in a table at places t ≥ 0: table[i] + (table[i + 1] − table[i]) · (t − i), i = ⌊t⌋.</summary>
    static abstract T Interpolate(float* table, T places);

    /// <summary>Lane j is table[codes[j]]. The table has 16 places, the first 8 of them used; a code above 7 gives any value.</summary>
    static abstract T Lookup(byte* codes, float* table);

    /// <summary>Lane j is row[2(x + j)] + row[2(x + j) + 1].</summary>
    static abstract T PairSum(float* row, int x);

    /// <summary>Sums of neighbours of two registers: lane j is lane 2j + lane 2j + 1 of (low, high).</summary>
    static abstract T PairSum(T low, T high);

    /// <summary>
    /// <see cref="SpreadNear"/> and <see cref="SpreadFar"/> of a · own + b · other, two coarse rows. Reads from one element before
    /// x / 2 on.
    /// </summary>
    static abstract void Spread(float* own, T a, float* other, T b, int x, out T near, out T far);

    /// <summary>Lane j is coarse[(x + j) / 2]; x is a multiple of the width.</summary>
    static abstract T SpreadNear(float* coarse, int x);

    /// <summary>Lane j is the coarse value on the other side of fine cell x + j: index (x + j) / 2 − 1 for even, + 1 for odd.</summary>
    static abstract T SpreadFar(float* coarse, int x);
}

/// <summary>Constants that every width shares.</summary>
internal static class LaneConstants
{
    /// <summary>Sizes below this are zero: far under any concentration, far above the subnormals of products with k.</summary>
    public const float Tiny = 1e-30f;

    /// <summary>1.5 · 2⁻⁷⁵. Adding it and taking it away again rounds to multiples of 2⁻⁹⁸ = 3.2e-30.</summary>
    public const float FlushBias = 3.9704670e-23f;
}

/// <summary>One float: the form for hardware without vectors and the reference of the others.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float _value = value;

    public static int Width => 1;

    public static Lanes1 Load(float* source) => new(*source);

    public static void Store(Lanes1 value, float* target) => *target = value._value;

    public static Lanes1 FromInt(int* source) => new(*source);

    public static Lanes1 Splat(float value) => new(value);

    public static Lanes1 operator +(Lanes1 left, Lanes1 right) => new(left._value + right._value);

    public static Lanes1 operator -(Lanes1 left, Lanes1 right) => new(left._value - right._value);

    public static Lanes1 operator *(Lanes1 left, Lanes1 right) => new(left._value * right._value);

    public static Lanes1 Flush(Lanes1 value) => new(value._value + LaneConstants.FlushBias - LaneConstants.FlushBias);

    public static Lanes1 operator /(Lanes1 left, Lanes1 right) => new(left._value / right._value);

    public static Lanes1 MaxAbs(Lanes1 size, Lanes1 value)
    {
        int left = BitConverter.SingleToInt32Bits(size._value), right = BitConverter.SingleToInt32Bits(MathF.Abs(value._value));
        return new(BitConverter.Int32BitsToSingle(Math.Max(left, right)));
    }

    public static Lanes1 Keep(Lanes1 value, int count) => count > 0 ? value : new(0f);

    public static float Largest(Lanes1 sizes) => sizes._value;

    public static Lanes1 Min(Lanes1 left, Lanes1 right) => left._value < right._value ? left : right;

    public static Lanes1 Max(Lanes1 left, Lanes1 right) => left._value > right._value ? left : right;

    public static Lanes1 IfLess(Lanes1 left, Lanes1 right, Lanes1 then, Lanes1 otherwise) => left._value < right._value ? then : otherwise;

    public static Lanes1 Sqrt(Lanes1 value) => new(MathF.Sqrt(value._value));

    public static Lanes1 Pow(Lanes1 x, Lanes1 y) => new(DetMath.Pow(x._value, y._value));

    public static Lanes1 Probability(Lanes1 x) => new(DetMath.Probability(x._value));

    public static uint LessMask(Lanes1 left, Lanes1 right) => left._value < right._value ? 1u : 0;

    public static Lanes1 Uniform(uint* words) => new(Draws.Uniform(*words));

    public static Lanes1 Interpolate(float* table, Lanes1 places)
    {
        int i = (int)places._value;
        float low = table[i];
        return new(low + (table[i + 1] - low) * (places._value - i));
    }

    public static Lanes1 Lookup(byte* codes, float* table) => new(table[*codes]);

    public static Lanes1 PairSum(float* row, int x) => new(row[2 * x] + row[2 * x + 1]);

    public static Lanes1 PairSum(Lanes1 low, Lanes1 high) => low + high;

    public static void Spread(float* own, Lanes1 a, float* other, Lanes1 b, int x, out Lanes1 near, out Lanes1 far)
    {
        int at = x >> 1, side = at + ((x & 1) == 0 ? -1 : 1);
        near = a * Load(own + at) + b * Load(other + at);
        far = a * Load(own + side) + b * Load(other + side);
    }

    public static Lanes1 SpreadNear(float* coarse, int x) => new(coarse[x >> 1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 SpreadFar(float* coarse, int x) => new(coarse[(x >> 1) + ((x & 1) == 0 ? -1 : 1)]);
}
