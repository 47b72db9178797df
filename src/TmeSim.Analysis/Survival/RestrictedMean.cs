using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Survival;

/// <summary>
/// Mean time without the event up to a horizon, the area under the Kaplan-Meier curve (Royston and Parmar 2013,
/// doi:10.1186/1471-2288-13-152). It needs no proportional hazards.
/// </summary>
/// <param name="Horizon">The horizon, in the unit of the times.</param>
/// <param name="Mean">Mean time with its 95 % interval (normal).</param>
/// <param name="StandardError">Standard error by Greenwood's formula, as survfit(rmean = ) of R.</param>
public readonly record struct RestrictedMean(double Horizon, Estimate Mean, double StandardError)
{
    /// <summary>Estimates the mean time.</summary>
    /// <param name="patients">Patients, at least one.</param>
    /// <param name="horizon">The horizon, above 0; not beyond the last time unless all patients of that time had the event and nobody is
    /// left.</param>
    /// <exception cref="ArgumentException">There is no patient, a time is negative or not finite, or the curve does not reach the
    /// horizon; the message has the longest one.</exception>
    public static RestrictedMean Of(IReadOnlyList<FollowUp> patients, double horizon)
    {
        KaplanMeier curve = KaplanMeier.Of(patients);
        if (!(horizon > 0 && double.IsFinite(horizon)) || curve.Count == 0 || (horizon > curve.LastTime && curve.Steps[^1].Survival > 0))
        {
            throw new ArgumentException(curve.Count == 0 ? "a restricted mean needs a patient"
                : $"the horizon of a restricted mean must be above 0 and at most the longest follow-up, {curve.LastTime}, not {horizon}",
                nameof(horizon));
        }

        // Backwards: the area that is left after each event is what the event can change.
        double area = 0, variance = 0, to = horizon;
        for (int s = curve.Steps.Count - 1; s >= 0; s--)
        {
            SurvivalStep step = curve.Steps[s];
            if (step.Time > horizon)
            {
                continue;
            }

            area += step.Survival * (to - step.Time);
            to = step.Time;
            int left = step.AtRisk - step.Events;
            variance += left == 0 ? 0 : area * area * step.Events / ((double)step.AtRisk * left);
        }

        area += to;
        return new RestrictedMean(horizon, Around(area, Math.Sqrt(variance)), Math.Sqrt(variance));
    }

    /// <summary>How much each patient moves the mean: influences, whose squares add up to the variance of the mean (infinitesimal jackknife). As
    /// residuals(survfit, type = "auc") of R.</summary>
    /// <param name="patients">Patients, at least one.</param>
    /// <param name="horizon">The horizon, as in <see cref="Of"/>.</param>
    /// <returns>An influence for each patient, in their order; their sum is 0.</returns>
    public static double[] Influences(IReadOnlyList<FollowUp> patients, double horizon)
    {
        KaplanMeier curve = KaplanMeier.Of(patients);
        SurvivalStep[] steps = [.. curve.Steps.Where(s => s.Time <= horizon && s.Events > 0)];

        // Area that is left behind each event, and the part of the mean that those at risk until then have answered for.
        double[] left = new double[steps.Length], answered = new double[steps.Length + 1];
        double area = 0, to = horizon;
        foreach ((int s, SurvivalStep step) in steps.Index().Reverse())
        {
            area += step.Survival * (to - step.Time);
            (left[s], to) = (area, step.Time);
        }

        // A step that leaves nobody has no area behind it.
        double[] rates = [.. steps.Select((s, i) => s.AtRisk == s.Events ? 0 : left[i] / (s.AtRisk - s.Events))];
        foreach ((int s, SurvivalStep step) in steps.Index())
        {
            answered[s + 1] = answered[s] + (rates[s] * step.Events / step.AtRisk);
        }

        return [.. patients.Select(p =>
        {
            int upTo = steps.Count(s => s.Time <= p.Time);
            return answered[upTo] - (p.Event && upTo > 0 && steps[upTo - 1].Time == p.Time ? rates[upTo - 1] : 0);
        })];
    }

    /// <summary>Difference of two arms that the same patients may be in, first less second: its variance is that of the differences within
    /// patients.</summary>
    /// <param name="first">Patients of the first arm, at least one.</param>
    /// <param name="second">Those of the second.</param>
    /// <param name="firstNames">A number for each patient of the first arm.</param>
    /// <param name="secondNames">The same of the second; the same number is the same patient.</param>
    /// <param name="horizon">The horizon, as in <see cref="Of"/> for both.</param>
    /// <exception cref="ArgumentException">As <see cref="Of"/>, or a list of numbers is not as long as its arm.</exception>
    public static Estimate PairedDifference(IReadOnlyList<FollowUp> first, IReadOnlyList<FollowUp> second, IReadOnlyList<int> firstNames,
        IReadOnlyList<int> secondNames, double horizon)
    {
        FollowUp.CheckCount(first.Count, firstNames.Count, "numbers", nameof(firstNames));
        FollowUp.CheckCount(second.Count, secondNames.Count, "numbers", nameof(secondNames));
        RestrictedMean a = Of(first, horizon), b = Of(second, horizon);
        double variance = firstNames.Zip(Influences(first, horizon)).Concat(secondNames.Zip(Influences(second, horizon).Select(i => -i)))
            .GroupBy(p => p.First).OrderBy(g => g.Key).Sum(g => g.Sum(p => p.Second) * g.Sum(p => p.Second));
        return Around(a.Mean.Value - b.Mean.Value, Math.Sqrt(variance));
    }

    /// <summary>Difference of two arms, first less second.</summary>
    /// <inheritdoc cref="Ratio"/>
    public static Estimate Difference(RestrictedMean first, RestrictedMean second)
    {
        CheckHorizons(first, second);
        double a = first.StandardError, b = second.StandardError;
        return Around(first.Mean.Value - second.Mean.Value, Math.Sqrt((a * a) + (b * b)));
    }

    /// <summary>Ratio of two arms, first over second, with its interval on the logarithm (delta method); NaN where a mean is 0.</summary>
    /// <param name="first">The first arm.</param>
    /// <param name="second">The second arm, up to the same horizon.</param>
    /// <exception cref="ArgumentException">The horizons differ.</exception>
    public static Estimate Ratio(RestrictedMean first, RestrictedMean second)
    {
        CheckHorizons(first, second);
        double a = first.StandardError / first.Mean.Value, b = second.StandardError / second.Mean.Value;
        double ratio = first.Mean.Value / second.Mean.Value, half = Tail.Z95 * Math.Sqrt((a * a) + (b * b));
        return first.Mean.Value > 0 && second.Mean.Value > 0 ? new Estimate(ratio, ratio * DetMath.Exp(-half), ratio * DetMath.Exp(half))
            : Estimate.None;
    }

    private static Estimate Around(double value, double error) => new(value, value - (Tail.Z95 * error), value + (Tail.Z95 * error));

    private static void CheckHorizons(RestrictedMean first, RestrictedMean second)
    {
        if (first.Horizon != second.Horizon)
        {
            throw new ArgumentException($"restricted means are compared at one horizon, not at {first.Horizon} and {second.Horizon}",
                nameof(second));
        }
    }
}
