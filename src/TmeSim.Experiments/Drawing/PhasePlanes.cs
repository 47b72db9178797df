using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>One measure against another over time, medians over replicates.</summary>
internal sealed class PhasePlanes(ResultSet results) : IFigureDrawer
{
    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        (string x, string y) = request.Measures.Count == 2 ? (request.Measures[0], request.Measures[1]) : ("cd8_bed_per_mm2", "cd163_fraction");
        if (results.Table.Column(x) < 0 || results.Table.Column(y) < 0)
        {
            yield break;
        }

        double bin = Bin(results.Table.Rows.Max(r => r.TimeDays));
        foreach (string lesion in results.ShownLesions(request.Lesions))
        {
            PhaseTrack[] tracks = [.. results.Shown(request.Arms).Select(a => Track(a, lesion, x, y, bin)).OfType<PhaseTrack>()];
            if (tracks.Length > 0)
            {
                (string Label, string Unit, double) xs = results.ShownAs(x), ys = results.ShownAs(y);
                Figure figure = PhasePlaneFigure
                    .Create(tracks, (xs.Label, xs.Unit), (ys.Label, ys.Unit), results.Looks, ResultSetFigures.Options(request)).Of(request, results.Place(lesion));
                yield return new DrawnFigure(lesion, new ReportFigure($"{ys.Label} against {xs.Label}{results.Place(lesion)}", figure, $"Medians over replicates of means over {bin:0} d, as long as half of them go on; dots are the last values of replicates, of those too that ended early."));
            }
            else
            {
                omitted.Add($"lesion {lesion}", $"no arm shown has rows of it ({string.Join(", ", results.Shown(request.Arms))})");
            }
        }
    }

    private PhaseTrack? Track(string arm, string lesion, string x, string y, double bin)
    {
        TimeSeriesRow[] rows = [.. results.Table.Rows.Where(r => r.Arm == arm && r.Lesion == lesion)];
        if (rows.Length == 0)
        {
            return null;
        }

        TimeSeriesRow[][] replicates = [.. rows.GroupBy(r => r.Replicate).Select(g => g.ToArray())];

        // A median over fewer than half of the replicates would be another quantity.
        var times = rows.GroupBy(r => r.TimeDays == 0 ? 0 : (int)Math.Ceiling((r.TimeDays - 1e-9) / bin))
            .Where(g => 2 * g.Select(r => r.Replicate).Distinct().Count() >= replicates.Length).OrderBy(g => g.Key).ToArray();
        double Value(TimeSeriesRow row, string measure) => row.Values[results.Table.Column(measure)] * results.ShownAs(measure).Scale;
        double Median(IEnumerable<TimeSeriesRow> span, string measure) => Quantiles.Median(
            [.. span.GroupBy(r => r.Replicate).Select(g => g.Select(r => Value(r, measure)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()).Where(double.IsFinite)]);
        return new PhaseTrack(
            arm, [.. times.Select(t => t.Max(r => r.TimeDays))], [.. times.Select(t => Median(t, x))], [.. times.Select(t => Median(t, y))],
            [.. replicates.Select(r => Value(r[^1], x))], [.. replicates.Select(r => Value(r[^1], y))]);
    }

    // Whole days [d], about thirty spans: every row would scribble.
    private static double Bin(double lastDays) => Math.Max(1, Math.Ceiling(lastDays / 30));
}
