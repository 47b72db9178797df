namespace TmeSim.Engine.Numerics;

/// <summary>
/// Exponential, logarithm and power that give the same bits on every x86-64 machine and operating system: additions,
/// multiplications, divisions and integer steps in a fixed order, no FMA, no call to the C library.
/// </summary>
/// <remarks>
/// The double functions follow fdlibm (Sun Microsystems 1993, e_exp.c, e_log.c, e_pow.c). Error bounds are in units in the
/// last place (ulp) of the result and are tested over dense samples. Whole-number literals bind to the float overloads: write 2.0.
/// </remarks>
public static partial class DetMath
{
    internal const double Ln2Hi = 6.93147180369123816490e-01;
    internal const double Ln2Lo = 1.90821492927058770002e-10;
    internal const double InverseLn2 = 1.44269504088896338700e+00;
    private const double P1 = 1.66666666666666019037e-01;
    private const double P2 = -2.77777777770155933842e-03;
    private const double P3 = 6.61375632143793436117e-05;
    private const double P4 = -1.65339022054652515390e-06;
    private const double P5 = 4.13813679705723846039e-08;

    /// <summary>
    /// eˣ, within 1 ulp (2 ulp where the result is subnormal). +∞ → +∞, −∞ → 0, NaN → NaN; above 709.79 +∞, below −745.14 zero.
    /// </summary>
    public static double Exp(double x)
    {
        if (!(x <= 709.782712893383973096))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -745.13321910194110842)
        {
            return 0;
        }

        int k = (int)(InverseLn2 * x + (x < 0 ? -0.5 : 0.5));
        double high = x - k * Ln2Hi;
        double low = k * Ln2Lo;
        double r = high - low;
        double t = r * r;
        double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        return Scale(1.0 - ((low - r * c / (2.0 - c)) - high), k);
    }

    /// <summary>
    /// 1 − e⁻ˣ for x ≥ 0, within 3 ulp also for small x: the probability of an event of rate·time x.
    /// Zero and negative x → 0, +∞ → 1, NaN → NaN. The result lies in [0, 1].
    /// </summary>
    public static double Expm1Neg(double x)
    {
        if (!(x > 0))
        {
            return double.IsNaN(x) ? x : 0;
        }

        if (x > 0.34657359027997264)
        {
            return 1.0 - Exp(-x);
        }

        // e^r - 1 = r + r c / (2 - c) with r = -x: the same rational form as in Exp, without the rounding to 1.
        double r = -x;
        double t = r * r;
        double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
        return -(r + r * c / (2.0 - c));
    }

    /// <summary>Natural logarithm, within 1 ulp. 0 → −∞, negative → NaN, +∞ → +∞, NaN → NaN; subnormals are exact inputs.</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.NegativeInfinity : double.NaN;
        }

        if (double.IsInfinity(x))
        {
            return x;
        }

        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            k = -54;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        int high = (int)(bits >> 32);
        k += (high >> 20) - 1023;
        high &= 0x000FFFFF;
        int i = (high + 0x95F64) & 0x100000;
        double mantissa = BitConverter.UInt64BitsToDouble(((ulong)(uint)(high | (i ^ 0x3FF00000)) << 32) | (uint)bits);
        k += i >> 20;
        double f = mantissa - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double even = z * (6.666666666666735130e-01
            + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        double r = odd + even;
        double half = 0.5 * f * f;
        return k * Ln2Hi - ((half - (s * (half + r) + k * Ln2Lo)) - f);
    }

    /// <summary>Square root; correctly rounded by IEEE 754 on every machine. Negative → NaN.</summary>
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <inheritdoc cref="Sqrt(double)"/>
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <summary>value · 2ᵏ for value near 1 and k in [−1100, 1100]; one rounding at most, for subnormal results.</summary>
    private static double Scale(double value, int k)
    {
        if (k > 1023)
        {
            return value * 8.98846567431158e307 * PowerOfTwo(k - 1023);
        }

        return k >= -1021 ? value * PowerOfTwo(k) : value * PowerOfTwo(k + 200) * 6.223015277861142e-61;
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
