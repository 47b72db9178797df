using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Contrasts;

/// <summary>One coefficient of a model on the scale of logarithms: of hazards or of odds.</summary>
/// <param name="Name">Name of the covariate.</param>
/// <param name="Coefficient">Logarithm of the ratio for one unit more; ±∞ where <paramref name="IsInfinite"/>.</param>
/// <param name="StandardError">Its standard error; ∞ where <paramref name="IsInfinite"/>.</param>
/// <param name="Ratio">Hazard or odds ratio with its 95 % interval (Wald); (0 or ∞, 0, ∞) where <paramref name="IsInfinite"/>.</param>
/// <param name="Z">Wald statistic; NaN where <paramref name="IsInfinite"/>.</param>
/// <param name="P">Its two-sided p value; NaN where <paramref name="IsInfinite"/>: see the likelihood-ratio test.</param>
/// <param name="IsInfinite">The likelihood grows without end along this covariate: it separates those with the event from the
/// others.</param>
public sealed record RegressionTerm(
    string Name, double Coefficient, double StandardError, Estimate Ratio, double Z, double P, bool IsInfinite)
{
    /// <summary>A term from its coefficient and standard error.</summary>
    internal static RegressionTerm Of(string name, double coefficient, double error, bool isInfinite)
    {
        if (isInfinite)
        {
            double end = Math.CopySign(double.PositiveInfinity, coefficient);
            return new RegressionTerm(name, end, double.PositiveInfinity,
                new Estimate(coefficient > 0 ? end : 0, 0, double.PositiveInfinity), double.NaN, double.NaN, true);
        }

        double z = coefficient / error, half = Tail.Z95 * error;
        var ratio = new Estimate(DetMath.Exp(coefficient), DetMath.Exp(coefficient - half), DetMath.Exp(coefficient + half));
        return new RegressionTerm(name, coefficient, error, ratio, z, Tail.TwoSided(z), false);
    }
}
