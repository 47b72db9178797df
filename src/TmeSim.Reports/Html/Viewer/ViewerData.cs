using System.Text;
using System.Text.Json;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Html.Viewer;

/// <summary>
/// Writes packed frames into a page: an index as JSON, and one inert script element per frame with a line of base64 per
/// block, which the page unpacks when it first shows it.
/// </summary>
internal static class ViewerData
{
    public static void Write(HtmlText page, TissueViewer viewer, PackedViewer packed)
    {
        page.Raw($"<script type=\"application/json\" id=\"viewer-index\">{Index(viewer, packed)}</script>\n");
        foreach ((int index, PackedFrame frame) in packed.Frames.Index())
        {
            IEnumerable<string> lines = frame.Blocks(packed.Levels).Select(Convert.ToBase64String);
            page.Raw($"<script type=\"application/x-tmesim-frame\" id=\"viewer-frame{index}\">{string.Join('\n', lines)}</script>\n");
        }
    }

    // The default encoder escapes <, >, & and all that is not ASCII, so the text can stand in HTML and in XML.
    private static string Index(TissueViewer viewer, PackedViewer packed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Json.List(json, "arms", viewer.Arms, arm => json.WriteStringValue(PlainText.Clean(arm)));
            Fields(json, viewer, packed);
            Json.List(json, "marks", viewer.Marks, mark => Mark(json, mark));
            Json.List(json, "lesions", packed.Lesions, lesion => Lesion(json, viewer, lesion));
            Json.List(json, "lattices", packed.Lattices, lattice => Lattice(json, lattice));
            Json.List(json, "replicates", packed.Replicates, json.WriteNumberValue);
            Json.List(json, "clones", Clones(viewer, packed), clone => Named(json, clone.Name, clone.Color));
            Json.List(json, "parenchyma", CellPalette.ParenchymaNames.Zip(CellPalette.Parenchyma), cell => Named(json, cell.First, cell.Second));
            Json.List(
                json, "immune",
                viewer.Codes.Select((cell, i) => (cell.Label, CellPalette.ImmuneColor(i + 1))).Prepend((CellPalette.ImmuneNames[0], CellPalette.Empty)),
                cell => Named(json, cell.Item1, cell.Item2));
            json.WriteStartObject("stroma");
            json.WriteNumber("least", Math.Round(CellPalette.LeastStroma, 4));
            json.WriteNumber("full", Math.Round(CellPalette.FullStroma, 4));
            json.WriteString("track", CellPalette.Track.Hex);
            json.WriteString("trackName", CellPalette.TrackName);
            json.WriteBoolean("tracks", packed.HasTracks);
            json.WriteEndObject();
            json.WriteString("vessel", CellPalette.Vessel.Hex);
            json.WriteString("rim", CellPalette.Rim.Hex);
            json.WriteString("hatch", TissueRaster.Hatch.Hex);
            Json.List(json, "map", ColorMap.Viridis.Stops, stop => json.WriteStringValue(stop.Hex));
            Json.List(json, "frames", packed.Frames, frame => Frame(json, frame));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Fields(Utf8JsonWriter json, TissueViewer viewer, PackedViewer packed) => Json.List(json, "fields", viewer.Fields.Zip(packed.Precisions), item =>
    {
        (ViewerField field, FieldPrecision precision) = item;
        json.WriteStartObject();
        json.WriteString("key", PlainText.Clean(field.Key));
        json.WriteString("label", PlainText.Clean(field.Label));
        json.WriteString("unit", field.Unit is "" or "1" ? "" : PlainText.Clean(field.Unit));
        json.WriteString("absent", PlainText.Clean(field.Absent));
        json.WriteBoolean("trait", field.Group != "Fields");
        json.WriteNumber("steps", precision.Steps);
        json.WriteNumber("every", precision.Every);
        json.WriteEndObject();
    });

    private static void Mark(Utf8JsonWriter json, ViewerMark mark)
    {
        json.WriteStartObject();
        json.WriteString("key", PlainText.Clean(mark.Key));
        json.WriteString("label", PlainText.Clean(mark.Label));
        json.WriteString("cell", PlainText.Clean(mark.Cell));
        json.WritePropertyName("scale");
        Scale(json, (mark.Low, mark.High));
        json.WriteEndObject();
    }

    private static void Lattice(Utf8JsonWriter json, PackedLattice lattice)
    {
        json.WriteStartObject();
        json.WriteNumber("lesion", lattice.Lesion);
        json.WriteNumber("nx", lattice.First.Nx);
        json.WriteNumber("ny", lattice.First.Ny);
        json.WriteNumber("every", lattice.First.Every);
        json.WriteNumber("spacing", lattice.First.SpacingUm);
        Json.List(json, "layers", lattice.First.Layers, json.WriteNumberValue);
        json.WriteEndObject();
    }

    // A lesion that no frame shows has no scales.
    private static void Lesion(Utf8JsonWriter json, TissueViewer viewer, PackedLesion lesion)
    {
        json.WriteStartObject();
        json.WriteString("name", PlainText.Clean(lesion.Name));
        json.WriteNumber("fullPerfusion", Math.Max(0, lesion.FullPerfusion));
        Json.List(json, "clones", lesion.Clones, json.WriteNumberValue);
        Json.List(json, "scales", Enumerable.Range(0, lesion.Ranges.Length == 0 ? 0 : viewer.Fields.Count), field => Scale(json, FieldFigure.Range(lesion.Ranges[field].Low, lesion.Ranges[field].High)));
        json.WriteEndObject();
    }

    // One colour scale for all arms and times, or they could not be compared.
    private static void Scale(Utf8JsonWriter json, (double Low, double High) range)
    {
        (double low, double high) = range;
        var axis = new AxisPlaces(new Axis { Min = low, Max = high }, (low, high), 5);
        json.WriteStartObject();
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
        Json.List(json, "ticks", axis.Ticks.Zip(axis.Labels), tick =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(Math.Round(axis.Fraction(tick.First), 5));
            json.WriteStringValue(tick.Second);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static IEnumerable<ViewerClone> Clones(TissueViewer viewer, PackedViewer packed)
    {
        int count = packed.Lesions.Select(lesion => lesion.Clones.Count == 0 ? 1 : lesion.Clones.Max + 1).DefaultIfEmpty(1).Max();
        return Enumerable.Range(0, count).Select(i => i < viewer.Clones.Count ? viewer.Clones[i]
            : i == 0 ? new ViewerClone("founder", ClonePalette.Founder) : new ViewerClone($"clone {i}", ClonePalette.Color(i - 1)));
    }

    private static void Frame(Utf8JsonWriter json, PackedFrame frame)
    {
        json.WriteStartObject();
        json.WriteNumber("arm", frame.Arm);
        json.WriteNumber("lattice", frame.Lattice);
        json.WriteNumber("replicate", frame.Replicate);
        json.WriteNumber("day", frame.TimeDays);
        json.WritePropertyName("perfusion");
        Range(json, frame.Perfusion);
        Json.List(json, "ranges", frame.Ranges, range => Range(json, range));
        json.WriteEndObject();
    }

    private static void Range(Utf8JsonWriter json, (double Low, double High) range)
    {
        json.WriteStartArray();
        json.WriteNumberValue(range.Low > range.High ? 0 : range.Low);
        json.WriteNumberValue(range.Low > range.High ? 0 : range.High);
        json.WriteEndArray();
    }

    private static void Named(Utf8JsonWriter json, string name, Rgb color)
    {
        json.WriteStartObject();
        json.WriteString("name", PlainText.Clean(name));
        json.WriteString("color", color.Hex);
        json.WriteEndObject();
    }
}
