namespace TmeSim.Engine.Numerics;

public static partial class Draws
{
    private const double InversionLimit = 30;
    private const double LargestMean = 1e9;

    /// <summary>
    /// Poisson count of the given mean [0, 10⁹]: inversion below 30, Hörmann's transformed rejection PTRS from there
    /// (Insurance: Math. Econ. 12 (1993) 39, doi:10.1016/0167-6687(93)90997-4).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The mean is negative, above 10⁹ or NaN.</exception>
    public static int Poisson(double mean, ref PhiloxStream stream)
    {
        if (!(mean >= 0 && mean <= LargestMean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "the mean of a Poisson draw must lie between 0 and 1e9");
        }

        return mean == 0 ? 0 : mean < InversionLimit ? ByInversion(mean, ref stream) : ByRejection(mean, ref stream);
    }

    /// <summary>ln(n!) for n ≥ 0, relative error below 1e-14; 0 for 0 and 1.</summary>
    public static double LogFactorial(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n < 15)
        {
            double product = 1;
            for (int i = 2; i <= n; i++)
            {
                product *= i;
            }

            return DetMath.Log(product);
        }

        // Stirling series of ln Gamma(z): the first dropped term is below 1e-15 at z = 16.
        double z = n + 1.0;
        double w = 1 / (z * z);
        double series = (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188))))) / z;
        return (z - 0.5) * DetMath.Log(z) - z + 0.91893853320467274178 + series;
    }

    private static int ByInversion(double mean, ref PhiloxStream stream)
    {
        double u = stream.NextDouble();
        double term = DetMath.Exp(-mean);
        double sum = term;
        int k = 0;

        // Beyond k = 200 lies a probability below 1e-80 at mean 30: the bound only guards against a sum rounded to below u.
        while (u >= sum && k < 200)
        {
            k++;
            term *= mean / k;
            sum += term;
        }

        return k;
    }

    private static int ByRejection(double mean, ref PhiloxStream stream)
    {
        double root = DetMath.Sqrt(mean);
        double logMean = DetMath.Log(mean);
        double b = 0.931 + 2.53 * root;
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double vr = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            double u = UniformOpen(stream.Next()) - 0.5;
            double v = UniformOpen(stream.Next());
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= vr)
            {
                return (int)k;
            }

            if (k < 0 || k >= int.MaxValue || (us < 0.013 && v > us))
            {
                continue;
            }

            double accepted = DetMath.Log(v * inverseAlpha / (a / (us * us) + b));
            if (accepted <= k * logMean - mean - LogFactorial((int)k))
            {
                return (int)k;
            }
        }
    }
}
