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
