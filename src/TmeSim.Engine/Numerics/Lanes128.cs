using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Numerics;

/// <summary>4 floats in one 128-bit register.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    internal Vector128<float> Value => _value;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 FromInt(int* source) => new(Vector128.ConvertToSingle(Vector128.Load(source)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Splat(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Flush(Lanes128 value) => new(
        value._value + Vector128.Create(LaneConstants.FlushBias) - Vector128.Create(LaneConstants.FlushBias));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MaxAbs(Lanes128 size, Lanes128 value) => new(Vector128.Max(
        size._value.AsInt32(), value._value.AsInt32() & Vector128.Create(int.MaxValue)).AsSingle());

    public static Lanes128 Keep(Lanes128 value, int count) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), value._value, Vector128<float>.Zero));

    public static float Largest(Lanes128 sizes)
    {
        Vector128<int> bits = sizes._value.AsInt32();
        bits = Vector128.Max(bits, Vector128.Shuffle(bits, Vector128.Create(2, 3, 0, 1)));
        bits = Vector128.Max(bits, Vector128.Shuffle(bits, Vector128.Create(1, 0, 3, 2)));
        return BitConverter.Int32BitsToSingle(Math.Max(0, bits.ToScalar()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector128.ConditionalSelect(
        Vector128.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 IfLess(Lanes128 left, Lanes128 right, Lanes128 then, Lanes128 otherwise) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(left._value, right._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value._value));

    public static Lanes128 Pow(Lanes128 x, Lanes128 y) => new(Vector128.Narrow(
        DoubleLanesMath<DoubleLanes128>.Pow(new(Vector128.WidenLower(x._value)), new(Vector128.WidenLower(y._value))).Value,
        DoubleLanesMath<DoubleLanes128>.Pow(new(Vector128.WidenUpper(x._value)), new(Vector128.WidenUpper(y._value))).Value));

    public static Lanes128 Probability(Lanes128 x) => new(Vector128.Narrow(
        DoubleLanesMath<DoubleLanes128>.Probability(new(Vector128.WidenLower(x._value))).Value,
        DoubleLanesMath<DoubleLanes128>.Probability(new(Vector128.WidenUpper(x._value))).Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes128 left, Lanes128 right) => (uint)Vector128.LessThan(left._value, right._value)
        .ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Uniform(uint* words) => new(
        Vector128.ConvertToSingle((Vector128.Load(words) >>> 8).AsInt32()) * Vector128.Create(1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Interpolate(float* table, Lanes128 places)
    {
        Vector128<int> i = Vector128.ConvertToInt32(places._value);
        Vector128<float> low = Vector128.Create(table[i[0]], table[i[1]], table[i[2]], table[i[3]]);
        Vector128<float> next = Vector128.Create(table[i[0] + 1], table[i[1] + 1], table[i[2] + 1], table[i[3] + 1]);
        return new(low + (next - low) * (places._value - Vector128.ConvertToSingle(i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Lookup(byte* codes, float* table) =>
        new(Vector128.Create(table[codes[0] & 15], table[codes[1] & 15], table[codes[2] & 15], table[codes[3] & 15]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PairSum(Lanes128 low, Lanes128 high)
    {
        Vector128<float> a = Vector128.Shuffle(low._value, Vector128.Create(0, 2, 1, 3)),
            b = Vector128.Shuffle(high._value, Vector128.Create(0, 2, 1, 3));
        return new(Vector128.Create(a.GetLower(), b.GetLower()) + Vector128.Create(a.GetUpper(), b.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PairSum(float* row, int x) => PairSum(Load(row + 2 * x), Load(row + 2 * x + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(float* own, Lanes128 a, float* other, Lanes128 b, int x, out Lanes128 near, out Lanes128 far)
    {
        int at = (x >> 1) - 1;
        Vector128<float> blend = a._value * Vector128.Load(own + at) + b._value * Vector128.Load(other + at);
        near = new(Vector128.Shuffle(blend, Vector128.Create(1, 1, 2, 2)));
        far = new(Vector128.Shuffle(blend, Vector128.Create(0, 2, 1, 3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SpreadNear(float* coarse, int x) => new(Vector128.Shuffle(
        Vector128.Load(coarse + (x >> 1) - 1), Vector128.Create(1, 1, 2, 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SpreadFar(float* coarse, int x) => new(Vector128.Shuffle(
        Vector128.Load(coarse + (x >> 1) - 1), Vector128.Create(0, 2, 1, 3)));
}
