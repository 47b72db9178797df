using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>A rank correlation with its uncertainty.</summary>
/// <param name="Coefficient">The correlation, −1 to 1; NaN where it is not defined. No interval with too few points.</param>
/// <param name="P">Two-sided p value of "no correlation"; NaN with too few points.</param>
/// <param name="Count">Points used.</param>
public readonly record struct RankCorrelation(Estimate Coefficient, double P, int Count)
{
    /// <summary>Nothing can be said.</summary>
    internal static RankCorrelation Undefined(int count) => new(Estimate.None, double.NaN, count);

    /// <summary>Interval and p value of a correlation of what <paramref name="others"/> variables leave over.</summary>
    /// <remarks>
    /// p: Student's t with n − 2 − g degrees of freedom, g the number of other variables. Interval: Fisher's z with standard error
    /// 1/√(n − 3 − g) (Fisher 1924, Metron 3, 329). For ranks it is an approximation: in Latin hypercubes it covers 93 to 98 %, and 89 to
    /// 92 % with 12 to 40 points where one factor explains nearly all; over points drawn one by one it then covers as little as 63 %.
    /// </remarks>
    internal static RankCorrelation From(double value, int count, int others)
    {
        int freedom = count - 2 - others;
        if (double.IsNaN(value) || freedom < 1)
        {
            return Undefined(count);
        }

        value = Math.Clamp(value, -1, 1);
        double rest = (1 - value) * (1 + value);
        double p = rest == 0 ? 0 : IncompleteBeta.Below(0.5 * freedom, 0.5, rest, value * value);
        if (freedom < 2)
        {
            return new RankCorrelation(Estimate.Without(value), p, count);
        }

        if (rest == 0)
        {
            return new RankCorrelation(new(value, value, value), p, count);
        }

        double z = 0.5 * DetMath.Log((1 + value) / (1 - value)), half = Draws.NormalQuantile(0.975) / DetMath.Sqrt(freedom - 1.0);
        return new RankCorrelation(new(value, Tanh(z - half), Tanh(z + half)), p, count);
    }

    private static double Tanh(double z)
    {
        double gone = DetMath.Expm1Neg(2 * Math.Abs(z));
        return Math.CopySign(gone / (2 - gone), z);
    }
}
