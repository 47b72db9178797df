using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Outcomes;

/// <summary>How well a score tells patients with an outcome from those without.</summary>
/// <param name="Points">Cuts from none to all; equal scores are one cut.</param>
/// <param name="Area">Area under the curve: the probability that a patient with the outcome has the higher score, equal ones counting half.
/// Its 95 % interval is value ± 1.96 se, cut to 0 to 1; of a perfect score it has no width, and of one group with a single patient there is
/// none.</param>
/// <param name="StandardError">Standard error of the area (DeLong et al. 1988, doi:10.2307/2531595), as pROC of R.</param>
public sealed record RocCurve(IReadOnlyList<RocPoint> Points, Estimate Area, double StandardError)
{
    /// <summary>Makes the curve.</summary>
    /// <param name="scores">Score of each patient, none NaN: the higher, the more the outcome is to be expected.</param>
    /// <param name="outcomes">Outcome of each; both must be there.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or all outcomes are the same.</exception>
    public static RocCurve Of(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(outcomes);
        int n = scores.Count, hits = outcomes.Count(o => o), misses = outcomes.Count - hits;
        if (outcomes.Count != n || hits == 0 || misses == 0 || scores.Any(double.IsNaN))
        {
            throw new ArgumentException(outcomes.Count != n ? $"{n} scores need as many outcomes, not {outcomes.Count}"
                : hits == 0 || misses == 0 ? $"a ROC curve needs both outcomes; {hits} of {n} patients have it" : "a score is NaN",
                nameof(scores));
        }

        // A patient's rank among all less that among those alike is how many of the others lie below.
        double[] all = MidRanks.Centred([.. scores]);
        double[] above = Below(true, hits, misses), below = Below(false, misses, hits);
        double area = above.Average();
        double error = Math.Sqrt((Variance(above) / hits) + (Variance(below) / misses)), half = Tail.Z95 * error;
        return new RocCurve(Curve(scores, outcomes, hits, misses),
            new Estimate(area, Math.Max(0, area - half), Math.Min(1, area + half)), error);

        double[] Below(bool outcome, int own, int others)
        {
            int[] members = [.. Enumerable.Range(0, n).Where(i => outcomes[i] == outcome)];
            double[] among = MidRanks.Centred([.. members.Select(i => scores[i])]);
            return [.. members.Select((i, at) => (all[i] - among[at] + (0.5 * (n - own))) / others)];
        }
    }

    private static RocPoint[] Curve(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes, int hits, int misses)
    {
        var points = new List<RocPoint> { new(double.PositiveInfinity, 0, 0) };
        int found = 0, wrong = 0;
        foreach (IGrouping<double, bool> cut in scores.Zip(outcomes).GroupBy(p => p.First, p => p.Second).OrderByDescending(g => g.Key))
        {
            int more = cut.Count(o => o);
            found += more;
            wrong += cut.Count() - more;
            points.Add(new RocPoint(cut.Key, (double)wrong / misses, (double)found / hits));
        }

        return [.. points];
    }

    // NaN for one value.
    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}
