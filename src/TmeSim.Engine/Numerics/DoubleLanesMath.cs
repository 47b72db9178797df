using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

/// <summary>
/// The float functions of <see cref="DetMath"/> in lanes: the same operations in the same order, so the same bits after rounding to float.
/// </summary>
internal static class DoubleLanesMath<T>
    where T : struct, IDoubleLanes<T>
{
    // Beyond it eˣ is 0 or +∞ as a float, and 2ᵏ is still a normal double.
    private const double LargestExponent = 690;

    /// <summary>xʸ as <see cref="DetMath.Pow(float, float)"/> before it rounds, for positive finite x and |y| &lt; 10⁶.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Pow(T x, T y) => Exp(y * Log(x));

    /// <summary>1 − e⁻ˣ as <see cref="DetMath.Probability"/> before it rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Probability(T x)
    {
        T minus = T.Splat(-0.0) - x, one = T.Splat(1.0);
        T p = x * (one - x * Tail(minus));
        if (T.AnyLess(T.Splat(0.34), x))
        {
            p = T.IfLess(T.Splat(0.34), x, one - Exp(minus), p);
        }

        return T.IfLess(x, T.Splat(double.Epsilon), T.Splat(0), p);
    }

    // Relative error 4e-10.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exp(T x)
    {
        T most = T.Splat(LargestExponent), least = T.Splat(-LargestExponent), one = T.Splat(1.0);
        x = T.IfLess(most, x, most, T.IfLess(x, least, least, x));
        T k = T.Truncate(T.Splat(DetMath.InverseLn2) * x + T.IfLess(x, T.Splat(0), T.Splat(-0.5), T.Splat(0.5)));
        T r = (x - k * T.Splat(DetMath.Ln2Hi)) - k * T.Splat(DetMath.Ln2Lo);
        return (one + r * (one + r * Tail(r))) * T.PowerOfTwo(k);
    }

    // (e^r - 1 - r) / r^2 on |r| <= 0.35.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tail(T r) => T.Splat(1.0 / 2) + r * (T.Splat(1.0 / 6) + r * (T.Splat(1.0 / 24) + r * (T.Splat(1.0 / 120)
        + r * (T.Splat(1.0 / 720) + r * (T.Splat(1.0 / 5040) + r * T.Splat(1.0 / 40320))))));

    // Relative error 1e-10 for positive normal doubles, and floats are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Log(T x)
    {
        T.Split(x, out T m, out T k);
        T s = (m - T.Splat(1.0)) / (m + T.Splat(1.0));
        T z = s * s;
        T series = T.Splat(1.0) + z * (T.Splat(1.0 / 3) + z * (T.Splat(1.0 / 5) + z * (T.Splat(1.0 / 7) + z * (T.Splat(1.0 / 9)
            + z * T.Splat(1.0 / 11)))));
        return k * T.Splat(DetMath.Ln2Hi) + (T.Splat(2.0) * s * series + k * T.Splat(DetMath.Ln2Lo));
    }
}
