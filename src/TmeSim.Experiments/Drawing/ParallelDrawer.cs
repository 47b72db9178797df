using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Experiments.Drawing;

/// <summary>All points of all arms as lines over factors and outputs.</summary>
internal static class ParallelDrawer
{
    public static DrawnFigure Draw(SweepData data, int lesion)
    {
        // Arm by arm, so that a figure that takes every n-th line does not lose an arm.
        SweepAxis[] axes = [.. data.Arms.Count > 1 ? [new SweepAxis("arm", Words: data.Arms)] : (SweepAxis[])[], .. data.Varied.Select(f => f.Axis), .. data.Outputs.Select(o => o.Axis)];
        double[][] runs =
        [
            .. from arm in Enumerable.Range(0, data.Arms.Count)
               let means = data.Outputs.Select(o => data.Means(o, arm, lesion)).ToArray()
               from point in Enumerable.Range(0, data.Points)
               where means.Any(m => double.IsFinite(m[point]))
               select (double[])[.. data.Arms.Count > 1 ? [arm] : (double[])[], .. data.Varied.Select(f => f.Values[point]), .. means.Select(m => m[point])],
        ];
        int color = axes.Length - data.Outputs.Count;
        const string what = "runs over factors and outputs";
        return data.Drawn(
            "", lesion, what,
            ParallelCoordinatesFigure.Create(axes, runs, color, data.Counts(lesion, [.. data.Outputs]), data.Options(what, lesion)),
            $"A line per point and arm, mean over replicates, in the colour of {data.Outputs[0].Axis.Label}.");
    }
}
