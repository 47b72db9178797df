using System.Text;
using System.Text.Json;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html.Viewer;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Html.Explorer;

/// <summary>
/// Writes the runs of an explorer into a page: an index as JSON, and one inert script element per column with a line of
/// base64. The columns of the axes come first, then arm, replicates and, as lines of text, the names of the runs.
/// </summary>
internal static class ExplorerData
{
    private const int Intervals = 5;

    // The last stops of the map are too pale for a line on white.
    private const int Stops = 21;

    public static void Write(HtmlText page, SweepExplorer explorer, IReadOnlyList<ReportArm> arms)
    {
        int cells = explorer.Rows.Count * explorer.Axes.Count;
        Dictionary<string, int> places = arms.Index().DistinctBy(arm => arm.Item.Name).ToDictionary(arm => arm.Item.Name, arm => arm.Index, StringComparer.Ordinal);
        ExplorerColumn[] columns =
        [
            .. explorer.Axes.Select((_, axis) => ExplorerColumn.Pack([.. explorer.Rows.Select(row => row.Values[axis])], cells)),
            ExplorerColumn.Pack([.. explorer.Rows.Select(row => (double)places[row.Arm])], 0),
            ExplorerColumn.Pack([.. explorer.Rows.Select(row => (double)row.Replicates)], 0),
        ];
        page.Raw($"<script type=\"application/json\" id=\"explorer-index\">{Index(explorer, arms, columns)}</script>\n");
        byte[] runs = PlaneCodec.Deflate(Encoding.UTF8.GetBytes(string.Join('\n', explorer.Rows.Select(row => PlainText.Clean(row.Run)))));
        foreach ((int index, byte[] block) in columns.Select(column => column.Block).Append(runs).Index())
        {
            page.Raw($"<script type=\"application/x-tmesim-column\" id=\"explorer-column{index}\">{Convert.ToBase64String(block)}</script>\n");
        }
    }

    // The default encoder escapes <, >, & and all that is not ASCII, so the text can stand in HTML and in XML.
    private static string Index(SweepExplorer explorer, IReadOnlyList<ReportArm> arms, ExplorerColumn[] columns)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", explorer.Rows.Count);
            Json.List(json, "axes", explorer.Axes.Index(), item => Axis(json, item.Item, [.. explorer.Rows.Select(row => row.Values[item.Index]).Where(double.IsFinite)]));
            Json.List(json, "columns", columns, column => Column(json, column));
            Json.List(json, "arms", arms, arm => Arm(json, arm));
            Json.List(json, "map", ColorMap.Viridis.Stops.Take(Stops), stop => json.WriteStringValue(stop.Hex));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Axis(Utf8JsonWriter json, ExplorerAxis axis, double[] values)
    {
        bool log = axis.IsLog && axis.Words is null && values.Length > 0 && values.All(value => value > 0);
        json.WriteStartObject();
        json.WriteString("name", PlainText.Clean(axis.Name));
        json.WriteString("label", PlainText.Clean(axis.Label.Length > 0 ? axis.Label : axis.Name));
        json.WriteString("unit", axis.Unit is "" or "1" ? "" : PlainText.Clean(axis.Unit));
        json.WriteBoolean("output", axis.IsOutput);
        json.WriteBoolean("log", log);
        if (axis.Words is { } words)
        {
            Json.List(json, "words", words, word => json.WriteStringValue(PlainText.Clean(word)));
        }

        Scale(json, axis, log, values.Length > 0 ? (values.Min(), values.Max()) : (double.NaN, double.NaN));
        json.WriteEndObject();
    }

    private static void Scale(Utf8JsonWriter json, ExplorerAxis axis, bool log, (double Low, double High) range)
    {
        var plain = new Axis { RoundEnds = false, Categories = axis.Words };
        var map = new AxisPlaces(plain with { Scale = log ? AxisScale.Log10 : AxisScale.Linear }, range, Intervals);

        // A range within a decade has too few round powers to read a value from.
        AxisPlaces marks = log && map.Ticks.Count < 3 ? new AxisPlaces(plain with { Min = map.Low, Max = map.High }, range, Intervals) : map;
        json.WriteNumber("low", map.Low);
        json.WriteNumber("high", map.High);
        Json.List(json, "ticks", marks.Ticks.Zip(marks.Labels), tick =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(map.Fraction(tick.First), 5));
            json.WriteStringValue(tick.Second);
            json.WriteEndArray();
        });
    }

    private static void Column(Utf8JsonWriter json, ExplorerColumn column)
    {
        json.WriteStartObject();
        json.WriteNumber("width", column.Width);
        if (column.Levels is { } levels)
        {
            Json.List(json, "levels", levels, json.WriteNumberValue);
        }

        json.WriteEndObject();
    }

    private static void Arm(Utf8JsonWriter json, ReportArm arm)
    {
        json.WriteStartObject();
        json.WriteString("name", PlainText.Clean(arm.Name));
        json.WriteString("color", arm.Line.Color.Hex);
        Json.List(json, "dash", arm.Line.Dash ?? [], json.WriteNumberValue);
        json.WriteEndObject();
    }
}
