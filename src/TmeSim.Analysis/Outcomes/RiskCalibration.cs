using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Whether predicted risks come true (Van Calster et al. 2019, doi:10.1186/s12916-019-1466-7).</summary>
/// <param name="Groups">Groups of ascending risk, divided at quantiles of the risk; equal risks stay together, so there may be
/// fewer.</param>
/// <param name="Slope">Slope of the outcome's log odds over the predicted ones with its 95 % interval (Wald): 1 is right, below 1 are
/// predictions that are too extreme (Cox 1958, doi:10.1093/biomet/45.3-4.562).</param>
/// <param name="Intercept">Log odds that predictions miss on average (calibration in the large, slope held at 1): 0 is right, above 0 are
/// predictions that are too low.</param>
/// <param name="Brier">Mean squared difference of risk and outcome (Brier 1950), 0 to 1; the smaller, the better.</param>
/// <param name="HosmerLemeshow">Test over the groups with two degrees of freedom less than groups (Hosmer and Lemeshow 1980,
/// doi:10.1080/03610928008827941), for a model fitted to the same patients; on new patients refer the statistic to all groups.</param>
public sealed record RiskCalibration(
    IReadOnlyList<RiskGroup> Groups, Estimate Slope, Estimate Intercept, double Brier, ModelTest HosmerLemeshow)
{
    /// <summary>Compares risks with outcomes.</summary>
    /// <param name="risks">Predicted probability of each patient, 0 to 1.</param>
    /// <param name="outcomes">Outcome of each.</param>
    /// <param name="groups">Number of groups, at least 2.</param>
    /// <returns>The calibration. Slope and intercept are NaN where a risk is 0 or 1, all outcomes are the same, or risks separate them; the
    /// slope where all risks are the same.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there is no patient, or a risk lies outside [0, 1]; the message has its
    /// index.</exception>
    public static RiskCalibration Of(IReadOnlyList<double> risks, IReadOnlyList<bool> outcomes, int groups = 10)
    {
        ArgumentNullException.ThrowIfNull(risks);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        double[] p = [.. risks];
        bool[] y = [.. outcomes];
        int wrong = Array.FindIndex(p, r => !(r >= 0 && r <= 1));
        if (p.Length != y.Length || p.Length == 0 || wrong >= 0)
        {
            throw new ArgumentException(wrong >= 0 ? $"risk {wrong} (counted from 0) is {p[wrong]} and does not lie between 0 and 1"
                : $"{p.Length} risks need as many outcomes and at least one, not {y.Length}", nameof(risks));
        }

        RiskGroup[] grouped = Grouped(p, y, groups);
        double statistic = grouped.Sum(Misfit), brier = p.Zip(y, (r, o) => (r - (o ? 1 : 0)) * (r - (o ? 1 : 0))).Average();
        (Estimate slope, Estimate intercept) = Line(p, y);
        return new RiskCalibration(grouped, slope, intercept, brier, ModelTest.Of(statistic, grouped.Length - 2));
    }

    private static RiskGroup[] Grouped(double[] risks, bool[] outcomes, int groups)
    {
        double[] cuts = Quantiles.Of(risks, [.. Enumerable.Range(1, groups).Select(g => (double)g / groups)]);
        cuts[^1] = 1;
        return
        [
            .. Enumerable.Range(0, risks.Length).GroupBy(i => Array.FindIndex(cuts, c => risks[i] <= c)).OrderBy(g => g.Key).Select(g =>
            {
                int[] members = [.. g];
                int hits = members.Count(i => outcomes[i]);
                return new RiskGroup(members.Min(i => risks[i]), members.Max(i => risks[i]), members.Length, hits,
                    members.Average(i => risks[i]), Proportion.Wilson(hits, members.Length));
            }),
        ];
    }

    // What is certain must come true.
    private static double Misfit(RiskGroup group)
    {
        double expected = group.Count * group.Predicted, off = group.Hits - expected, variance = expected * (1 - group.Predicted);
        return variance > 0 ? off * off / variance : off == 0 ? 0 : double.PositiveInfinity;
    }

    private static (Estimate Slope, Estimate Intercept) Line(double[] risks, bool[] outcomes)
    {
        if (risks.Any(r => r is <= 0 or >= 1) || !outcomes.Contains(true) || !outcomes.Contains(false))
        {
            return (Estimate.None, Estimate.None);
        }

        double[] odds = [.. risks.Select(r => DetMath.Log(r / (1 - r)))];
        NewtonFit large = NewtonFit.Maximise([0], new LogisticLikelihood(outcomes, [.. odds.Select(_ => (double[])[1])], odds).At);
        if (odds.Max() - odds.Min() < 1e-9)
        {
            return (Estimate.None, Around(large, 0));
        }

        NewtonFit line = NewtonFit.Maximise([0, 1], new LogisticLikelihood(outcomes, [.. odds.Select(o => (double[])[1, o])], null).At);
        return (Around(line, 1), Around(large, 0));
    }

    private static Estimate Around(NewtonFit fit, int index)
    {
        double value = fit.Coefficients[index], half = Tail.Z95 * Math.Sqrt(fit.Covariance[index, index]);
        return fit.IsConverged && !fit.IsInfinite.Contains(true) ? new Estimate(value, value - half, value + half) : Estimate.None;
    }
}
