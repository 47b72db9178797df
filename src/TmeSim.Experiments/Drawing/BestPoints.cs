using TmeSim.Experiments.Designs;

namespace TmeSim.Experiments.Drawing;

/// <summary>An arm at a point with its mean over replicates.</summary>
internal readonly record struct PointOfArm(int Arm, int Point, double Mean);

/// <summary>Points and arms in the order of an output.</summary>
internal static class BestPoints
{
    /// <summary>What points are ranked by: the first output of which less is better, else the first.</summary>
    public static SweepQuantity Criterion(SweepData data) => data.Outputs.FirstOrDefault(o => IsLower(data, o)) ?? data.Outputs[0];

    /// <summary>Less of it is better; else the highest come first.</summary>
    public static bool IsLower(SweepData data, SweepQuantity output) => LowerIsBetter.Holds(data.Plan.Outputs[output.Output].Measure);

    /// <summary>Different simulations with a mean, the best first.</summary>
    public static PointOfArm[] Ranked(SweepData data, SweepPoints points, SweepQuantity output, int lesion)
    {
        bool lower = IsLower(data, output);
        IEnumerable<PointOfArm> all =
            from arm in Enumerable.Range(0, data.Arms.Count)
            let means = data.Means(output, arm, lesion)
            from point in Enumerable.Range(0, data.Points)
            where double.IsFinite(means[point])
            select new PointOfArm(arm, point, means[point]);
        return [.. all.DistinctBy(p => points.Run(p.Point, p.Arm, 0)).OrderBy(p => lower ? p.Mean : -p.Mean)];
    }
}
