using TmeSim.Analysis.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>What drawers ask of a result set.</summary>
internal static class ResultSetFigures
{
    /// <summary>", lesion" where there are several.</summary>
    public static string Place(this ResultSet results, string lesion) => results.Lesions.Count > 1 ? $", {lesion}" : "";

    /// <summary>The title asked for, else that of the report with what is shown.</summary>
    public static string TitleOf(this ResultSet results, FigureRequest request, string what, string lesion) =>
        request.Title ?? $"{results.Title}{(what.Length > 0 ? ": " + what : "")}{results.Place(lesion)}";

    /// <summary>Layout asked for, with the title.</summary>
    public static FigureOptions Options(this ResultSet results, FigureRequest request, string what, string lesion) =>
        new(results.TitleOf(request, what, lesion), request.Columns, request.WidthPx, request.HeightPx);

    /// <summary>Label and unit of a measure as written beside an axis.</summary>
    public static (string Label, string Unit) LabelOf(this ResultSet results, string measure) => MeasureTable.LabelOf(measure, results.Column(measure)?.Unit ?? "1");

    /// <summary>A measure of each arm by replicate and time.</summary>
    public static IReadOnlyList<ArmSeries> Series(this ResultSet results, string measure, string lesion, IReadOnlyList<string> arms)
    {
        int column = results.Table.Column(measure);
        ILookup<string, TimeSeriesRow> rows = results.Table.Rows.Where(r => r.Lesion == lesion).ToLookup(r => r.Arm);
        return
        [
            .. arms.Where(rows.Contains).Select(arm =>
            {
                TimeSeriesRow[][] replicates = [.. rows[arm].GroupBy(r => r.Replicate).Select(g => g.ToArray())];
                return new ArmSeries(
                    arm, [.. replicates.Select(g => g.Select(r => r.TimeDays).ToArray())], [.. replicates.Select(g => g.Select(r => column < 0 ? double.NaN : r.Values[column]).ToArray())]);
            }),
        ];
    }
}
