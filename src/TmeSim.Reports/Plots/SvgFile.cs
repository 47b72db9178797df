using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScottPlot;
using SkiaSharp;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Plottables;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>
/// Figures as SVG. The same figure gives the same bytes: ids come from the prefix and a counter. What belongs to an arm carries
/// <c>data-group</c>, what keeps its colours on dark paper <c>data-own</c>. Empty groups at the end tell where panels are:
/// <c>data-axes</c> (left, right, top, bottom [px], ends of x and y, logarithms on logarithmic axes), and <c>data-time-axis</c> where x
/// is time (left, right, top, bottom [px], first and last day).
/// </summary>
public static partial class SvgFile
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace Link = "http://www.w3.org/1999/xlink";

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="idPrefix">Start of every id; must differ between figures of one HTML page. Characters other than ASCII letters, digits, - and _ become _.</param>
    /// <param name="inMillimetres">Width and height are in mm, for files of their own: programs do not agree on what a pixel is.</param>
    public static string Write(Figure figure, string idPrefix = "f", bool inMillimetres = false)
    {
        FigurePage page = FigurePage.Of(figure, forSvg: true);
        string prefix = SafePrefix(idPrefix);
        XElement root = Tidy(Draw(page), prefix);
        root.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {page.Width} {page.Height}"));
        if (inMillimetres)
        {
            root.SetAttributeValue("width", Millimetres(page.Width));
            root.SetAttributeValue("height", Millimetres(page.Height));
        }

        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", figure.Description.Length > 0 ? $"{prefix}-title {prefix}-desc" : $"{prefix}-title");
        root.SetAttributeValue("font-family", PlotFont.Stack);
        if (figure.Description.Length > 0)
        {
            root.AddFirst(new XElement(Svg + "desc", new XAttribute("id", prefix + "-desc"), PlainText.Clean(figure.Description)));
        }

        root.AddFirst(new XElement(Svg + "title", new XAttribute("id", prefix + "-title"), PlainText.Clean(figure.Title)));
        root.Add(page.PanelPlaces.Select((place, index) => Place(place.Panel, place.Area, index)));
        return root.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string Millimetres(double px) => string.Create(CultureInfo.InvariantCulture, $"{px * 25.4 / 96:0.###}mm");

    private static XElement Place(PanelPlot panel, PixelRect area, int index)
    {
        AxisLimits limits = panel.Plot.Axes.GetLimits();
        string box = string.Create(CultureInfo.InvariantCulture, $"{area.Left:0.##} {area.Right:0.##} {area.Top:0.##} {area.Bottom:0.##}");
        return new XElement(
            Svg + "g",
            new XAttribute("data-panel", index),
            new XAttribute("data-axes", Text($"{box} {limits.Left:G7} {limits.Right:G7} {limits.Bottom:G7} {limits.Top:G7}")),
            panel.Panel.DaysPerX is { } days
                ? new XAttribute("data-time-axis", Text($"{box} {limits.Left * days:0.####} {limits.Right * days:0.####}"))
                : null);

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private static string Draw(FigurePage page)
    {
        Multiplot plots = page.Multiplot();
        PageDrawing.Rehearse(plots, page);
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, page.Width, page.Height), stream))
        {
            plots.Render(canvas, new PixelRect(0, page.Width, page.Height, 0));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Ids are counted from the prefix, and the marks of groups become attributes of every leaf between them.
    private static XElement Tidy(string text, string prefix)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        text = GeneratedId().Replace(text, m => ids.TryGetValue(m.Value, out string? id) ? id : ids[m.Value] = $"{prefix}-{m.Groups[1].Value}{ids.Count}");
        XElement root = XDocument.Parse(text).Root!;

        // The canvas is cleared with a black that the paper hides.
        root.Elements(Svg + "rect").FirstOrDefault(rect => rect.Attribute("fill") is null)?.Remove();
        var open = new Dictionary<string, string>(StringComparer.Ordinal);
        var marks = new List<XElement>();
        foreach (XElement element in root.Descendants())
        {
            if (element.Name == Svg + "a" && (string?)element.Attribute(Link + "href") is { } target && target.StartsWith("urn:", StringComparison.Ordinal))
            {
                Mark(target, open);
                marks.Add(element);
            }
            else if (element.Name == Svg + "text")
            {
                TidyText(element);
            }
            else if (element.Name == Svg + "image")
            {
                // Sites keep hard edges.
                element.SetAttributeValue("style", "image-rendering:pixelated");
            }

            if (open.Count > 0 && !element.HasElements && element.Parent!.Name != Svg + "clipPath" && element.Parent.Name != Svg + "a")
            {
                foreach ((string attribute, string value) in open)
                {
                    element.SetAttributeValue(attribute, value);
                }
            }
        }

        marks.ForEach(mark => mark.Remove());
        ShareClips(root);
        return root;
    }

    // Skia makes a clip for each thing drawn: equal ones are kept once, and neighbours inside the same one share a group.
    private static void ShareClips(XElement root)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement clip in root.Descendants(Svg + "clipPath").ToArray())
        {
            (string shape, string id) = (string.Concat(clip.Nodes()), (string)clip.Attribute("id")!);
            if (kept.TryAdd(shape, id))
            {
                continue;
            }

            same[$"url(#{id})"] = $"url(#{kept[shape]})";
            clip.Remove();
        }

        foreach (XElement group in root.Descendants(Svg + "g").Where(g => g.Attribute("clip-path") is not null).ToArray())
        {
            XAttribute clip = group.Attribute("clip-path")!;
            clip.Value = same.GetValueOrDefault(clip.Value, clip.Value);
            if (group.PreviousNode is XElement before && before.Name == group.Name
                && before.Attributes().Select(a => (a.Name, a.Value)).SequenceEqual(group.Attributes().Select(a => (a.Name, a.Value))))
            {
                before.Add(group.Nodes());
                group.Remove();
            }
        }
    }

    // One place and one width for the whole text instead of one for each letter: it stays one run for editors, and takes the same room whatever the font.
    private static void TidyText(XElement text)
    {
        string content = text.Value.Trim();
        bool bold = (int?)text.Attribute("font-weight") >= 600;
        double size = (double)text.Attribute("font-size")!;
        text.SetAttributeValue("font-family", null);
        text.SetAttributeValue("x", First(text.Attribute("x")));
        text.SetAttributeValue("y", First(text.Attribute("y")));
        text.SetAttributeValue("textLength", Math.Round(TextMetrics.Width(content, size, bold), 2));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
        text.Value = content;
    }

    // A text without any letter that is seen has no places.
    private static double First(XAttribute? list) => list?.Value.Split(',') is [{ Length: > 0 } first, ..]
        ? Math.Round(double.Parse(first, CultureInfo.InvariantCulture), 2) : 0;

    private static void Mark(string target, Dictionary<string, string> open)
    {
        if (target.StartsWith(Marked.End, StringComparison.Ordinal))
        {
            open.Remove(target[Marked.End.Length..]);
            return;
        }

        string[] parts = target[Marked.Begin.Length..].Split(':', 2);
        open[parts[0]] = PlainText.Clean(Uri.UnescapeDataString(parts[1]));
    }

    private static string SafePrefix(string prefix)
    {
        var safe = new StringBuilder();
        foreach (char c in prefix)
        {
            safe.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_');
        }

        return safe.Length > 0 && char.IsAsciiLetter(safe[0]) ? safe.ToString() : "f" + safe.ToString();
    }

    [GeneratedRegex(@"\b(cl|gr|img|pat)_([0-9a-f]+)\b")]
    private static partial Regex GeneratedId();
}
