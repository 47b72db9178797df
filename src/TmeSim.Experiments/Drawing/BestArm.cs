using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Drawing;

/// <summary>The arm with the lowest value of an output in a cell.</summary>
/// <param name="Arm">Index of the arm; null where fewer than half of the replicates, or points, have a value in all arms.</param>
/// <param name="IsUnresolved">Its lead over the next one is within the 95 % interval of the paired difference, or has none.</param>
internal readonly record struct BestArm(int? Arm, bool IsUnresolved)
{
    /// <summary>Finds it.</summary>
    /// <param name="data">Values.</param>
    /// <param name="output">Index of the output.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="points">Points of the cell: arms are paired by replicate at a single one, by mean over replicates at several.</param>
    public static BestArm Of(SweepData data, int output, int lesion, int[] points)
    {
        double[][] arms = [.. Enumerable.Range(0, data.Arms.Count).Select(arm => Units(data, output, arm, lesion, points))];
        int[] whole = [.. Enumerable.Range(0, arms[0].Length).Where(unit => arms.All(a => double.IsFinite(a[unit])))];
        int finished = points is [int single] ? Finished(data, single) : points.Count(point => Finished(data, point) > 0);

        // Arms ranked on the few replicates or points that all of them have would be ranked on a selection.
        if (whole.Length == 0 || 2 * whole.Length < finished)
        {
            return new BestArm(null, true);
        }

        double[][] paired = [.. arms.Select(a => whole.Select(unit => a[unit]).ToArray())];
        int[] order = [.. Enumerable.Range(0, arms.Length).OrderBy(arm => paired[arm].Average())];
        return new BestArm(order[0], order.Length > 1 && !(ArmContrast.Paired(paired[order[0]], paired[order[1]]).Upper < 0));
    }

    // Means over the replicates that all arms have, so that none is compared with other replicates of another.
    private static double[] Units(SweepData data, int output, int arm, int lesion, int[] points)
    {
        if (points is [int only])
        {
            return [.. data.Of(output, arm, lesion, only)];
        }

        return [.. points.Select(point =>
        {
            double[] values = [.. data.Of(output, arm, lesion, point)];
            for (int r = 0; r < values.Length; r++)
            {
                for (int other = 0; other < data.Arms.Count; other++)
                {
                    values[r] = double.IsFinite(data.Of(output, other, lesion, point)[r]) ? values[r] : double.NaN;
                }
            }

            return 2 * values.Count(double.IsFinite) >= Finished(data, point) ? SweepData.Mean(values) : double.NaN;
        })];
    }

    // Replicates whose simulations are there in all arms.
    private static int Finished(SweepData data, int point) =>
        Enumerable.Range(0, data.Replicates).Count(r => Enumerable.Range(0, data.Arms.Count).All(arm => data.IsFinished(arm, point, r)));
}
