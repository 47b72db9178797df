using TmeSim.Analysis.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Units;

namespace TmeSim.Experiments.Drawing;

/// <summary>Draws one kind of figure for a request: a figure per lesion, or per whatever the kind is split by; none where there is nothing to show.</summary>
internal interface IFigureDrawer
{
    /// <param name="request">What is asked for.</param>
    /// <param name="omitted">Takes whatever is asked for and not drawn, with the reason.</param>
    IEnumerable<DrawnFigure> Draw(FigureRequest request, Omissions omitted);
}

/// <summary>A figure with the parts of its file name.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Subject">What it shows: a lesion, a field of a lesion.</param>
/// <param name="Figure">Figure with heading and caption.</param>
internal sealed record DrawnFigure(FigureKind Kind, string Subject, ReportFigure Figure);

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
