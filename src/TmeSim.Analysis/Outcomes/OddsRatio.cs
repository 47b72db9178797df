using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Odds of an outcome in one group over those in another.</summary>
/// <param name="Ratio">The ratio with its 95 % interval on the logarithm (Woolf 1955); NaN where a group is empty.</param>
/// <param name="LogStandardError">Standard error of the logarithm.</param>
/// <param name="P">Fisher's exact p value; see <see cref="FisherExact"/>.</param>
/// <param name="IsCorrected">A cell was 0, and ½ was added to all four (Haldane 1956; Anscombe 1956, doi:10.1093/biomet/43.3-4.461): the
/// ratio is then drawn towards 1. The p value is that of the table as counted.</param>
public readonly record struct OddsRatio(Estimate Ratio, double LogStandardError, double P, bool IsCorrected)
{
    /// <summary>Estimates the ratio, first group over second.</summary>
    /// <param name="hits">Patients of the first group with the outcome, zero or more.</param>
    /// <param name="misses">Patients of the first group without it.</param>
    /// <param name="otherHits">Patients of the second group with the outcome.</param>
    /// <param name="otherMisses">Patients of the second group without it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static OddsRatio Of(int hits, int misses, int otherHits, int otherMisses)
    {
        double p = FisherExact.P(hits, misses, otherHits, otherMisses);
        if (hits + (long)misses == 0 || otherHits + (long)otherMisses == 0)
        {
            return new OddsRatio(Estimate.None, double.NaN, p, false);
        }

        bool isCorrected = hits == 0 || misses == 0 || otherHits == 0 || otherMisses == 0;
        double more = isCorrected ? 0.5 : 0, a = hits + more, b = misses + more, c = otherHits + more, d = otherMisses + more;
        double log = DetMath.Log(a / b) - DetMath.Log(c / d), error = Math.Sqrt((1 / a) + (1 / b) + (1 / c) + (1 / d));
        double half = Tail.Z95 * error;
        return new OddsRatio(new Estimate(a * d / (b * c), DetMath.Exp(log - half), DetMath.Exp(log + half)), error, p, isCorrected);
    }
}
