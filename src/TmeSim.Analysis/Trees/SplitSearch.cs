namespace TmeSim.Analysis.Trees;

/// <summary>The division of a node by one feature that differs most between its sides.</summary>
internal static class SplitSearch
{
    /// <param name="feature">The feature.</param>
    /// <param name="members">Patients of the node of whom it is known.</param>
    /// <param name="scores">Response scores of all patients.</param>
    /// <param name="least">Patients that each side must keep.</param>
    /// <returns>The best division (of equal ones the first); null for none.</returns>
    /// <exception cref="ArgumentException">A category has too many levels.</exception>
    public static TreeSplit? Best(TreeFeature feature, int[] members, double[][] scores, int least)
    {
        double[][] centred = ConditionalTest.Centred([.. members.Select(i => scores[i])]);
        var inverse = ConditionalTest.Inverse(centred, members.Length);
        return inverse.Rank == 0 ? null
            : feature.Levels is null ? Threshold(feature, members, centred, least, Statistic)
            : Levels(feature, members, centred, least, Statistic);

        // Mean difference of a side whose size is given, over its spread among all divisions of the same sizes.
        double Statistic(double[] left, int size) =>
            inverse.Quadratic(left) * (members.Length - 1) / ((double)size * (members.Length - size));
    }

    private static TreeSplit? Threshold(TreeFeature feature, int[] members, double[][] centred, int least,
        Func<double[], int, double> statistic)
    {
        int[] order = [.. Enumerable.Range(0, members.Length).OrderBy(i => Value(i))];
        var left = new double[centred[0].Length];
        (double best, double threshold, int size) = (0, double.NaN, 0);
        for (int at = 0; at < order.Length - 1; at++)
        {
            Add(left, centred[order[at]]);
            int count = at + 1;
            if (Value(order[at]) < Value(order[at + 1]) && count >= least && order.Length - count >= least
                && statistic(left, count) is var s && s > best)
            {
                (best, threshold, size) = (s, Value(order[at]), count);
            }
        }

        return size == 0 ? null : new TreeSplit(feature.Name, threshold, null, null, size >= order.Length - size, best);

        double Value(int i) => feature.Values[members[i]];
    }

    private static TreeSplit? Levels(TreeFeature feature, int[] members, double[][] centred, int least,
        Func<double[], int, double> statistic)
    {
        var sums = new SortedDictionary<int, (int Count, double[] Sum)>();
        for (int i = 0; i < members.Length; i++)
        {
            int level = (int)feature.Values[members[i]];
            (int count, double[] sum) = sums.TryGetValue(level, out (int, double[]) known) ? known : (0, new double[centred[0].Length]);
            Add(sum, centred[i]);
            sums[level] = (count + 1, sum);
        }

        if (sums.Count > TreeSettings.MostLevels)
        {
            throw new ArgumentException($"feature {feature.Name} has {sums.Count} levels in a node; at most {TreeSettings.MostLevels} can be divided: "
                + "join levels, or give it as a number", nameof(feature));
        }

        // The first level goes left; the bits of a mask say which of the others go with it.
        int[] levels = [.. sums.Keys];
        (double best, int division, int size) = (0, -1, 0);
        for (int mask = 0; mask < (1 << (levels.Length - 1)) - 1; mask++)
        {
            var left = new double[centred[0].Length];
            int count = 0;
            foreach (int level in levels.Where((_, l) => IsLeft(mask, l)))
            {
                count += sums[level].Count;
                Add(left, sums[level].Sum);
            }

            if (count >= least && members.Length - count >= least && statistic(left, count) is var s && s > best)
            {
                (best, division, size) = (s, mask, count);
            }
        }

        return division < 0 ? null
            : new TreeSplit(feature.Name, null, [.. Side(true)], [.. Side(false)], size >= members.Length - size, best);

        IEnumerable<string> Side(bool isLeft) => levels.Where((_, l) => IsLeft(division, l) == isLeft).Select(l => feature.Levels![l]);

        static bool IsLeft(int mask, int l) => l == 0 || ((mask >> (l - 1)) & 1) != 0;
    }

    private static void Add(double[] sum, double[] row)
    {
        for (int c = 0; c < sum.Length; c++)
        {
            sum[c] += row[c];
        }
    }
}
