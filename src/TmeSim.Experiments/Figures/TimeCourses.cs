using TmeSim.Engine.Plan;
using TmeSim.Reports;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Time courses of a run: one figure per request and lesion, panels by measure, arms together.</summary>
internal sealed class TimeCourses(ScenarioDefinition scenario, Manifest manifest, TimeSeriesTable table, IReadOnlyList<DoseMark> doses)
{
    private const int MostPanels = 12;
    private readonly ArmLooks _looks = new([.. scenario.Arms.Select(a => a.Name)]);

    public IEnumerable<DrawnFigure> Draw(FigureRequest request)
    {
        string[] asked = request.Measures.Count > 0 ? [.. request.Measures] : MeasureLabels.Default;
        string[] measures = [.. asked.SelectMany(Expand).Distinct().Take(MostPanels)];
        foreach (LesionPlan lesion in scenario.Plan.Lesions)
        {
            MeasureSeries[] series = [.. measures.Select(m => Series(m, lesion.Name, request.Arms))];
            if (series.Length == 0)
            {
                continue;
            }

            string place = scenario.Plan.Lesions.Count > 1 ? $", {lesion.Name}" : "";
            DoseMark[] shown = [.. doses.Where(d => request.Arms.Count == 0 || request.Arms.Contains(d.Arm))];
            yield return new DrawnFigure(
                "time_course",
                lesion.Name,
                new ReportFigure($"Time courses{place}", TimeCourseFigure.Create(series, shown, _looks, new FigureOptions($"{scenario.Name}{place}")), "Arms of one replicate share burn-in and random numbers."));
        }
    }

    // A family such as clone_*_cells stands for all its columns.
    private IEnumerable<string> Expand(string measure) => measure.Contains('*')
        ? manifest.Columns.Where(c => MeasureTable.Find(c.Name)?.Name == measure).Select(c => c.Name)
        : table.Column(measure) >= 0 ? [measure] : [];

    private MeasureSeries Series(string measure, string lesion, IReadOnlyList<string> arms)
    {
        int column = table.Column(measure);
        ArmSeries[] series =
        [
            .. table.Rows.Where(r => r.Lesion == lesion && (arms.Count == 0 || arms.Contains(r.Arm))).GroupBy(r => r.Arm).Select(arm =>
            {
                TimeSeriesRow[][] replicates = [.. arm.GroupBy(r => r.Replicate).Select(g => g.ToArray())];
                return new ArmSeries(
                    arm.Key, [.. replicates.Select(g => g.Select(r => r.TimeDays).ToArray())], [.. replicates.Select(g => g.Select(r => r.Values[column]).ToArray())]);
            }),
        ];
        ObservedPoints[] observed =
        [
            .. scenario.Data.Where(d => d.Measure == measure)
                .Select(d => new ObservedPoints(Path.GetFileNameWithoutExtension(d.File), d.Arm, [.. d.TimesDays], [.. d.Values])),
        ];
        (string label, string unit) = MeasureLabels.Of(measure, manifest.Columns.FirstOrDefault(c => c.Name == measure)?.Unit ?? "");
        return new MeasureSeries(measure, label, unit, series, observed);
    }
}

/// <summary>A figure with the parts of its file name.</summary>
internal sealed record DrawnFigure(string Kind, string Subject, ReportFigure Figure);
