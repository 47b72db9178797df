using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>Tables in the report of a sweep.</summary>
internal static class SweepTables
{
    private const int MaxBest = 10;
    private const int MaxFailures = 50;

    public static ReportTable Summary(SweepManifest manifest) => new(
        "Runs",
        ["What", "Number"],
        [
            ["Points", Whole(manifest.Points)],
            ["Arms", Whole(manifest.Arms)],
            ["Replicates", Whole(manifest.Replicates)],
            ["Different simulations", Whole(manifest.Simulations)],
            ["… finished", Whole(manifest.Finished)],
            .. manifest.EndedEarly > 0 ? (IReadOnlyList<ReportCell>[])[["… of these ended early, a tumour near the wall",
            Whole(manifest.EndedEarly)]] : [],
            ["… failed", Whole(manifest.Failed)],
            ["… missing", Whole(manifest.Simulations - manifest.Finished - manifest.Failed)],
            ["CPU time [h]", ReportCell.Of(manifest.CpuHours)],
        ],
        manifest.Simulations < manifest.Rows
        ? $"{manifest.Rows} rows of points, arms and replicates; where nothing that is varied changes an arm, points share its simulations." : "");

    public static ReportTable Factors(SweepData data) => new(
        "What was varied",
        ["Factor", "Key", "Unit", "Values", "Scale"],
        [.. data.Factors.Select(f => (ReportCell[])[f.Label, Keys(f.Factor), f.Axis.Unit is "" or "1" ? "" : f.Axis.Unit, Values(f),
        f.Factor.Distribution is { } d ? d.Kind.ToString().ToLowerInvariant() : f.IsWord ? "words" : f.Axis.IsLog ? "logarithmic"
        : "linear"])],
        $"Method: {data.Plan.Method.Name()}.");

    /// <summary>The ten best of all arms in each lesion, with the interval of what they are ranked by.</summary>
    public static ReportTable BestOfAll(SweepData data, SweepPoints points)
    {
        SweepQuantity output = BestPoints.Criterion(data);
        bool lesions = data.Lesions.Count > 1, lower = BestPoints.IsLower(data, output), arms = data.Arms.Count > 1;
        ReportCell[][] rows =
        [
            .. from lesion in Enumerable.Range(0, data.Lesions.Count)
               from best in BestPoints.Ranked(data, points, output, lesion).Take(MaxBest)
               let values = data.Of(output, best.Arm, lesion, best.Point)
               let mean = ArmContrast.Of(values)
               select (ReportCell[])
               [
                   data.IsFixed(best.Arm) ? "all" : $"{best.Point}", .. arms ? [data.Arms[best.Arm]] : (ReportCell[])[],
                       .. lesions ? [data.Lesions[lesion]] : (ReportCell[])[],
                   .. data.Factors.Select(f => data.IsFixed(best.Arm) ? "–"
                   : new ReportCell(f.Axis.Text(f.Values[best.Point]), f.IsWord ? null : f.Values[best.Point])),
                   ReportCell.Of(best.Mean), ReportCell.Interval(mean.Lower, mean.Upper), $"{mean.Count}",
               ],
        ];
        return new ReportTable(
            lower ? $"Best points: lowest {output.Inside}" : $"Points with the highest {output.Inside}",
            ["Point", .. arms ? ["Arm"] : (string[])[], .. lesions ? ["Lesion"] : (string[])[], .. data.Factors.Select(f => f.Label),
            Head(output), "95 % interval", "n"], rows,
            $"The ten best means of all arms{(lesions ? " in each lesion" : "")}; the best of many look better than they are. Simulations that points share count once. {data.Fairness}".TrimEnd()) { ArmColumn = arms ? 1 : null };
    }

    /// <summary>The ten lowest or highest points of each arm by the first output.</summary>
    public static ReportTable Best(SweepData data, SweepPoints points)
    {
        SweepQuantity output = data.Outputs[0];
        bool lower = LowerIsBetter.Holds(data.Plan.Outputs[0].Measure);
        bool lesions = data.Lesions.Count > 1;
        List<IReadOnlyList<ReportCell>> rows = [];
        for (int lesion = 0; lesion < data.Lesions.Count; lesion++)
        {
            for (int arm = 0; arm < data.Arms.Count; arm++)
            {
                double[][] means = [.. data.Outputs.Select(o => data.Means(o, arm, lesion))];
                int[] ranked = [.. Enumerable.Range(0, data.Points).Where(p => double.IsFinite(means[0][p]))
                    .OrderBy(p => lower ? means[0][p] : -means[0][p])];
                foreach (int point in ranked.DistinctBy(p => points.Run(p, arm, 0)).Take(MaxBest))
                {
                    rows.Add([$"{point}", data.Arms[arm], .. lesions ? [data.Lesions[lesion]] : (ReportCell[])[],
                        .. data.Factors.Select(f => new ReportCell(f.Axis.Text(f.Values[point]), f.IsWord ? null : f.Values[point])),
                        .. means.Select(m => ReportCell.Of(m[point]))]);
                }
            }
        }

        return new ReportTable(
            lower ? $"Points of each arm: lowest {output.Inside}" : $"Points of each arm: highest {output.Inside}",
            ["Point", "Arm", .. lesions ? ["Lesion"] : (string[])[], .. data.Factors.Select(f => f.Label),
            .. data.Outputs.Select(Head)], rows,
            $"At most ten per arm, means over replicates (none where fewer than half of them have a value); points that share their simulations count once. {data.Fairness}".TrimEnd()) { ArmColumn = 1 };
    }

    /// <summary>Why simulations failed; none when none did.</summary>
    public static IEnumerable<ReportTable> Failures(SweepData data, SweepPoints points, SweepResults results)
    {
        if (data.FailedRows == 0)
        {
            yield break;
        }

        List<IReadOnlyList<ReportCell>> rows = [];
        HashSet<RunId> seen = [];
        for (int point = 0; point < data.Points; point++)
        {
            for (int arm = 0; arm < data.Arms.Count; arm++)
            {
                for (int replicate = 0; replicate < data.Replicates; replicate++)
                {
                    RunId run = points.Run(point, arm, replicate);
                    if (results.Find(run)?.Error is { } reason && seen.Add(run) && seen.Count <= MaxFailures)
                    {
                        rows.Add([$"{point}", data.Design.Describe(point), data.Arms[arm], $"{replicate}", reason]);
                    }
                }
            }
        }

        yield return new ReportTable(
            "Failed simulations", ["Point", "Values", "Arm", "Replicate", "Reason"], rows,
                seen.Count > MaxFailures ? $"The first {MaxFailures} of {seen.Count}; sweep.csv lists all."
                : "Run the sweep again with --retry-failed to try them once more.") { ArmColumn = 2 };
    }

    private static string Head(SweepQuantity output) => ReportTable.Head(output.Axis.Label, output.Axis.Unit);

    // A path with a star says which members it stands for.
    private static string Keys(SweepFactor factor) => factor.Path
        + (factor.Path.Contains("[*]", StringComparison.Ordinal) ? $": {string.Join(", ", factor.Keys)}" : "")
        + (factor.Without.Count > 0 ? $"; not in {string.Join(", ", factor.Without)}" : "");

    private static string Values(FactorColumn factor) => factor.Levels.Length switch
    {
        0 => "",
        <= 8 => string.Join(", ", factor.Levels.Select(l => factor.Axis.Text(l))),
        _ => $"{factor.Axis.Text(factor.Levels[0])} to {factor.Axis.Text(factor.Levels[^1])}, {factor.Levels.Length} values",
    };

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
