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

    /// <summary>Layout and title asked for; without a title the figure says what it found.</summary>
    public static FigureOptions Options(FigureRequest request) => new(request.Title, request.Columns, request.WidthPx, request.HeightPx);

    /// <summary>The figure with the lesion behind its own title where there are several.</summary>
    public static Figure Of(this Figure figure, FigureRequest request, string place) => request.Title is null ? figure with { Title = figure.Title + place } : figure;

    /// <summary>Label, unit and factor of a measure as written beside an axis.</summary>
    public static (string Label, string Unit, double Scale) ShownAs(this ResultSet results, string measure) => MeasureTable.ShownAs(measure, results.Column(measure)?.Unit ?? "1");

    /// <summary>A measure of each arm by replicate and time, as shown.</summary>
    public static IReadOnlyList<ArmSeries> Series(this ResultSet results, string measure, string lesion, IReadOnlyList<string> arms)
    {
        int column = results.Table.Column(measure);
        double scale = results.ShownAs(measure).Scale;
        ILookup<string, TimeSeriesRow> rows = results.Table.Rows.Where(r => r.Lesion == lesion).ToLookup(r => r.Arm);
        return
        [
            .. arms.Where(rows.Contains).Select(arm =>
            {
                TimeSeriesRow[][] replicates = [.. rows[arm].GroupBy(r => r.Replicate).Select(g => g.ToArray())];
                return new ArmSeries(
                    arm, [.. replicates.Select(g => g.Select(r => r.TimeDays).ToArray())], [.. replicates.Select(g => g.Select(r => column < 0 ? double.NaN : r.Values[column] * scale).ToArray())]);
            }),
        ];
    }
}
