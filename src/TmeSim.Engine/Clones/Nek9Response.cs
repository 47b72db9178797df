using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>
/// Answer of a rule to NEK9 activity n: (a0 + a1 n)/(b0 + b1 n), 1 at n = 1. All hypotheses with a saturating answer have this form
/// (MODEL.md 7.5a).
/// </summary>
internal readonly record struct Nek9Response(float A0, float A1, float B0, float B1)
{
    /// <summary>No answer.</summary>
    public static Nek9Response None => new(1, 0, 1, 0);

    public bool IsNone => this == None;

    /// <summary>H0: base + slope · n/(1 + n).</summary>
    public static Nek9Response Growth(double atZero, double slope) => new((float)atZero, (float)(atZero + slope), 1, 1);

    /// <summary>H1: (1 + k)/(1 + k n).</summary>
    public static Nek9Response Chemokine(double k) => new((float)(1 + k), 0, 1, (float)k);

    /// <summary>H2: (1 + k n/(1 + n))/(1 + k/2).</summary>
    public static Nek9Response Myeloid(double k) => new(1, (float)(1 + k), (float)(1 + k / 2), (float)(1 + k / 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float n) => (A0 + A1 * n) / (B0 + B1 * n);

    /// <summary><see cref="At(float)"/> of several cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane At<TLane>(TLane n)
        where TLane : struct, ILanes<TLane> =>
        (TLane.Splat(A0) + TLane.Splat(A1) * n) / (TLane.Splat(B0) + TLane.Splat(B1) * n);
}
