using System.Globalization;
using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Writers;

/// <summary>Builds the text of an SVG file shape by shape.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    /// <summary>Invariant, at most two decimals, never "-0" and never an exponent.</summary>
    public static string Number(double value)
    {
        double rounded = Math.Round(Math.Clamp(double.IsNaN(value) ? 0 : value, -1e6, 1e6), 2, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>Text made legal and inert in XML and HTML, in content and in quoted attributes.</summary>
    public static string Escape(string text) => PlainText.Clean(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    public void Line(string text) => _text.Append(text).Append('\n');

    public override string ToString() => _text.ToString();

    public void Shapes(IReadOnlyList<Shape> shapes, string prefix, ref int clips)
    {
        foreach (Shape shape in shapes)
        {
            switch (shape)
            {
                case ClipShape clip:
                    string id = $"{prefix}-clip{++clips}";
                    Line($"<clipPath id=\"{id}\"><rect {Place(clip.Box)}/></clipPath>");
                    Line($"<g clip-path=\"url(#{id})\">");
                    Shapes(clip.Shapes, prefix, ref clips);
                    Line("</g>");
                    break;
                case GroupShape group:
                    Line($"<g{Attributes(group)}>");
                    Shapes(group.Shapes, prefix, ref clips);
                    Line("</g>");
                    break;
                case PathShape path:
                    Line($"<path d=\"{PathData(path)}\"{Fill(path.Fill, path.Opacity)}{Stroke(path.Stroke)}/>");
                    break;
                case RectShape rect:
                    Line($"<rect {Place(rect.Box)}{Fill(rect.Fill, rect.Opacity)}{Stroke(rect.Stroke)}/>");
                    break;
                case CircleShape circle:
                    Line($"<circle cx=\"{Number(circle.Center.X)}\" cy=\"{Number(circle.Center.Y)}\" r=\"{Number(circle.Radius)}\"{Fill(circle.Fill, 1)}{Stroke(circle.Stroke)}/>");
                    break;
                case RasterShape raster:
                    Raster(raster);
                    break;
                case TextShape text:
                    Text(text);
                    break;
            }
        }
    }

    private static string Attributes(GroupShape group)
    {
        string name = group.Group is null ? "" : $" data-group=\"{Escape(group.Group)}\"";
        return group.Time is not { } time ? name
            : $"{name} data-time-axis=\"{Number(time.Plot.Left)} {Number(time.Plot.Right)} {Number(time.Plot.Top)} {Number(time.Plot.Bottom)} {Number(time.FirstDay)} {Number(time.LastDay)}\"";
    }

    private static string Place(Box box) =>
        $"x=\"{Number(box.Left)}\" y=\"{Number(box.Top)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\"";

    private static string Fill(Rgb? fill, double opacity) => fill is not { } color
        ? " fill=\"none\""
        : opacity < 1 ? $" fill=\"{color.Hex}\" fill-opacity=\"{Number(opacity)}\"" : $" fill=\"{color.Hex}\"";

    private static string Stroke(Stroke? stroke)
    {
        if (stroke is null)
        {
            return "";
        }

        string dash = stroke.Dash is null ? "" : $" stroke-dasharray=\"{string.Join(' ', stroke.Dash.Select(Number))}\"";
        return $" stroke=\"{stroke.Color.Hex}\" stroke-width=\"{Number(stroke.Width)}\" stroke-linejoin=\"round\"{dash}{(stroke.Opacity < 1 ? $" stroke-opacity=\"{Number(stroke.Opacity)}\"" : "")}";
    }

    private static string PathData(PathShape path)
    {
        var data = new StringBuilder();
        foreach (IReadOnlyList<Pixel> part in path.Parts)
        {
            for (int i = 0; i < part.Count; i++)
            {
                data.Append(i == 0 ? 'M' : 'L').Append(Number(part[i].X)).Append(' ').Append(Number(part[i].Y));
            }

            data.Append(path.Closed ? "Z" : "");
        }

        return data.ToString();
    }

    private void Raster(RasterShape raster)
    {
        // Enlarged rasters keep hard site edges; a raster finer than its frame is averaged down, or thin rims would drop out.
        string scaling = raster.Width > raster.Box.Width ? "" : " image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"";
        string data = Convert.ToBase64String(PngWriter.Encode(raster.Width, raster.Height, raster.Rgba));
        Line($"<image {Place(raster.Box)} preserveAspectRatio=\"none\"{scaling} href=\"data:image/png;base64,{data}\"/>");
    }

    private void Text(TextShape text)
    {
        string anchor = text.Anchor switch { TextAnchor.Start => "", TextAnchor.Middle => " text-anchor=\"middle\"", _ => " text-anchor=\"end\"" };
        string place = $"x=\"{Number(text.At.X)}\" y=\"{Number(text.At.Y)}\"";
        string turn = text.Vertical ? $" transform=\"rotate(-90 {Number(text.At.X)} {Number(text.At.Y)})\"" : "";
        string halo = text.Halo is not { } rim ? "" : $" stroke=\"{rim.Hex}\" stroke-width=\"2.5\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
        Line($"<text {place}{turn}{anchor} font-size=\"{Number(text.Size)}\"{(text.Bold ? " font-weight=\"bold\"" : "")}{halo} fill=\"{text.Color.Hex}\">{Escape(text.Text)}</text>");
    }
}
