using MathNet.Numerics;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Contrasts;

/// <summary>Tail probabilities of test statistics.</summary>
internal static class Tail
{
    /// <summary>Quantile of the standard normal distribution for a two-sided interval of 95 %.</summary>
    public static double Z95 { get; } = Draws.NormalQuantile(0.975);

    /// <summary>Quantile for a two-sided interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside (0, 1).</exception>
    public static double Z(double level) => level > 0 && level < 1 ? Draws.NormalQuantile(0.5 + (0.5 * level))
        : throw new ArgumentOutOfRangeException(nameof(level), level, "the level must lie between 0 and 1, ends excluded");

    /// <summary>Two-sided p value of a standard normal statistic.</summary>
    public static double TwoSided(double z) => 2 * DetMath.NormalCdf(-Math.Abs(z));

    /// <summary>The p value of the smallest of several tests with this one (Šidák 1967), without losing the digits of small ones.</summary>
    public static double OfSmallest(double p, int tests) => p >= 1 ? 1 : DetMath.Expm1Neg(-tests * LogOnePlus(-p));

    /// <summary>ln(1 + x) without losing the digits of a small x (Goldberg 1991, doi:10.1145/103162.103163, theorem 4).</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : DetMath.Log(sum) * x / (sum - 1);
    }

    /// <summary>Probability that a chi-square variable lies above; 1 without freedom.</summary>
    public static double ChiSquare(double value, int freedom) =>
        double.IsNaN(value) ? double.NaN : freedom <= 0 || value <= 0 ? 1
            : SpecialFunctions.GammaUpperRegularized(0.5 * freedom, 0.5 * value);
}
