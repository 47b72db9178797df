using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Fields;

/// <summary>8 floats in one 256-bit register.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    private readonly Vector256<float> _value = value;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Splat(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Flush(Lanes256 value) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256.Abs(value._value), Vector256.Create(LaneConstants.Tiny)), Vector256<float>.Zero, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MaxAbs(Lanes256 size, Lanes256 value) => new(Vector256.Max(
        size._value.AsInt32(), value._value.AsInt32() & Vector256.Create(int.MaxValue)).AsSingle());

    public static Lanes256 Keep(Lanes256 value, int count) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), value._value, Vector256<float>.Zero));

    public static float Largest(Lanes256 sizes)
    {
        int largest = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            largest = Math.Max(largest, sizes._value.AsInt32().GetElement(lane));
        }

        return BitConverter.Int32BitsToSingle(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup(byte* codes, float* table)
    {
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)codes).AsByte());
        Vector256<int> index = Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt32();
        return new(Vector256.Shuffle(Vector256.Load(table), index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 PairSum(float* row, int x)
    {
        Vector256<int> split = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        Vector256<float> low = Vector256.Shuffle(Vector256.Load(row + 2 * x), split);
        Vector256<float> high = Vector256.Shuffle(Vector256.Load(row + 2 * x + 8), split);
        return new(Vector256.Create(low.GetLower() + low.GetUpper(), high.GetLower() + high.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SpreadNear(float* coarse, int x) => new(Vector256.Shuffle(
        Vector256.Load(coarse + (x >> 1) - 1), Vector256.Create(1, 1, 2, 2, 3, 3, 4, 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SpreadFar(float* coarse, int x) => new(Vector256.Shuffle(
        Vector256.Load(coarse + (x >> 1) - 1), Vector256.Create(0, 2, 1, 3, 2, 4, 3, 5)));
}
