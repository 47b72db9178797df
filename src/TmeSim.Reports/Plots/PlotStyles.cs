using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Sizes [px] and colours that all figures share, and how styles of a description become those of ScottPlot.</summary>
internal static class PlotStyles
{
    public const float TitleSize = 15;
    public const float PanelTitleSize = 12;
    public const float LabelSize = 12;
    public const float TickSize = 11;
    public const float SmallSize = 10;
    private const float CaptionGap = 4;

    public static Color Ink { get; } = Color.FromHex("#1a1a1a");

    public static Color Soft { get; } = Color.FromHex("#555555");

    public static Color AxisLine { get; } = Color.FromHex("#333333");

    public static Color Frame { get; } = Color.FromHex("#8a8a8a");

    public static Color Grid { get; } = Color.FromHex("#e6e6e6");

    /// <summary>A plot without anything in it, in the style of all figures.</summary>
    public static Plot New()
    {
        PlotFont.Install();
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Axes.Color(AxisLine);
        plot.Axes.FrameWidth(1);
        plot.Axes.Title.IsVisible = false;
        plot.Legend.IsVisible = false;
        plot.Grid.MajorLineColor = Grid;
        plot.Grid.MajorLineWidth = 1;
        plot.Grid.XAxisStyle.IsVisible = false;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.MajorTickStyle.Length = 4;
            axis.MajorTickStyle.Width = 1;
            axis.MinorTickStyle.Length = 2;
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Ink;
            axis.Label.Text = "";
        }

        plot.Axes.Bottom.MinorTickStyle.Length = plot.Axes.Left.MinorTickStyle.Length = 0;
        return plot;
    }

    /// <summary>A plot without axes, for text and legends.</summary>
    public static Plot Blank(IPlottable content)
    {
        Plot plot = New();
        plot.PlottableList.Add(content);
        plot.Axes.ReplaceNullAxesWithDefaults();
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.Axes.Frameless();
        plot.HideGrid();
        return plot;
    }

    /// <summary>Lines where the axes are; around pictures, which have none, on all sides.</summary>
    public static void SetFrames(Plot plot, bool x, bool y)
    {
        bool framed = !x && !y;
        plot.Axes.Top.FrameLineStyle.IsVisible = plot.Axes.Right.FrameLineStyle.IsVisible = framed;
        plot.Axes.Left.FrameLineStyle.IsVisible = y || framed;
        plot.Axes.Bottom.FrameLineStyle.IsVisible = x || framed;
        if (!y)
        {
            plot.HideGrid();
        }
    }

    /// <summary>An axis that takes no room but for its line.</summary>
    public static void Hide(IAxis axis)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
        axis.MajorTickStyle.Length = axis.MinorTickStyle.Length = 0;
        axis.Label.IsVisible = false;
    }

    /// <summary>Gives an axis the room that it needs beside a plot area of this length, and returns it [px].</summary>
    public static float Size(IAxis axis, float length)
    {
        using Paint paint = Paint.NewDisposablePaint();
        if (axis is IXAxis x)
        {
            x.RegenerateTicks(new PixelLength(length), paint);
        }
        else if (axis is IYAxis y)
        {
            y.RegenerateTicks(new PixelLength(length), paint);
        }

        if (axis.TickGenerator.Ticks.Length == 0 && axis.Label.Text.Length == 0)
        {
            return 1;
        }

        // An axis takes turned labels for level ones.
        float turned = axis is not IXAxis || axis.TickLabelStyle.Rotation == 0 ? 0 : axis.TickGenerator.Ticks
            .Select(t => (float)TextMetrics.Width(t.Label, axis.TickLabelStyle.FontSize)).Append(0).Max();

        // A caption stands at the outer edge, else close to the labels of the ticks; each of its lines takes more than is measured.
        float apart = axis is IYAxis && axis.Label.Text.Length > 0 ? CaptionGap * axis.Label.Text.Split('\n').Length : 0;

        // While it is drawn it would place its caption by ticks of the length of the whole picture.
        return axis.MinimumSize = axis.MaximumSize = axis.Measure(paint) + turned + apart;
    }

    public static Color Of(Rgb color, double opacity = 1) => new(color.R, color.G, color.B, (byte)Math.Round(255 * opacity));

    public static LineStyle Line(Stroke stroke) => new((float)stroke.Width, Of(stroke.Color, stroke.Opacity), Pattern(stroke.Dash)) { StrokeJoin = SkiaSharp.SKStrokeJoin.Round };

    /// <summary>A line without its dashes, which SVG takes as an attribute (<see cref="Marked"/>).</summary>
    public static LineStyle Solid(Stroke stroke) => Line(stroke with { Dash = null });

    public static LinePattern Pattern(IReadOnlyList<double>? dash) =>
        dash is null ? LinePattern.Solid : new LinePattern([.. dash.Select(d => (float)d)], 0, string.Join('-', dash));

    public static MarkerStyle Marker(PointStyle style) => new(MarkerShape.FilledCircle, (float)(style.Size * Enlarged(style.Shape)))
    {
        FillColor = style.Fill is { } fill ? Of(fill) : Colors.Transparent,
        LineColor = Of(style.Outline),
        LineWidth = 1.2f,
        OutlineColor = Of(style.Outline),
        OutlineWidth = 1.2f,
        CustomRenderer = style.Shape == Figures.Marker.Circle ? null : new ShapeMarker(style.Shape),
    };

    // Shapes of one size look alike when their areas are.
    private static double Enlarged(Marker marker) => marker switch
    {
        Figures.Marker.Square => 0.9,
        Figures.Marker.Diamond or Figures.Marker.Star => 1.25,
        Figures.Marker.Triangle or Figures.Marker.TriangleDown => 1.15,
        _ => 1,
    };
}
