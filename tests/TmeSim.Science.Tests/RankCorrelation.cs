namespace TmeSim.Science.Tests;

/// <summary>Spearman's rank correlation, ties at their mean rank.</summary>
internal static class RankCorrelation
{
    public static double Spearman(double[] x, double[] y)
    {
        double[] a = Ranks(x), b = Ranks(y);
        double meanA = a.Average(), meanB = b.Average();
        double both = a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum();
        return both / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double[] ranks = new double[values.Length];
        for (int i = 0; i < order.Length;)
        {
            int end = i;
            while (end < order.Length && values[order[end]] == values[order[i]])
            {
                end++;
            }

            for (int k = i; k < end; k++)
            {
                ranks[order[k]] = (i + end - 1) / 2.0;
            }

            i = end;
        }

        return ranks;
    }
}
