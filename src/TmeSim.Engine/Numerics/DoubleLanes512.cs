using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Numerics;

/// <summary>8 doubles in one 512-bit register.</summary>
internal readonly struct DoubleLanes512(Vector512<double> value) : IDoubleLanes<DoubleLanes512>
{
    public Vector512<double> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Splat(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 operator +(DoubleLanes512 left, DoubleLanes512 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 operator -(DoubleLanes512 left, DoubleLanes512 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 operator *(DoubleLanes512 left, DoubleLanes512 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 operator /(DoubleLanes512 left, DoubleLanes512 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Truncate(DoubleLanes512 value) => new(Vector512.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(DoubleLanes512 left, DoubleLanes512 right) => Vector512.LessThanAny(left.Value, right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 IfLess(DoubleLanes512 left, DoubleLanes512 right, DoubleLanes512 then, DoubleLanes512 otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 PowerOfTwo(DoubleLanes512 k) => new(
        (((k.Value + Vector512.Create(DoubleLaneConstants.SignedWhole)).AsInt64() + Vector512.Create(1023L)) << 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(DoubleLanes512 value, out DoubleLanes512 m, out DoubleLanes512 k)
    {
        Vector512<ulong> bits = value.Value.AsUInt64(), shifted = bits - Vector512.Create(DoubleLaneConstants.RootHalf);
        m = new((bits - (shifted & Vector512.Create(DoubleLaneConstants.Exponent))).AsDouble());
        Vector512<ulong> whole = ((shifted >>> 52) ^ Vector512.Create(0x800UL)) | Vector512.Create(DoubleLaneConstants.Whole);
        k = new(whole.AsDouble() - Vector512.Create((double)(1L << 52) + 0x800));
    }
}
