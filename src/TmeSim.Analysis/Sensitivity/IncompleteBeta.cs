using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>The beta distribution's density and distribution function, with the same bits on every machine.</summary>
/// <remarks>
/// Gamma functions enter only by what Stirling's formula misses, δ(a) = ln Γ(a) − ((a − ½) ln a − a + ½ ln 2π), so that large shapes do not
/// subtract large logarithms (Didonato and Morris 1992, doi:10.1145/131766.131776). Continued fraction: NIST DLMF 8.17.22, evaluated by
/// Lentz's method.
/// </remarks>
internal static class IncompleteBeta
{
    private const double LogTwoPi = 1.8378770664093454836;
    private const int MaximumTerms = 200_000;

    /// <summary>I_x(a, b), the share below x.</summary>
    /// <param name="a">First shape, above 0.</param>
    /// <param name="b">Second shape, above 0.</param>
    /// <param name="x">Where, 0 to 1.</param>
    /// <param name="y">1 − x, given apart for its digits.</param>
    public static double Below(double a, double b, double x, double y)
    {
        if (x <= 0 || y <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        double front = DetMath.Exp(LogPowers(a, b, x, y));
        return x * (a + b + 2) < a + 1 ? front / a * Fraction(a, b, x) : 1 - front / b * Fraction(b, a, y);
    }

    /// <summary>ln of xᵃ yᵇ / B(a, b), with y = 1 − x; x and y above 0.</summary>
    public static double LogPowers(double a, double b, double x, double y) =>
        a * DetMath.Log(x * ((a + b) / a)) + b * DetMath.Log(y * ((a + b) / b))
            + 0.5 * (DetMath.Log(a) + DetMath.Log(b / (a + b)) - LogTwoPi)
        - Stirling(a) - Stirling(b) + Stirling(a + b);

    private static double Stirling(double a)
    {
        // δ(a) − δ(a + 1) = (a + ½) ln((a + 1)/a) − 1 lifts small shapes to where the series holds.
        double lifted = 0;
        for (; a < 12; a++)
        {
            lifted += (a + 0.5) * DetMath.Log((a + 1) / a) - 1;
        }

        double r = 1 / (a * a);
        return lifted + (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360)))))) / a;
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        double c = 1, d = 1 / Away(1 - (a + b) * x / (a + 1)), value = d;
        for (int m = 1; m <= MaximumTerms; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Away(1 + even * d);
            c = Away(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Away(1 + odd * d);
            c = Away(1 + odd / c);
            double step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < 1e-16)
            {
                break;
            }
        }

        return value;

        static double Away(double v) => Math.Abs(v) < tiny ? tiny : v;
    }
}
