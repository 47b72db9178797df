using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Numerics;

/// <summary>4 doubles in one 256-bit register.</summary>
internal readonly struct DoubleLanes256(Vector256<double> value) : IDoubleLanes<DoubleLanes256>
{
    public Vector256<double> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Splat(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 operator +(DoubleLanes256 left, DoubleLanes256 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 operator -(DoubleLanes256 left, DoubleLanes256 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 operator *(DoubleLanes256 left, DoubleLanes256 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 operator /(DoubleLanes256 left, DoubleLanes256 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Truncate(DoubleLanes256 value) => new(Vector256.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(DoubleLanes256 left, DoubleLanes256 right) => Vector256.LessThanAny(left.Value, right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 IfLess(DoubleLanes256 left, DoubleLanes256 right, DoubleLanes256 then, DoubleLanes256 otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(left.Value, right.Value), then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 PowerOfTwo(DoubleLanes256 k) => new(
        (((k.Value + Vector256.Create(DoubleLaneConstants.SignedWhole)).AsInt64() + Vector256.Create(1023L)) << 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(DoubleLanes256 value, out DoubleLanes256 m, out DoubleLanes256 k)
    {
        Vector256<ulong> bits = value.Value.AsUInt64(), shifted = bits - Vector256.Create(DoubleLaneConstants.RootHalf);
        m = new((bits - (shifted & Vector256.Create(DoubleLaneConstants.Exponent))).AsDouble());
        Vector256<ulong> whole = ((shifted >>> 52) ^ Vector256.Create(0x800UL)) | Vector256.Create(DoubleLaneConstants.Whole);
        k = new(whole.AsDouble() - Vector256.Create((double)(1L << 52) + 0x800));
    }
}
