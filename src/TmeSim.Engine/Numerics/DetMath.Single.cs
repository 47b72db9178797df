using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Numerics;

// The float functions compute in double with short series and round once.
public static partial class DetMath
{
    /// <summary>eˣ, within 0.51 ulp. Special values as <see cref="Exp(double)"/>; above 88.73 +∞, below −103.98 zero.</summary>
    public static float Exp(float x) => float.IsNaN(x) ? x : (float)ExpShort(x);

    /// <summary>Natural logarithm, within 0.51 ulp. Special values as <see cref="Log(double)"/>.</summary>
    public static float Log(float x)
    {
        if (!(x > 0))
        {
            return x == 0 ? float.NegativeInfinity : float.NaN;
        }

        return float.IsInfinity(x) ? x : (float)LogShort(x);
    }

    /// <summary>xʸ, within 0.6 ulp for positive x. Special values and negative bases as <see cref="Pow(double, double)"/>.</summary>
    public static float Pow(float x, float y)
    {
        if (x > 0 && x < float.PositiveInfinity && Math.Abs(y) < 1e6f)
        {
            return (float)ExpShort(y * LogShort(x));
        }

        return (float)Pow((double)x, y);
    }

    /// <summary>
    /// 1 − e⁻ˣ, the probability of an event of rate × time step <paramref name="rateTimesDt"/>, within 0.51 ulp also for small
    /// arguments. Zero and negative → 0, +∞ → 1, NaN → NaN; 1 exactly from about 17.4, where the event is certain
    /// against a 24-bit uniform draw.
    /// </summary>
    public static float Probability(float rateTimesDt)
    {
        if (!(rateTimesDt > 0))
        {
            return float.IsNaN(rateTimesDt) ? rateTimesDt : 0f;
        }

        double x = rateTimesDt;
        return x > 0.34 ? (float)(1.0 - ExpShort(-x)) : (float)(x * (1.0 - x * ShortTail(-x)));
    }

    /// <summary>
    /// Hill function xⁿ / (kⁿ + xⁿ) for k &gt; 0 and n &gt; 0; half at x = k. Zero and negative x → 0, +∞ → 1, NaN → NaN.
    /// n = 1 and n = 2 need no power and are within 3 ulp.
    /// </summary>
    public static double Hill(double x, double k, double n)
    {
        if (!(x > 0))
        {
            return double.IsNaN(x) ? x : 0;
        }

        if (double.IsInfinity(x))
        {
            return 1;
        }

        // Ratios, not powers of x and k, so that nothing overflows; the ratio is at most 1 on either side.
        bool below = x <= k;
        double ratio = below ? x / k : k / x;
        double power = n == 1 ? ratio : n == 2 ? ratio * ratio : Pow(ratio, n);
        return below ? power / (1 + power) : 1 / (1 + power);
    }

    /// <inheritdoc cref="Hill(double, double, double)"/>
    public static float Hill(float x, float k, float n)
    {
        if (!(x > 0))
        {
            return float.IsNaN(x) ? x : 0;
        }

        if (float.IsInfinity(x))
        {
            return 1;
        }

        bool below = x <= k;
        float ratio = below ? x / k : k / x;
        float power = n == 1 ? ratio : n == 2 ? ratio * ratio : Pow(ratio, n);
        return below ? power / (1 + power) : 1 / (1 + power);
    }

    // Relative error 4e-10: Taylor to the eighth power on |r| <= ln(2)/2.
    private static double ExpShort(double x)
    {
        if (x > 710)
        {
            return double.PositiveInfinity;
        }

        if (x < -700)
        {
            return 0;
        }

        int k = (int)(InverseLn2 * x + (x < 0 ? -0.5 : 0.5));
        double r = (x - k * Ln2Hi) - k * Ln2Lo;
        return Scale(1.0 + r * (1.0 + r * ShortTail(r)), k);
    }

    // (e^r - 1 - r) / r^2 on |r| <= 0.35.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ShortTail(double r) => 1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720
        + r * (1.0 / 5040 + r * (1.0 / 40320))))));

    // Relative error 1e-10 for positive normal doubles, and floats are: artanh series of (m - 1)/(m + 1) with m in [sqrt(1/2), sqrt 2].
    private static double LogShort(double x)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        ulong shifted = bits - 0x3FE6A09E667F3BCD;
        int k = (int)((long)shifted >> 52);
        double m = BitConverter.UInt64BitsToDouble(bits - ((ulong)(long)k << 52));
        double s = (m - 1.0) / (m + 1.0);
        double z = s * s;
        double series = 1.0 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11)))));
        return k * Ln2Hi + (2.0 * s * series + k * Ln2Lo);
    }
}
