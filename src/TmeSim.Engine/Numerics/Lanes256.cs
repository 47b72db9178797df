using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TmeSim.Engine.Numerics;

/// <summary>8 floats in one 256-bit register.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    internal Vector256<float> Value => _value;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FromInt(int* source) => new(Vector256.ConvertToSingle(Vector256.Load(source)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Splat(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Flush(Lanes256 value) => new(
        value._value + Vector256.Create(LaneConstants.FlushBias) - Vector256.Create(LaneConstants.FlushBias));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MaxAbs(Lanes256 size, Lanes256 value) => new(Vector256.Max(
        size._value.AsInt32(), value._value.AsInt32() & Vector256.Create(int.MaxValue)).AsSingle());

    public static Lanes256 Keep(Lanes256 value, int count) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), value._value, Vector256<float>.Zero));

    public static float Largest(Lanes256 sizes) => Lanes128.Largest(new Lanes128(
        Vector128.Max(sizes._value.GetLower().AsInt32(), sizes._value.GetUpper().AsInt32()).AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.ConditionalSelect(
        Vector256.GreaterThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 IfLess(Lanes256 left, Lanes256 right, Lanes256 then, Lanes256 otherwise) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(left._value, right._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value._value));

    public static Lanes256 Pow(Lanes256 x, Lanes256 y) => new(Vector256.Narrow(
        DoubleLanesMath<DoubleLanes256>.Pow(new(Vector256.WidenLower(x._value)), new(Vector256.WidenLower(y._value))).Value,
        DoubleLanesMath<DoubleLanes256>.Pow(new(Vector256.WidenUpper(x._value)), new(Vector256.WidenUpper(y._value))).Value));

    public static Lanes256 Probability(Lanes256 x) => new(Vector256.Narrow(
        DoubleLanesMath<DoubleLanes256>.Probability(new(Vector256.WidenLower(x._value))).Value,
        DoubleLanesMath<DoubleLanes256>.Probability(new(Vector256.WidenUpper(x._value))).Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint LessMask(Lanes256 left, Lanes256 right) => (uint)Vector256.LessThan(left._value, right._value)
        .ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Uniform(uint* words) => new(
        Vector256.ConvertToSingle((Vector256.Load(words) >>> 8).AsInt32()) * Vector256.Create(1f / (1 << 24)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Interpolate(float* table, Lanes256 places)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> i = Avx.ConvertToVector256Int32WithTruncation(places._value);

            // A value and the next one come together: places 0, 1, 4, 5 and 2, 3, 6, 7, so that halves need not be crossed again.
            Vector256<int> order = Avx2.Permute4x64(i.AsInt64(), 0b11_01_10_00).AsInt32();
            Vector256<float> a = Avx2.GatherVector256((double*)table, order.GetLower(), 4).AsSingle(),
                b = Avx2.GatherVector256((double*)table, order.GetUpper(), 4).AsSingle();
            Vector256<float> low = Avx.Shuffle(a, b, 0b10_00_10_00), next = Avx.Shuffle(a, b, 0b11_01_11_01);
            return new(low + (next - low) * (places._value - Vector256.ConvertToSingle(i)));
        }

        return new(Vector256.Create(
            Lanes128.Interpolate(table, new Lanes128(places._value.GetLower())).Value,
            Lanes128.Interpolate(table, new Lanes128(places._value.GetUpper())).Value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup(byte* codes, float* table)
    {
        Vector128<byte> loaded = Vector128.CreateScalar(*(ulong*)codes).AsByte();
        if (Avx2.IsSupported)
        {
            return new(Avx2.PermuteVar8x32(Vector256.Load(table), Avx2.ConvertToVector256Int32(loaded)));
        }

        Vector128<ushort> wide = Vector128.WidenLower(loaded);
        Vector256<int> index = Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt32();
        return new(Vector256.Shuffle(Vector256.Load(table), index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PairSum(Lanes256 low, Lanes256 high)
    {
        if (Avx2.IsSupported)
        {
            // Sums of the halves of both: low 0-3, high 0-3, low 4-7, high 4-7.
            Vector256<double> sums = Avx.HorizontalAdd(low._value, high._value).AsDouble();
            return new(Avx2.Permute4x64(sums, 0b11_01_10_00).AsSingle());
        }

        Vector256<int> split = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        Vector256<float> a = Vector256.Shuffle(low._value, split), b = Vector256.Shuffle(high._value, split);
        return new(Vector256.Create(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PairSum(float* row, int x) => PairSum(Load(row + 2 * x), Load(row + 2 * x + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(float* own, Lanes256 a, float* other, Lanes256 b, int x, out Lanes256 near, out Lanes256 far)
    {
        int at = (x >> 1) - 1;
        Vector256<float> blend = a._value * Vector256.Load(own + at) + b._value * Vector256.Load(other + at);
        near = new(Vector256.Shuffle(blend, Vector256.Create(1, 1, 2, 2, 3, 3, 4, 4)));
        far = new(Vector256.Shuffle(blend, Vector256.Create(0, 2, 1, 3, 2, 4, 3, 5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SpreadNear(float* coarse, int x) => new(Vector256.Shuffle(
        Vector256.Load(coarse + (x >> 1) - 1), Vector256.Create(1, 1, 2, 2, 3, 3, 4, 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SpreadFar(float* coarse, int x) => new(Vector256.Shuffle(
        Vector256.Load(coarse + (x >> 1) - 1), Vector256.Create(0, 2, 1, 3, 2, 4, 3, 5)));
}
