using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws the elements of a panel, to be cut off at the plot area.</summary>
internal static class ElementPainter
{
    public static void Add(List<Shape> shapes, PanelLayout panel)
    {
        foreach (PlotElement element in panel.Panel.Elements)
        {
            if (element.Group is null)
            {
                Add(shapes, panel, element);
                continue;
            }

            var inside = new List<Shape>();
            Add(inside, panel, element);
            if (inside.Count > 0)
            {
                shapes.Add(new GroupShape(inside, element.Group));
            }
        }
    }

    private static void Add(List<Shape> shapes, PanelLayout panel, PlotElement element)
    {
        switch (element)
        {
            case LineElement line:
                AddLine(shapes, Curves.Pieces(panel, line.X, line.Y), line.Closed, line.Stroke);
                break;
            case StepElement steps:
                AddLine(shapes, Curves.Steps(panel, steps.X, steps.Y), false, steps.Stroke);
                break;
            case BandElement band:
                IReadOnlyList<IReadOnlyList<Pixel>> areas = Curves.Band(panel, band);
                if (areas.Count > 0)
                {
                    shapes.Add(new PathShape(areas, true, band.Color, band.Opacity, null));
                }

                break;
            case PointElement points:
                AddPoints(shapes, panel, points);
                break;
            case SwarmElement swarm:
                SwarmPainter.Add(shapes, panel, swarm);
                break;
            case ArrowElement arrow:
                AddArrow(shapes, panel, arrow);
                break;
            case BarElement bars:
                BarPainter.Add(shapes, panel, bars);
                break;
            case RuleElement rule:
                AddRule(shapes, panel, rule);
                break;
            case HeatMapElement map:
                shapes.Add(new RasterShape(RasterBox(panel, map.Extents), map.Width, map.Height, Colored(map)));
                break;
            case ImageElement image:
                shapes.Add(new RasterShape(RasterBox(panel, image.Extents), image.Width, image.Height, image.Rgba));
                break;
            case TileElement tiles:
                TilePainter.Add(shapes, panel, tiles);
                break;
            case TextElement text:
                AddText(shapes, panel, text);
                break;
            case LabelElement labels:
                LabelPainter.Add(shapes, panel, labels);
                break;
        }
    }

    private static void AddLine(List<Shape> shapes, IReadOnlyList<IReadOnlyList<Pixel>> pieces, bool closed, Stroke stroke)
    {
        if (pieces.Count > 0)
        {
            shapes.Add(new PathShape(pieces, closed, null, 1, stroke));
        }
    }

    public static void AddPoints(List<Shape> shapes, PanelLayout panel, PointElement points)
    {
        for (int i = 0; i < Math.Min(points.X.Count, points.Y.Count); i++)
        {
            Pixel at = panel.At(points.X[i], points.Y[i]);
            if (double.IsNaN(at.X) || double.IsNaN(at.Y))
            {
                continue;
            }

            if (points.ErrorLow is { } low && points.ErrorHigh is { } high && i < low.Count && i < high.Count)
            {
                ErrorBars.Add(shapes, panel.At(points.X[i], low[i]), panel.At(points.X[i], high[i]), points.Style.Outline);
            }

            if (points.XErrorLow is { } left && points.XErrorHigh is { } right && i < left.Count && i < right.Count)
            {
                ErrorBars.Add(shapes, panel.At(left[i], points.Y[i]), panel.At(right[i], points.Y[i]), points.Style.Outline);
            }

            shapes.Add(Markers.Shape(at, points.Style));
        }
    }

    public static void AddArrow(List<Shape> shapes, PanelLayout panel, ArrowElement arrow)
    {
        Pixel from = panel.At(arrow.FromX, arrow.FromY);
        Pixel tip = panel.At(arrow.X, arrow.Y);
        double length = Math.Sqrt(Math.Pow(tip.X - from.X, 2) + Math.Pow(tip.Y - from.Y, 2));
        if (!(length > 1e-6))
        {
            return;
        }

        (double x, double y) = ((tip.X - from.X) / length * arrow.Size, (tip.Y - from.Y) / length * arrow.Size);
        Pixel[] head = [tip, new(tip.X - x - (y * 0.42), tip.Y - y + (x * 0.42)), new(tip.X - (x * 0.75), tip.Y - (y * 0.75)), new(tip.X - x + (y * 0.42), tip.Y - y - (x * 0.42))];
        shapes.Add(new PathShape([head], true, arrow.Color, 1, null));
    }

    private static void AddRule(List<Shape> shapes, PanelLayout panel, RuleElement rule)
    {
        Box plot = panel.Plot;
        double fraction = (rule.Horizontal ? panel.Y : panel.X).Fraction(rule.Value);
        if (fraction is >= 0 and <= 1)
        {
            double x = plot.Left + (fraction * plot.Width);
            double y = plot.Bottom - (fraction * plot.Height);
            Pixel[] ends = rule.Horizontal ? [new(plot.Left, y), new(plot.Right, y)] : [new(x, plot.Top), new(x, plot.Bottom)];
            shapes.Add(new PathShape([ends], false, null, 1, rule.Stroke));
        }
    }

    /// <summary>Text moved into the panel and shortened to its width.</summary>
    public static void AddText(List<Shape> shapes, PanelLayout panel, TextElement element)
    {
        Box plot = panel.Plot;
        string text = TextWrap.Ellipsis(element.Text, plot.Width - 4, element.Size);
        Pixel at = panel.At(element.X, element.Y);
        if (double.IsNaN(at.X) || double.IsNaN(at.Y))
        {
            return;
        }

        var shape = new TextShape(at, text, element.Size, element.Anchor, element.Color);
        Box box = shape.Bounds;
        double dx = Math.Max(plot.Left + 2 - box.Left, 0) + Math.Min(plot.Right - 2 - box.Right, 0);
        double dy = Math.Max(plot.Top + 1 - box.Top, 0) + Math.Min(plot.Bottom - 1 - box.Bottom, 0);
        shapes.Add(shape with { At = new Pixel(at.X + dx, at.Y + dy) });
    }

    private static Box RasterBox(PanelLayout panel, Extents extents)
    {
        Pixel a = panel.At(extents.XMin, extents.YMin);
        Pixel b = panel.At(extents.XMax, extents.YMax);
        return new Box(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
    }

    /// <summary>RGBA pixels of a heat map.</summary>
    public static byte[] Colored(HeatMapElement map)
    {
        byte[] rgba = new byte[map.Width * map.Height * 4];
        double range = map.Max > map.Min ? map.Max - map.Min : 1;
        for (int i = 0; i < map.Width * map.Height; i++)
        {
            if (float.IsFinite(map.Values[i]))
            {
                // 251 shades keep the picture within an indexed PNG.
                Rgb color = map.Map.At(Math.Round(Math.Clamp((map.Values[i] - map.Min) / range, 0, 1) * 250) / 250);
                (rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2], rgba[(i * 4) + 3]) = (color.R, color.G, color.B, 255);
            }
        }

        return rgba;
    }
}
