using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Test of Wilcoxon, Mann and Whitney for two independent samples (Mann and Whitney 1947, doi:10.1214/aoms/1177730491).</summary>
/// <param name="U">Pairs in which the first value is larger; equal ones count half (W of wilcox.test in R).</param>
/// <param name="Superiority">The same as a share of all pairs, 0 to 1: the probability that the first is larger.</param>
/// <param name="P">Two-sided p value; 1 where all values are equal.</param>
/// <param name="IsExact">p comes from all divisions of the values; else from the normal distribution with corrections for ties and
/// continuity.</param>
public readonly record struct RankSum(double U, double Superiority, double P, bool IsExact)
{
    /// <summary>From this size on, and with ties at any size, p comes from the normal distribution (as in R).</summary>
    public const int LeastNormal = 50;

    /// <summary>Compares two samples.</summary>
    /// <param name="first">First sample, at least one value, none NaN.</param>
    /// <param name="second">Second sample.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN.</exception>
    public static RankSum Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        int m = first.Length, n = second.Length;
        double[] values = [.. first, .. second];
        if (m == 0 || n == 0 || values.Any(double.IsNaN))
        {
            throw new ArgumentException(m == 0 || n == 0 ? $"a rank sum needs two samples; they have {m} and {n} values"
                : $"value {Array.FindIndex(values, double.IsNaN)} of both samples, counted from 0, is NaN", nameof(first));
        }

        double[] ranks = MidRanks.Centred(values);
        double u = (0.5 * m * n) + ranks.AsSpan(0, m).ToArray().Sum();
        double[] ties = [.. values.GroupBy(v => v).Select(g => (double)g.Count())];
        double superiority = u / ((double)m * n);
        if (ties.Length == m + n && m < LeastNormal && n < LeastNormal)
        {
            return new RankSum(u, superiority, Exact((int)Math.Round(u), m, n), true);
        }

        double all = m + n, variance = m * (double)n / 12 * (all + 1 - (ties.Sum(t => (t * t * t) - t) / (all * (all - 1))));
        double away = Math.Max(0, Math.Abs(u - (0.5 * m * n)) - 0.5);
        return new RankSum(u, superiority, variance > 0 ? Math.Min(1, Tail.TwoSided(away / Math.Sqrt(variance))) : 1, false);
    }

    // Ways to reach each U: the number of partitions into at most m parts of at most n, by Gauss's product of (1 − qⁿ⁺ⁱ) / (1 − qⁱ).
    private static double Exact(int u, int m, int n)
    {
        var ways = new double[(m * n) + 1];
        ways[0] = 1;
        for (int i = 1; i <= m; i++)
        {
            for (int s = ways.Length - 1; s >= n + i; s--)
            {
                ways[s] -= ways[s - n - i];
            }

            for (int s = i; s < ways.Length; s++)
            {
                ways[s] += ways[s - i];
            }
        }

        double below = ways.Take(Math.Min(u, (m * n) - u) + 1).Sum();
        return Math.Min(1, 2 * below / ways.Sum());
    }
}
