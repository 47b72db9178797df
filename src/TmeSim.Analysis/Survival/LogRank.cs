using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Survival;

/// <summary>
/// Log-rank test of two or more groups (Mantel 1966; Peto and Peto 1972, doi:10.2307/2344317), stratified where asked: sums of observed and
/// expected events and their hypergeometric covariance over all times and strata. As survdiff of R.
/// </summary>
/// <param name="ChiSquare">The statistic; NaN where there is no event at which two groups are at risk.</param>
/// <param name="Freedom">Degrees of freedom: groups that events could have fallen into, less one.</param>
/// <param name="P">p value by the chi-square distribution; NaN where the statistic is.</param>
/// <param name="Groups">The groups in the order of their numbers.</param>
public sealed record LogRank(double ChiSquare, int Freedom, double P, IReadOnlyList<LogRankGroup> Groups)
{
    /// <summary>Tests groups given one by one, without strata.</summary>
    /// <param name="groups">Patients of each group; two groups or more.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups, one is empty, or a time is negative or not finite.</exception>
    public static LogRank Between(params IReadOnlyList<FollowUp>[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach ((int g, IReadOnlyList<FollowUp> group) in groups.Index())
        {
            FollowUp.Check(group, $"{nameof(groups)}[{g}]");
        }

        return Test([.. groups.SelectMany(g => g)], [.. groups.SelectMany((g, i) => Enumerable.Repeat(i, g.Count))], groups.Length, null);
    }

    /// <summary>Tests groups, in strata where these are given.</summary>
    /// <param name="patients">All patients.</param>
    /// <param name="groups">Number of the group of each patient: 0, 1 and on, each with a patient.</param>
    /// <param name="strata">Any number for the stratum of each patient; null for none.</param>
    /// <exception cref="ArgumentException">Lengths differ, a group is negative or empty, there is only one, or a time is negative or not
    /// finite.</exception>
    public static LogRank Test(IReadOnlyList<FollowUp> patients, IReadOnlyList<int> groups, IReadOnlyList<int>? strata = null)
    {
        FollowUp.Check(patients, nameof(patients));
        ArgumentNullException.ThrowIfNull(groups);
        FollowUp.CheckCount(patients.Count, groups.Count, "group numbers", nameof(groups));
        FollowUp.CheckCount(patients.Count, strata?.Count ?? patients.Count, "strata", nameof(strata));
        return groups.Any(g => g < 0) ? throw new ArgumentException("group numbers start at 0", nameof(groups))
            : Test([.. patients], [.. groups], groups.DefaultIfEmpty(-1).Max() + 1, strata);
    }

    private static LogRank Test(FollowUp[] patients, int[] group, int count, IReadOnlyList<int>? strata)
    {
        var sizes = new int[count];
        foreach (int g in group)
        {
            sizes[g]++;
        }

        if (count < 2 || sizes.Contains(0))
        {
            throw new ArgumentException(count < 2 ? $"a log-rank test needs two groups or more, not {count}"
                : $"group {Array.IndexOf(sizes, 0)} of the log-rank test has no patients", nameof(group));
        }

        var observed = new double[count];
        var expected = new double[count];
        var covariance = new double[count, count];
        foreach (IGrouping<int, int> stratum in Enumerable.Range(0, patients.Length).GroupBy(i => strata?[i] ?? 0))
        {
            Add([.. stratum.OrderByDescending(i => patients[i].Time)], patients, group, observed, expected, covariance);
        }

        // The differences add up to 0: the inverse leaves one out by itself.
        SymmetricInverse inverse = SymmetricInverse.Of(covariance, 1e-10);
        int freedom = inverse.Rank;
        double chi = freedom == 0 ? double.NaN : inverse.Quadratic([.. observed.Zip(expected, (o, e) => o - e)]);
        return new LogRank(chi, freedom, Tail.ChiSquare(chi, freedom),
            [.. Enumerable.Range(0, count).Select(g => new LogRankGroup(sizes[g], observed[g], expected[g]))]);
    }

    // Backwards in time, so that those at risk only grow.
    private static void Add(int[] order, FollowUp[] patients, int[] group, double[] observed, double[] expected, double[,] covariance)
    {
        int k = observed.Length;
        var atRisk = new double[k];
        var gone = new double[k];
        for (int from = 0, to; from < order.Length; from = to)
        {
            Array.Clear(gone);
            for (to = from; to < order.Length && patients[order[to]].Time == patients[order[from]].Time; to++)
            {
                int g = group[order[to]];
                atRisk[g]++;
                gone[g] += patients[order[to]].Event ? 1 : 0;
            }

            double all = to, events = gone.Sum(), spread = all > 1 ? events * (all - events) / (all - 1) : 0;
            for (int g = 0; events > 0 && g < k; g++)
            {
                double share = atRisk[g] / all;
                observed[g] += gone[g];
                expected[g] += events * share;
                for (int h = 0; h < k; h++)
                {
                    covariance[g, h] += spread * share * ((g == h ? 1 : 0) - (atRisk[h] / all));
                }
            }
        }
    }
}
