using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Time courses: one figure per request and lesion, panels by measure, arms together.</summary>
internal sealed class TimeCourses(ResultSet results) : IFigureDrawer
{
    private const int MostPanels = 12;

    // Drawn when a scenario asks for none.
    private static readonly string[] Default =
    [
        "tumor_volume_change", "cd8_core_per_mm2", "cd8_margin_per_mm2", "cd8_exhausted_fraction", "macrophages_bed_per_mm2",
        "cd163_fraction", "perfusion_mean", "hypoxic_fraction",
    ];

    public IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted)
    {
        string[] asked = request.Measures.Count > 0 ? [.. request.Measures] : [.. Default, .. results.Data.Select(d => d.Measure)];
        string[] all = [.. asked.SelectMany(m => RequestedNames.Columns(results, m)).Distinct()], measures = [.. all.Take(MostPanels)];
        IReadOnlyList<string> arms = results.Shown(request.Arms);
        if (all.Length > MostPanels)
        {
            omitted.Add(string.Join(", ", all.Skip(MostPanels)), $"a figure has {MostPanels} panels at most", "Ask for them in another time_course figure");
        }

        foreach (ObservedSeries data in results.Data.Where(d => d.Arm is not null && !arms.Contains(d.Arm) && measures.Contains(d.Measure)))
        {
            omitted.Add($"observed points {data.Label}", $"they belong to arm {data.Arm}, which is not shown");
        }

        foreach (string lesion in results.ShownLesions(request.Lesions))
        {
            MeasureSeries[] series = [.. measures.Select(m => Series(m, lesion, arms))];
            if (series.Length == 0)
            {
                continue;
            }

            DoseMark[] shown = [.. results.Doses.Where(d => arms.Contains(d.Arm))];
            yield return new DrawnFigure(
                lesion,
                new ReportFigure(
                    $"Time courses{results.Place(lesion)}",
                    TimeCourseFigure.Create(series, shown, results.Looks, ResultSetFigures.Options(request)).Of(request, results.Place(lesion)),
                    results.SharedChance(arms)));
        }
    }

    private MeasureSeries Series(string measure, string lesion, IReadOnlyList<string> arms)
    {
        (string label, string unit, double scale) = results.ShownAs(measure);
        double[] Scaled(IEnumerable<double> values) => [.. values.Select(v => v * scale)];
        ObservedPoints[] observed =
        [
            .. results.Data.Where(d => d.Measure == measure && (d.Arm is null || arms.Contains(d.Arm)))
                .Select(d => new ObservedPoints(d.Label, d.Arm, [.. d.TimesDays], Scaled(d.Values)) { Low = d.Low is { } low ? Scaled(low) : null, High = d.High is { } high ? Scaled(high) : null }),
        ];
        return new MeasureSeries(measure, label, unit, results.Series(measure, lesion, arms), observed);
    }
}
