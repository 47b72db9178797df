using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Immune;

/// <summary><see cref="CheckpointBinding"/> in lanes: the same operations in the same order, so the same bits. No NaN.</summary>
internal static class CheckpointLanes
{
    /// <inheritdoc cref="CheckpointBinding.Bonds(float, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Bonds<T>(T pd1, T pdl1, T kd)
        where T : struct, ILanes<T>
    {
        T none = T.Splat(0), two = T.Splat(2), difference = pd1 - pdl1;
        T root = T.Sqrt(difference * difference + kd * (kd + two * (pd1 + pdl1)));
        T bonds = two * pd1 * pdl1 / (pd1 + pdl1 + kd + root);
        return T.IfLess(none, pd1, T.IfLess(none, pdl1, bonds, none), none);
    }

    /// <inheritdoc cref="CheckpointBinding.Suppression(float, float, float)"/>
    /// <param name="bonds">Finite.</param>
    /// <param name="half">Positive.</param>
    /// <param name="n">Positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Suppression<T>(T bonds, T half, float n)
        where T : struct, ILanes<T>
    {
        // The smaller by the larger one, as DetMath.Hill.
        T one = T.Splat(1), none = T.Splat(0);
        T ratio = T.IfLess(half, bonds, half, bonds) / T.IfLess(half, bonds, bonds, half);
        T power = n == 1 ? ratio : n == 2 ? ratio * ratio : T.Pow(ratio, T.Splat(n));
        T suppression = T.IfLess(half, bonds, one, power) / (one + power);
        return T.IfLess(none, bonds, suppression, none);
    }
}
