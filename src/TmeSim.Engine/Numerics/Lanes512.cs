using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Engine.Numerics;

/// <summary>16 floats in one 512-bit register.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FromInt(int* source) => new(Vector512.ConvertToSingle(Vector512.Load(source)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Splat(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Flush(Lanes512 value) => new(
        value._value + Vector512.Create(LaneConstants.FlushBias) - Vector512.Create(LaneConstants.FlushBias));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MaxAbs(Lanes512 size, Lanes512 value) => new(Vector512.Max(
        size._value.AsInt32(), value._value.AsInt32() & Vector512.Create(int.MaxValue)).AsSingle());

    public static Lanes512 Keep(Lanes512 value, int count) => new(Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), value._value, Vector512<float>.Zero));

    public static float Largest(Lanes512 sizes) => Lanes256.Largest(new Lanes256(
        Vector256.Max(sizes._value.GetLower().AsInt32(), sizes._value.GetUpper().AsInt32()).AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector512.ConditionalSelect(
        Vector512.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.ConditionalSelect(
        Vector512.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 IfLess(Lanes512 left, Lanes512 right, Lanes512 then, Lanes512 otherwise) => new(Vector512.ConditionalSelect(
        Vector512.LessThan(left._value, right._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value._value));

    public static Lanes512 Pow(Lanes512 x, Lanes512 y) => new(Vector512.Narrow(
        DoubleLanesMath<DoubleLanes512>.Pow(new(Vector512.WidenLower(x._value)), new(Vector512.WidenLower(y._value))).Value,
        DoubleLanesMath<DoubleLanes512>.Pow(new(Vector512.WidenUpper(x._value)), new(Vector512.WidenUpper(y._value))).Value));

    public static Lanes512 Probability(Lanes512 x) => new(Vector512.Narrow(
        DoubleLanesMath<DoubleLanes512>.Probability(new(Vector512.WidenLower(x._value))).Value,
        DoubleLanesMath<DoubleLanes512>.Probability(new(Vector512.WidenUpper(x._value))).Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes512 left, Lanes512 right) => (uint)Vector512.LessThan(left._value, right._value)
        .ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Uniform(uint* words) => new(
        Vector512.ConvertToSingle((Vector512.Load(words) >>> 8).AsInt32()) * Vector512.Create(1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Interpolate(float* table, Lanes512 places)
    {
        return new(Vector512.Create(
            Lanes256.Interpolate(table, new Lanes256(places._value.GetLower())).Value,
            Lanes256.Interpolate(table, new Lanes256(places._value.GetUpper())).Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lookup(byte* codes, float* table)
    {
        Vector128<byte> loaded = Vector128.Load(codes);
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.PermuteVar16x32(Vector512.Load(table), Avx512F.ConvertToVector512Int32(loaded)));
        }

        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(loaded);
        Vector256<uint> first = Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low));
        Vector256<uint> second = Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high));
        return new(Vector512.Shuffle(Vector512.Load(table), Vector512.Create(first, second).AsInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 PairSum(Lanes512 low, Lanes512 high)
    {
        Vector512<float> a = low._value, b = high._value;
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b)
                + Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b));
        }

        Vector512<int> split = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
        a = Vector512.Shuffle(a, split);
        b = Vector512.Shuffle(b, split);
        return new(Vector512.Create(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 PairSum(float* row, int x) => PairSum(Load(row + 2 * x), Load(row + 2 * x + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(float* own, Lanes512 a, float* other, Lanes512 b, int x, out Lanes512 near, out Lanes512 far)
    {
        int at = (x >> 1) - 1;
        Vector512<float> blend = a._value * Vector512.Load(own + at) + b._value * Vector512.Load(other + at);
        near = new(Vector512.Shuffle(blend, Vector512.Create(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8)));
        far = new(Vector512.Shuffle(blend, Vector512.Create(0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SpreadNear(float* coarse, int x) => new(Vector512.Shuffle(
        Vector512.Load(coarse + (x >> 1) - 1), Vector512.Create(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SpreadFar(float* coarse, int x) => new(Vector512.Shuffle(
        Vector512.Load(coarse + (x >> 1) - 1), Vector512.Create(0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9)));
}
