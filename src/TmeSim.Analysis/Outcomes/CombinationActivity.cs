using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>
/// What a combination does beyond its parts, from the outcomes of the same patients under A, B and both: what a trial can never see, a
/// simulation can.
/// </summary>
/// <remarks>
/// Independent drug action: every patient has the better of the two parts (Palmer and Sorger 2017, doi:10.1016/j.cell.2017.11.009); here
/// it is counted patient by patient, with whatever correlation the parts have, and needs no assumption. Bliss: the better of two parts
/// that know nothing of each other, so the mean over all pairs of one patient's outcome under A and any patient's under B; for responses
/// it is p + q − pq, for times the mean of the curve 1 − (1 − S)(1 − S'). Highest single agent: the better of the two means. Intervals
/// hold the central 95 % of bootstrap samples of patients, each with all its outcomes (percentiles). With two parts that are nearly equal
/// the highest single agent of a sample lies above the true one, and the excess over it below. Of 80 patients of whom four respond beyond
/// independent action the interval of that excess covers 89 %, those of the others 93 to 94 %.
/// </remarks>
/// <param name="Patients">Number of patients.</param>
/// <param name="First">Mean outcome under the first part.</param>
/// <param name="Second">Mean outcome under the second part.</param>
/// <param name="Both">Mean outcome under the combination.</param>
/// <param name="Independent">Expected by independent drug action.</param>
/// <param name="Bliss">Expected by Bliss independence.</param>
/// <param name="HighestSingle">Expected from the highest single agent.</param>
/// <param name="IndependentExcess">Combination less independent action: what the drugs do to each other, in the patients.</param>
/// <param name="BlissExcess">Combination less Bliss.</param>
/// <param name="HighestSingleExcess">Combination less the better part.</param>
public sealed record CombinationActivity(
    int Patients, Estimate First, Estimate Second, Estimate Both, Estimate Independent, Estimate Bliss, Estimate HighestSingle,
    Estimate IndependentExcess, Estimate BlissExcess, Estimate HighestSingleExcess)
{
    private const ulong Salt = 0x636F6D62696E65;

    /// <summary>Rates of a response, or of being free of progression at a time; 0 to 1, above 0 is more than expected.</summary>
    /// <param name="first">Whether each patient responds to the first part.</param>
    /// <param name="second">The same for the second part.</param>
    /// <param name="both">The same for the combination.</param>
    /// <param name="bootstraps">Bootstrap samples, at least 40.</param>
    /// <param name="key">Key of the bootstrap.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no patient, a value is not finite, or there are too few bootstrap
    /// samples.</exception>
    public static CombinationActivity OfResponses(IReadOnlyList<bool> first, IReadOnlyList<bool> second, IReadOnlyList<bool> both,
        int bootstraps, ulong key) => Of(Numbers(first), Numbers(second), Numbers(both), 1, bootstraps, key);

    /// <summary>Mean best changes of size (RECIST), of which the lower is the better: an excess below 0 is more than expected.</summary>
    /// <param name="first">Best change of each patient under the first part, in any unit.</param>
    /// <param name="second">The same under the second part.</param>
    /// <param name="both">The same under the combination.</param>
    /// <inheritdoc cref="OfResponses" path="/param[@name='bootstraps' or @name='key']|/exception"/>
    public static CombinationActivity OfChanges(IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<double> both,
        int bootstraps, ulong key) => Of([.. first], [.. second], [.. both], -1, bootstraps, key);

    /// <summary>Mean times without progression up to a horizon, in their unit; above 0 is more than expected.</summary>
    /// <param name="first">Follow-up of each patient under the first part: to the event, or to the horizon at least.</param>
    /// <param name="second">The same under the second part.</param>
    /// <param name="both">The same under the combination.</param>
    /// <param name="horizon">The horizon, finite and above 0.</param>
    /// <inheritdoc cref="OfResponses" path="/param[@name='bootstraps' or @name='key']|/exception"/>
    public static CombinationActivity OfTimes(IReadOnlyList<FollowUp> first, IReadOnlyList<FollowUp> second, IReadOnlyList<FollowUp> both,
        double horizon, int bootstraps, ulong key)
    {
        return horizon > 0 && double.IsFinite(horizon) ? Of(Cut(first, nameof(first)), Cut(second, nameof(second)),
                Cut(both, nameof(both)), 1, bootstraps, key)
            : throw new ArgumentException($"the horizon must be finite and above 0, not {horizon}", nameof(horizon));

        double[] Cut(IReadOnlyList<FollowUp> arm, string name)
        {
            FollowUp.Check(arm, name);
            int lost = arm.Index().FirstOrDefault(p => !p.Item.Event && p.Item.Time < horizon, (-1, default)).Index;
            return lost < 0 ? [.. arm.Select(p => Math.Min(p.Time, horizon))]
                : throw new ArgumentException($"patient {lost} (counted from 0) is lost at {arm[lost].Time}, before the horizon {horizon}",
                    name);
        }
    }

    private static double[] Numbers(IReadOnlyList<bool> flags) => [.. flags.Select(f => f ? 1.0 : 0)];

    // The higher the better inside; sign −1 turns that round.
    private static CombinationActivity Of(double[] first, double[] second, double[] both, int sign, int bootstraps, ulong key)
    {
        BootstrapInterval.CheckCount(bootstraps);
        int n = first.Length;
        if (n == 0 || second.Length != n || both.Length != n || !first.Concat(second).Concat(both).All(double.IsFinite))
        {
            throw new ArgumentException("a combination needs finite outcomes of the same patients three times, not "
                + $"{n}, {second.Length} and {both.Length}", nameof(first));
        }

        double[][] turned = [.. new[] { first, second, both }.Select(arm => arm.Select(v => sign * v).ToArray())];
        var arms = new CombinationMeans(turned[0], turned[1], turned[2]);
        var weights = new int[n];
        Array.Fill(weights, 1);
        double[] values = arms.Of(weights);
        var samples = new double[values.Length][];
        for (int v = 0; v < values.Length; v++)
        {
            samples[v] = new double[bootstraps];
        }

        for (int b = 0; b < bootstraps; b++)
        {
            var stream = new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)b, 0, 0);
            Array.Clear(weights);
            for (int i = 0; i < n; i++)
            {
                weights[stream.NextInt(n)]++;
            }

            foreach ((int v, double value) in arms.Of(weights).Index())
            {
                samples[v][b] = value;
            }
        }

        Estimate[] e = [.. values.Select((v, i) => Around(v, n < 2 ? [] : samples[i], sign))];
        return new CombinationActivity(n, e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7], e[8]);
    }

    private static Estimate Around(double value, double[] samples, int sign)
    {
        (double low, double high) = BootstrapInterval.Of(samples);
        return sign > 0 ? new Estimate(value, low, high) : new Estimate(-value, -high, -low);
    }
}
