using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TmeSim.Engine.Numerics;

/// <summary>2 doubles in one 128-bit register.</summary>
internal readonly struct DoubleLanes128(Vector128<double> value) : IDoubleLanes<DoubleLanes128>
{
    public Vector128<double> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Splat(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 operator +(DoubleLanes128 left, DoubleLanes128 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 operator -(DoubleLanes128 left, DoubleLanes128 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 operator *(DoubleLanes128 left, DoubleLanes128 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 operator /(DoubleLanes128 left, DoubleLanes128 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Truncate(DoubleLanes128 value) => new(Vector128.Truncate(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(DoubleLanes128 left, DoubleLanes128 right) => Vector128.LessThanAny(left.Value, right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 IfLess(DoubleLanes128 left, DoubleLanes128 right, DoubleLanes128 then, DoubleLanes128 otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(left.Value, right.Value), then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 PowerOfTwo(DoubleLanes128 k) => new(
        (((k.Value + Vector128.Create(DoubleLaneConstants.SignedWhole)).AsInt64() + Vector128.Create(1023L)) << 52).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(DoubleLanes128 value, out DoubleLanes128 m, out DoubleLanes128 k)
    {
        Vector128<ulong> bits = value.Value.AsUInt64(), shifted = bits - Vector128.Create(DoubleLaneConstants.RootHalf);
        m = new((bits - (shifted & Vector128.Create(DoubleLaneConstants.Exponent))).AsDouble());
        Vector128<ulong> whole = ((shifted >>> 52) ^ Vector128.Create(0x800UL)) | Vector128.Create(DoubleLaneConstants.Whole);
        k = new(whole.AsDouble() - Vector128.Create((double)(1L << 52) + 0x800));
    }
}
