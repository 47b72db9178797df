using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace TmeSim.Analysis.Contrasts;

/// <summary>Student's t of a sample whose mean is not 0 (MathNet has the central one only).</summary>
internal static class NoncentralT
{
    private const int Order = 64;

    /// <summary>P(|T| ≥ t), by Gauss–Legendre over the scale of the sample; absolute error below 1e-6.</summary>
    /// <param name="t">Threshold, zero or more.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more.</param>
    /// <param name="center">True mean in units of its true standard error.</param>
    public static double Beyond(double t, double freedom, double center)
    {
        // The scale s = sqrt(chi squared / freedom) lies around 1; beyond eight standard deviations nothing is left.
        double reach = 8 / Math.Sqrt(2 * freedom);
        return GaussLegendreRule.Integrate(
            s => 2 * freedom * s * ChiSquared.PDF(freedom, freedom * s * s) * (Normal.CDF(0, 1, center - (t * s))
            + Normal.CDF(0, 1, -center - (t * s))),
            Math.Max(0, 1 - reach), 1 + reach, Order);
    }

    /// <summary>
    /// The size of the true mean, in units of its true standard error, that gives |T| ≥ t with a probability: a lower bound of it at the
    /// confidence 1 − probability.
    /// </summary>
    /// <returns>0 where a mean of 0 gives it more often already.</returns>
    public static double LowerBound(double t, double freedom, double probability) =>
        Beyond(t, freedom, 0) >= probability ? 0 : Brent.FindRoot(center => Beyond(t, freedom, center) - probability, 0, t + 10, 1e-6, 200);
}
