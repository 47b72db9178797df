using System.Globalization;
using System.Text;
using System.Text.Json;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Html;

/// <summary>
/// What the charts of a page hold, for the values at the pointer and at the time cursor: per panel its captions and series, rounded to
/// four digits. A panel of curves has lines, steps or areas along a numeric x; any other has marks (points, bars, tiles).
/// </summary>
internal static class ChartValues
{
    // Beyond, a panel shows densities rather than values to read.
    private const int MaxMarks = 600;
    private const int MaxPoints = 20_000;

    /// <summary>The values as JSON that can stand in HTML and XML; empty where no panel has any.</summary>
    public static string Json(Figure figure)
    {
        Panel[] panels = [.. figure.Panels.OfType<Panel>()];
        Series[][] series = [.. panels.Select(panel => Curves(figure, panel) is { Length: > 0 } curves ? curves : Marks(figure, panel))];
        if (series.All(s => s.Length == 0))
        {
            return "";
        }

        // Curves mostly share their places along x.
        string[] places = [.. series.SelectMany(s => s).Select(s => s.X).Distinct(StringComparer.Ordinal)];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Html.Json.List(json, "places", places, place => json.WriteRawValue(place));
            Html.Json.List(json, "panels", panels.Zip(series), item => Write(json, figure, item.First, item.Second, places));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Figure figure, Panel panel, Series[] series, string[] places)
    {
        json.WriteStartObject();
        json.WriteString("title", Clean(panel.Title));
        Axis(json, "x", panel.X);
        Axis(json, "y", panel.Y);
        json.WriteString("value", Clean(figure.ColorBar is { } bar ? new Axis { Label = bar.Label, Unit = bar.Unit }.Caption : ""));
        Html.Json.List(json, "series", series, one =>
        {
            json.WriteStartObject();
            json.WriteString("label", Clean(one.Label));
            if (one.Group is { } group)
            {
                json.WriteString("group", PlainText.Clean(group));
            }

            json.WriteString("color", one.Color);
            json.WriteString("kind", one.Kind);
            json.WriteNumber("x", Array.IndexOf(places, one.X));
            foreach ((string name, string values) in one.Values)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(values);
            }

            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Axis(Utf8JsonWriter json, string name, Axis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", Clean(axis.Label));
        json.WriteString("unit", axis.Unit is "1" ? "" : Clean(axis.Unit));
        json.WriteBoolean("log", axis is { Scale: AxisScale.Log10, Categories: null });
        if (axis.Categories is { } names)
        {
            Html.Json.List(json, "names", names, each => json.WriteStringValue(PlainText.Clean(each)));
        }

        json.WriteEndObject();
    }

    private static string Clean(string text) => text.Length == 0 ? "" : PlainText.Clean(text);

    private static Series[] Curves(Figure figure, Panel panel)
    {
        if (panel.X.Categories is not null || panel.Y.Categories is not null)
        {
            return [];
        }

        // Areas that hide what lies behind them are values; pale ones go with a line.
        PlotElement[] shown = [.. panel.Elements.Where(element => !element.IsDecoration)];
        IEnumerable<PlotElement> areas = shown.OfType<BandElement>().Where(band => band.Opacity >= 1);
        IEnumerable<PlotElement> values = areas.Any() ? areas : shown;
        Series[] curves = [.. values.Select(element => Curve(figure, panel, element)).OfType<Series>()];
        return curves.Sum(curve => curve.Points) > MaxPoints ? [] : curves;
    }

    private static Series? Curve(Figure figure, Panel panel, PlotElement element)
    {
        return element switch
        {
            LineElement { Closed: false } line when IsRising(line.X) => Of(line.X, line.Y, line.Stroke.Color, "line"),
            StepElement step when IsRising(step.X) => Of(step.X, step.Y, step.Stroke.Color, "step"),
            BandElement { Opacity: >= 1 } band when IsRising(band.X) =>
                Of(band.X, [.. band.High.Zip(band.Low, (high, low) => high - low)], band.Color, "line"),
            _ => null,
        };

        Series Of(IReadOnlyList<double> x, IReadOnlyList<double> y, Rgb color, string kind) => new(
            Label(figure, panel, element, color), element.Group ?? panel.Group, color.Hex, kind, Numbers(x, 6), [("y", Numbers(y, 4))], x.Count);
    }

    private static bool IsRising(IReadOnlyList<double> x) =>
        x.Count > 1 && Enumerable.Range(1, x.Count - 1).All(i => x[i] >= x[i - 1]) && x[^1] > x[0];

    private static Series[] Marks(Figure figure, Panel panel)
    {
        IEnumerable<PlotElement> shown = panel.Elements.Where(element => !element.IsDecoration);
        Series[] marks = [.. shown.Select(element => Mark(figure, panel, element)).OfType<Series>()];
        return marks.Sum(mark => mark.Points) > MaxMarks ? [] : marks;
    }

    private static Series? Mark(Figure figure, Panel panel, PlotElement element)
    {
        Rgb? color = element switch
        {
            PointElement points => points.Style.Outline,
            SwarmElement swarm => swarm.Style.Outline,
            BarElement bars => bars.Color,
            TileElement => Rgb.Black,
            _ => null,
        };
        ElementValue[] values = color is null ? [] : [.. ElementValues.Of(element)];
        if (values.Length == 0)
        {
            return null;
        }

        (string Name, Func<ElementValue, double> Of)[] parts =
        [
            ("low", v => v.Low), ("high", v => v.High), ("xLow", v => v.XLow), ("xHigh", v => v.XHigh), ("value", v => v.Value),
        ];
        IEnumerable<(string, string)> known =
            parts.Where(part => values.Any(v => double.IsFinite(part.Of(v)))).Select(part => (part.Name, Numbers([.. values.Select(part.Of)], 4)));
        return new Series(
            Label(figure, panel, element, color!.Value), element.Group ?? panel.Group, color.Value.Hex, "mark", Numbers([.. values.Select(v => v.X)], 6),
            [("y", Numbers([.. values.Select(v => v.Y)], 4)), .. known], values.Length);
    }

    private static string Label(Figure figure, Panel panel, PlotElement element, Rgb color) =>
        element.Group
        ?? figure.Legend.FirstOrDefault(entry => entry.Line?.Color == color || entry.Box == color || entry.Points?.Outline == color)?.Label
        ?? panel.Group
        ?? panel.Y.Label;

    private static string Numbers(IReadOnlyList<double> values, int digits) =>
        $"[{string.Join(',', values.Select(value => double.IsFinite(value) ? Shortest(value, digits) : "null"))}]";

    // "1234" rather than "1.234E+03".
    private static string Shortest(double value, int digits)
    {
        string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Series(string Label, string? Group, string Color, string Kind, string X, (string Name, string Values)[] Values, int Points);
}
