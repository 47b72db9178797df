using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;

namespace TmeSim.Cli.Progress;

/// <summary>
/// Endpoints and contrasts: as columns of text, with the course of the tumour volume as a sparkline on one scale for all arms, and as JSON.
/// </summary>
internal static class EndpointText
{
    private const int CourseWidth = 16;
    private const int WidestName = 48;

    public static void Write(TextWriter writer, EndpointTable endpoints)
    {
        bool lesions = endpoints.Rows.Select(r => r.Lesion).Distinct().Count() > 1;
        double highest = endpoints.Rows.SelectMany(r => r.Course).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        string[][] cells =
        [
            ["arm", "lesion", "n", "day", "volume change [10-90 %]", $"volume / {Short(endpoints.Control)}", "best response", "CD8 /mm2",
                $"volume, 0 to {Number(highest)}"],
            .. endpoints.Rows.Select(r => new[]
            {
                Short(r.Arm), Short(r.Lesion), $"{r.Replicates}", r.DayText, r.ChangeText, r.RatioText, r.ResponseText,
                    double.IsFinite(r.Cd8PerMm2) ? Number(r.Cd8PerMm2) : "-",
                Sparkline.Create(r.Course, CourseWidth, (0, highest)),
            }),
        ];
        int[] columns = [.. Enumerable.Range(0, cells[0].Length).Where(c => c != 1 || lesions)];
        foreach (string[] row in cells)
        {
            writer.WriteLine(string.Join("  ", columns.Select(c => row[c].PadRight(cells.Max(r => r[c].Length)))).TrimEnd());
        }

        if (endpoints.Remark.Length > 0)
        {
            writer.WriteLine(endpoints.Remark);
        }
    }

    public static JsonArray Json(EndpointTable? endpoints) => JsonParts.Array(endpoints?.Rows ?? [], Row);

    public static JsonArray Json(ContrastTable contrasts) => JsonParts.Array(contrasts.Rows, Row);

    private static string Short(string name) => name.Length <= WidestName ? name : name[..(WidestName - 1)] + "…";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static JsonObject Row(EndpointRow row) => new()
    {
        ["arm"] = row.Arm,
        ["lesion"] = row.Lesion,
        ["replicates"] = row.Replicates,
        ["time_d"] = row.LastDay,
        ["first_time_d"] = row.FirstDay,
        ["tumor_volume_change"] = JsonParts.Finite(row.Median),
        ["low"] = JsonParts.Finite(row.Low),
        ["high"] = JsonParts.Finite(row.High),
        ["ratio_to_control"] = row.RatioToControl,
        ["read_early"] = row.ReadEarly,
        ["cd8_bed_per_mm2"] = JsonParts.Finite(row.Cd8PerMm2),
        ["hypoxic_fraction"] = JsonParts.Finite(row.HypoxicFraction),
        ["best_responses"] = row.BestResponses is not { } best ? null
        : new JsonObject([.. Enum.GetValues<RecistResponse>().Select(r => KeyValuePair.Create(ResponseTable.Code(r), (JsonNode?)best[r]))]),
        ["volume_course"] = new JsonArray([.. row.Course.Select(JsonParts.Finite)]),
    };

    private static JsonObject Row(ArmContrastRow row) => new()
    {
        ["measure"] = row.Measure,
        ["lesion"] = row.Lesion,
        ["arm"] = row.Arm,
        ["control"] = row.Control,
        ["paired"] = row.Difference.IsPaired,
        ["replicates"] = row.Difference.Count,
        ["read_early"] = row.ReadEarly,
        ["mean_difference"] = JsonParts.Finite(row.Difference.Mean),
        ["standard_error"] = JsonParts.Finite(row.Difference.StandardError),
        ["ci95_low"] = JsonParts.Finite(row.Difference.Lower),
        ["ci95_high"] = JsonParts.Finite(row.Difference.Upper),
        ["replicates_needed"] = row.Difference.Needed,
        ["note"] = row.Difference.HasTooFew ? ReplicatesNeeded.TooFew : null,
    };
}
