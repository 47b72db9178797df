namespace TmeSim.Analysis.Sensitivity;

/// <summary>Ranks from 1 to n; equal values share the mean of their ranks.</summary>
internal static class MidRanks
{
    /// <summary>
    /// The ranks of values without NaN, less their mean, so that they add up to 0 exactly; all 0 where the values are equal.
    /// </summary>
    public static double[] Centred(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
            }

            for (int i = from; i < to; i++)
            {
                ranks[order[i]] = 0.5 * (from + to) - 0.5 * sorted.Length;
            }
        }

        return ranks;
    }
}
