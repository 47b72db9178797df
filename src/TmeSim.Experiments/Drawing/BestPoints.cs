using TmeSim.Analysis;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Reporting;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Drawing;

/// <summary>An arm at a point with its mean over replicates.</summary>
internal readonly record struct PointOfArm(int Arm, int Point, double Mean);

/// <summary>Points and arms in the order of an output.</summary>
internal static class BestPoints
{
    private const int Most = 10;

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

    /// <summary>The ten best of all arms in each lesion, with the interval of what they are ranked by.</summary>
    public static ReportTable Table(SweepData data, SweepPoints points)
    {
        SweepQuantity output = Criterion(data);
        bool lesions = data.Lesions.Count > 1, lower = IsLower(data, output), arms = data.Arms.Count > 1;
        ReportCell[][] rows =
        [
            .. from lesion in Enumerable.Range(0, data.Lesions.Count)
               from best in Ranked(data, points, output, lesion).Take(Most)
               let values = data.Of(output, best.Arm, lesion, best.Point)
               let mean = ArmContrast.Of(values)
               select (ReportCell[])
               [
                   data.IsFixed(best.Arm) ? "all" : $"{best.Point}", .. arms ? [data.Arms[best.Arm]] : (ReportCell[])[], .. lesions ? [data.Lesions[lesion]] : (ReportCell[])[],
                   .. data.Factors.Select(f => data.IsFixed(best.Arm) ? "–" : new ReportCell(f.Axis.Text(f.Values[best.Point]), f.IsWord ? null : f.Values[best.Point])),
                   SweepTables.Cell(best.Mean), double.IsFinite(mean.Lower) ? new ReportCell($"{SweepTables.Cell(mean.Lower).Text} to {SweepTables.Cell(mean.Upper).Text}", mean.Lower) : "", $"{mean.Count}",
               ],
        ];
        return new ReportTable(
            lower ? $"Best points: lowest {output.Inside}" : $"Points with the highest {output.Inside}",
            ["Point", .. arms ? ["Arm"] : (string[])[], .. lesions ? ["Lesion"] : (string[])[], .. data.Factors.Select(f => f.Label), SweepTables.Head(output), "95 % interval", "n"], rows,
            $"The ten best means of all arms{(lesions ? " in each lesion" : "")}; the best of many look better than they are. Simulations that points share count once. {data.Fairness}".TrimEnd()) { ArmColumn = arms ? 1 : null };
    }
}
