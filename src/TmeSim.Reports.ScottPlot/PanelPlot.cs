using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;
using TmeSim.Scenarios;
using SP = ScottPlot;

namespace TmeSim.Reports.Plots;

/// <summary>A placed panel as a ScottPlot plot.</summary>
internal static class PanelPlot
{
    public static Box Area(PanelLayout panel) => new(panel.Plot.Left - panel.Left, panel.Plot.Top, panel.Plot.Right + panel.Right, panel.Plot.Bottom + panel.Bottom);

    public static SP.Plot Create(PanelLayout panel)
    {
        var plot = new SP.Plot();
        Box box = panel.Plot;
        plot.HideGrid();
        foreach (PlotElement element in panel.Panel.Elements)
        {
            Add(plot, panel, element);
        }

        plot.Axes.SetLimits(box.Left, box.Right, -box.Bottom, -box.Top);
        plot.Layout.Fixed(new SP.PixelPadding((float)panel.Left, (float)panel.Right, (float)panel.Bottom, 0));
        Axis(plot.Axes.Bottom, panel.X, f => box.Left + (f * box.Width), panel.XLabels.Lines);
        Axis(plot.Axes.Left, panel.Y, f => -box.Bottom + (f * box.Height), panel.YLabels);
        plot.XLabel(string.Join('\n', panel.XCaption), (float)LayoutStyle.LabelSize);
        plot.YLabel(string.Join('\n', panel.YCaption), (float)LayoutStyle.LabelSize);
        plot.Axes.Bottom.TickLabelStyle.Rotation = panel.XLabels.Vertical ? -90 : 0;
        plot.Axes.Bottom.TickLabelStyle.Alignment = panel.XLabels.Vertical ? SP.Alignment.MiddleRight : SP.Alignment.UpperCenter;

        // Pictures have a frame on all sides; others only where their axes are.
        plot.Axes.Top.IsVisible = plot.Axes.Right.IsVisible = !panel.Panel.X.Visible && !panel.Panel.Y.Visible;
        return plot;
    }

    private static void Axis(SP.IAxis axis, AxisMap map, Func<double, double> place, IReadOnlyList<IReadOnlyList<string>> labels)
    {
        int count = map.Axis.Visible ? Math.Min(map.Ticks.Count, labels.Count) : 0;
        axis.TickGenerator = new SP.TickGenerators.NumericManual(
            [.. map.Ticks.Take(count).Select(t => place(map.Fraction(t)))], [.. labels.Take(count).Select(lines => string.Join('\n', lines))]);
        axis.TickLabelStyle.FontSize = (float)LayoutStyle.TickSize;
        axis.Label.Bold = false;
    }

    private static void Add(SP.Plot plot, PanelLayout panel, PlotElement element)
    {
        var shapes = new List<Shape>();
        switch (element)
        {
            case LineElement line:
                Ink.Add(plot, Curves.Pieces(panel, line.X, line.Y), line.Closed, null, 1, line.Stroke);
                break;
            case StepElement steps:
                Ink.Add(plot, Curves.Steps(panel, steps.X, steps.Y), false, null, 1, steps.Stroke);
                break;
            case BandElement band:
                Ink.Add(plot, Curves.Band(panel, band), true, band.Color, band.Opacity, null);
                break;
            case PointElement points:
                ElementPainter.AddPoints(shapes, panel, points);
                break;
            case SwarmElement swarm:
                SwarmPainter.Add(shapes, panel, swarm);
                break;
            case ArrowElement arrow:
                ElementPainter.AddArrow(shapes, panel, arrow);
                break;
            case BarElement bars:
                BarPainter.Add(shapes, panel, bars);
                break;
            case RuleElement { Horizontal: true } rule:
                plot.Add.HorizontalLine(-panel.At(double.NaN, rule.Value).Y, (float)rule.Stroke.Width, Ink.Color(rule.Stroke.Color), Ink.Pattern(rule.Stroke));
                break;
            case RuleElement rule:
                plot.Add.VerticalLine(panel.At(rule.Value, double.NaN).X, (float)rule.Stroke.Width, Ink.Color(rule.Stroke.Color), Ink.Pattern(rule.Stroke));
                break;
            case HeatMapElement map:
                Ink.Raster(plot, Area(panel, map.Extents), map.Width, map.Height, ElementPainter.Colored(map));
                break;
            case ImageElement image:
                Ink.Raster(plot, Area(panel, image.Extents), image.Width, image.Height, image.Rgba);
                break;
            case TileElement tiles:
                TilePainter.Add(shapes, panel, tiles);
                break;
            case LabelElement labels:
                LabelPainter.Add(shapes, panel, labels);
                break;
            case TextElement text:
                ElementPainter.AddText(shapes, panel, text);
                break;
            default:
                throw new NotSupportedException($"ScottPlot figures cannot show a {element.GetType().Name}");
        }

        Ink.Add(plot, shapes);
    }

    private static Box Area(PanelLayout panel, Extents extents)
    {
        Pixel lower = panel.At(extents.XMin, extents.YMin), upper = panel.At(extents.XMax, extents.YMax);
        return new Box(lower.X, upper.Y, upper.X, lower.Y);
    }
}
