using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Arms against their controls and beside each other at one time.</summary>
internal sealed class Comparisons(ResultSet results) : IFigureDrawer
{
    private const double Level = 0.95;

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted) =>
        from lesion in results.ShownLesions(request.Lesions)
        from day in request.TimesHours.Count > 0 ? request.TimesHours.Select(h => (double?)(h / 24)) : [null]
        from figure in request.Kind == FigureKind.Contrast ? Contrast(request, lesion, day, omitted) : Burden(request, lesion, day, omitted)
        select figure;

    private IEnumerable<DrawnFigure> Contrast(FigureRequest request, string lesion, double? day, Omissions omitted)
    {
        IReadOnlyList<string> measures = request.Measures.Count > 0 ? request.Measures : ContrastTable.Measures;
        string? control = request.Control is { } asked && results.Shown([asked]) is [string label, ..] ? label : null;
        var table = ContrastTable.Of(results, measures, [lesion], results.Shown(request.Arms), control, day);
        ContrastMeasure[] drawn =
        [
            .. table.Rows.GroupBy(r => r.Measure).Select(g =>
            {
                (string name, string unit, double scale) = results.ShownAs(g.Key);
                return new ContrastMeasure(name, unit, [.. g.Select(r => new ContrastRow(
                    r.Arm, r.Difference.Mean * scale, r.Difference.Lower * scale, r.Difference.Upper * scale, r.Difference.StandardError * scale,
                    r.Difference.Count, r.Difference.Needed, null) { IsPaired = r.Difference.IsPaired })]);
            }),
        ];
        if (drawn.Length == 0)
        {
            omitted.Add(
                $"differences in lesion {lesion}{(day is { } d ? $" on day {NumberText.Of(d)}" : "")}", $"no arm shown has values there beside those of its control {control ?? results.Control}",
                $"Arms: {string.Join(", ", results.Arms.Select(a => a.Label))}");
            yield break;
        }

        string[] controls = [.. table.Rows.Select(r => r.Control).Distinct()];
        string other = controls.Length == 1 ? controls[0] : "the control of each run";
        Figure figure = ContrastFigure.Create(
            drawn, other, Level, results.Looks, ResultSetFigures.Options(request), $"day {NumberText.Days((table.FirstDay, table.LastDay))}{results.Place(lesion)}");
        bool paired = table.Rows.Any(r => r.Difference.IsPaired), unpaired = table.Rows.Any(r => !r.Difference.IsPaired);
        string how = !paired ? "Mean over replicates of arm − control; the arms began from different states and are compared as independent samples (Welch)"
            : "Mean over replicates of arm − control in the same replicate" + (unpaired ? ", of independent samples (Welch) where they began from different states" : "");
        yield return new DrawnFigure(
            Subject(lesion, day), new ReportFigure($"Differences between arms{results.Place(lesion)}", figure,
            $"{how}. 95 % t interval, with its Monte-Carlo standard error and the replicates that would resolve the difference (two-sided 5 %, power 80 %; taken at the lower 80 % confidence bound of the difference, so that at most one comparison in five is given too small a number; none below {ReplicatesNeeded.MinReplicates} replicates, or where the difference is too close to 0 against its error). {table.Remark}".TrimEnd()));
    }

    private IEnumerable<DrawnFigure> Burden(FigureRequest request, string lesion, double? day, Omissions omitted)
    {
        LastCommon last = results.ReadTogether(day);
        foreach (string measure in request.Measures.Count > 0 ? request.Measures : ["tumor_volume_change"])
        {
            IReadOnlyList<string> arms = results.Shown(request.Arms);
            int[] replicates = [.. last.Rows.Keys.Where(k => k.Lesion == lesion && arms.Contains(k.Arm)).Select(k => k.Replicate).Distinct().Order()];
            if (replicates.Length == 0 || results.Table.Column(measure) < 0)
            {
                omitted.Add($"{measure} of lesion {lesion}", replicates.Length == 0 ? $"no arm shown has rows of it ({string.Join(", ", arms)})" : "no run has this column");
                continue;
            }

            (string label, string unit, double scale) = results.ShownAs(measure);
            BurdenArm[] drawn = [.. arms.Select(a => Arm(a, last.Values(a, lesion, measure), replicates, scale))];
            string at = NumberText.Days(last.Days);

            // A line says that two dots belong together by chance: not across runs of different starts.
            bool joined = replicates.Length is > 1 and <= 12 && arms.Select(results.StartOf).Distinct().Count() == 1;
            Figure figure = BurdenFigure.Create(
                drawn, $"{label}, day {at}", unit, "10–90 % of replicates", joined, results.Looks, ResultSetFigures.Options(request)).Of(request, results.Place(lesion));
            yield return new DrawnFigure(
                $"{measure}-{Subject(lesion, day)}",
                new ReportFigure($"{label} of replicates{results.Place(lesion)}", figure, $"{(day is null ? "All arms of a replicate are read on the last day that all of them have." : "An arm that ended before has no dot.")} {last.Remark(lesion, arms)}".TrimEnd()));
        }
    }

    private static BurdenArm Arm(string arm, IReadOnlyDictionary<int, double> values, int[] replicates, double scale)
    {
        double[] finite = [.. values.Values.Where(double.IsFinite).Select(v => v * scale)];
        double[] q = finite.Length > 1 ? Quantiles.Of(finite, 0.1, 0.9) : [double.NaN, double.NaN];
        return new BurdenArm(arm, [.. replicates.Select(r => values.TryGetValue(r, out double v) ? v * scale : double.NaN)], q[0], q[1]);
    }

    private static string Subject(string lesion, double? day) => day is { } d ? $"{lesion}-{NumberText.Of(d)}d" : lesion;
}
