using TmeSim.Reports.Html.Explorer;

namespace TmeSim.Experiments.Drawing;

/// <summary>The runs of a sweep for a reader to select among: a row per point, arm and lesion.</summary>
internal static class SweepRows
{
    public static SweepExplorer Explorer(SweepData data)
    {
        bool lesions = data.Lesions.Count > 1;
        return new SweepExplorer
        {
            Title = "Explore the runs",
            Caption = $"A line is a point in one arm{(lesions ? " and lesion" : "")}, mean over replicates; none where fewer than half of them have a value.",
            Axes = Distinct(
            [
                .. lesions ? [new ExplorerAxis("lesion", "Lesion", "", Words: data.Lesions)] : (ExplorerAxis[])[],
                .. data.Factors.Select(f => new ExplorerAxis(f.Label, f.Label, f.Axis.Unit, f.Axis.IsLog, f.Axis.Words)),
                .. data.Outputs.Select(o => new ExplorerAxis(o.Name, o.Axis.Label, o.Axis.Unit, IsOutput: true)),
            ]),
            Rows = [.. Rows(data, lesions)],
        };
    }

    private static IEnumerable<ExplorerRow> Rows(SweepData data, bool lesions)
    {
        for (int lesion = 0; lesion < data.Lesions.Count; lesion++)
        {
            for (int arm = 0; arm < data.Arms.Count; arm++)
            {
                double[][] means = [.. data.Outputs.Select(o => data.Means(o, arm, lesion))];
                for (int point = 0; point < data.Points; point++)
                {
                    int replicates = data.Outputs.Max(o => Count(data.Of(o.Output, arm, lesion, point)));
                    if (replicates > 0)
                    {
                        yield return new ExplorerRow(
                            data.Arms[arm], $"point {point}", [.. lesions ? [lesion] : (double[])[], .. data.Factors.Select(f => f.Values[point]), .. means.Select(m => m[point])], replicates);
                    }
                }
            }
        }
    }

    // A factor may be called like an output.
    private static ExplorerAxis[] Distinct(ExplorerAxis[] axes)
    {
        HashSet<string> names = [];
        return [.. axes.Select(axis =>
        {
            string name = axis.Name;
            for (int i = 2; !names.Add(name); i++)
            {
                name = $"{axis.Name} ({i})";
            }

            return axis with { Name = name };
        })];
    }

    private static int Count(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
        {
            count += double.IsFinite(value) ? 1 : 0;
        }

        return count;
    }
}
