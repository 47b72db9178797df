using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;
using TmeSim.Reports.Writers;
using SP = ScottPlot;

namespace TmeSim.Reports.Plots;

/// <summary>Draws what the layout has placed: x in pixels, y in pixels times −1, because plots count upwards.</summary>
internal static class Ink
{
    public static void Add(SP.Plot plot, IReadOnlyList<Shape> shapes)
    {
        foreach (Shape shape in shapes)
        {
            switch (shape)
            {
                case GroupShape group:
                    Add(plot, group.Shapes);
                    break;
                case PathShape path:
                    Add(plot, path.Parts, path.Closed, path.Closed ? path.Fill : null, path.Opacity, path.Stroke);
                    break;
                case RectShape { Box: var (left, top, right, bottom) } rect:
                    Add(plot, [[new(left, top), new(right, top), new(right, bottom), new(left, bottom)]], true, rect.Fill, rect.Opacity, rect.Stroke);
                    break;
                case CircleShape circle:
                    Circle(plot, circle, circle.Stroke?.Color ?? circle.Fill ?? LayoutStyle.Ink);
                    break;
                case RasterShape raster:
                    Raster(plot, raster.Box, raster.Width, raster.Height, raster.Rgba);
                    break;
                case TextShape text:
                    Text(plot, text);
                    break;
            }
        }
    }

    public static void Add(SP.Plot plot, IReadOnlyList<IReadOnlyList<Pixel>> parts, bool closed, Rgb? fill, double opacity, Stroke? stroke)
    {
        foreach (SP.Coordinates[] points in parts.Where(p => p.Count > 0).Select(p => p.Select(At).ToArray()))
        {
            if (fill is { } color)
            {
                SP.Plottables.Polygon area = plot.Add.Polygon(points);
                area.FillColor = Color(color).WithAlpha(opacity);
                area.LineWidth = 0;
            }

            if (stroke is not null)
            {
                SP.Coordinates[] way = closed ? [.. points, points[0]] : points;
                SP.Plottables.Scatter line = plot.Add.ScatterLine(way, Color(stroke.Color).WithAlpha(stroke.Opacity));
                line.LineWidth = (float)stroke.Width;
                line.LinePattern = Pattern(stroke);
            }
        }
    }

    private static void Circle(SP.Plot plot, CircleShape circle, Rgb outline)
    {
        SP.Plottables.Scatter mark = plot.Add.ScatterPoints(new[] { At(circle.Center) }, Color(outline));
        mark.MarkerShape = circle.Fill is null ? SP.MarkerShape.OpenCircle : SP.MarkerShape.FilledCircle;
        mark.MarkerSize = 2 * (float)circle.Radius;
        mark.MarkerFillColor = Color(circle.Fill ?? outline);
        mark.MarkerLineWidth = (float)(circle.Stroke?.Width ?? 0);
    }

    public static void Raster(SP.Plot plot, Box box, int width, int height, byte[] rgba)
    {
        SP.Plottables.ImageRect picture = plot.Add.ImageRect(new SP.Image(PngWriter.Encode(width, height, rgba)), new SP.CoordinateRect(box.Left, box.Right, -box.Bottom, -box.Top));
        picture.AntiAlias = width > box.Width; // enlarged rasters keep hard edges
    }

    public static void Text(SP.Plot plot, TextShape text)
    {
        SP.Plottables.Text label = plot.Add.Text(text.Text, text.At.X, -text.At.Y);
        label.LabelFontSize = (float)text.Size;
        label.LabelFontColor = Color(text.Color);
        label.LabelBold = text.Bold;
        label.LabelRotation = text.Vertical ? -90 : 0;
        label.LabelAlignment = text.Anchor switch { TextAnchor.Start => SP.Alignment.LowerLeft, TextAnchor.Middle => SP.Alignment.LowerCenter, _ => SP.Alignment.LowerRight };
    }

    public static SP.Color Color(Rgb color) => new(color.R, color.G, color.B);

    public static SP.LinePattern Pattern(Stroke stroke) => stroke.Dash is null ? SP.LinePattern.Solid : new SP.LinePattern([.. stroke.Dash.Select(d => (float)d)], 0, "dash");

    private static SP.Coordinates At(Pixel pixel) => new(pixel.X, -pixel.Y);
}
