using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Fields;

/// <summary>4 floats in one 128-bit register.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    private readonly Vector128<float> _value = value;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Splat(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Flush(Lanes128 value) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(Vector128.Abs(value._value), Vector128.Create(LaneConstants.Tiny)), Vector128<float>.Zero, value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MaxAbs(Lanes128 size, Lanes128 value) => new(Vector128.Max(
        size._value.AsInt32(), value._value.AsInt32() & Vector128.Create(int.MaxValue)).AsSingle());

    public static Lanes128 Keep(Lanes128 value, int count) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle(), value._value, Vector128<float>.Zero));

    public static float Largest(Lanes128 sizes)
    {
        int largest = 0;
        for (int lane = 0; lane < 4; lane++)
        {
            largest = Math.Max(largest, sizes._value.AsInt32().GetElement(lane));
        }

        return BitConverter.Int32BitsToSingle(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(left._value, right._value), left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Lookup(byte* codes, float* table) =>
        new(Vector128.Create(table[codes[0] & 15], table[codes[1] & 15], table[codes[2] & 15], table[codes[3] & 15]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 PairSum(float* row, int x)
    {
        float* from = row + 2 * x;
        return new(Vector128.Create(from[0], from[2], from[4], from[6]) + Vector128.Create(from[1], from[3], from[5], from[7]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SpreadNear(float* coarse, int x) => new(Vector128.Shuffle(
        Vector128.Load(coarse + (x >> 1) - 1), Vector128.Create(1, 1, 2, 2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SpreadFar(float* coarse, int x) => new(Vector128.Shuffle(
        Vector128.Load(coarse + (x >> 1) - 1), Vector128.Create(0, 2, 1, 3)));
}
