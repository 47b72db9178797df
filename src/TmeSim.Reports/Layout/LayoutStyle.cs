using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Sizes [px] and colours that all figures share.</summary>
internal static class LayoutStyle
{
    public const double Padding = 14;
    public const double ColumnGap = 22;
    public const double RowGap = 16;
    public const double TitleSize = 15;
    public const double PanelTitleSize = 12;
    public const double LabelSize = 12;
    public const double TickSize = 11;
    public const double SmallSize = 10;
    public const double TickLength = 4;
    public const double ClosestYTicks = 30;
    public const double TrackHeight = 14;
    public const double TrackLabelWidth = 130;

    public static Rgb Ink { get; } = Rgb.Parse("#1a1a1a");

    public static Rgb Soft { get; } = Rgb.Parse("#555555");

    public static Stroke AxisLine { get; } = new(Rgb.Parse("#333333"), 1);

    public static Stroke Grid { get; } = new(Rgb.Parse("#e6e6e6"), 1);

    public static Stroke Frame { get; } = new(Rgb.Parse("#8a8a8a"), 1);

    public static double Line(double size) => size * TextMetrics.LineHeight;

    /// <summary>Adds lines of text below <paramref name="top"/> and returns where they end.</summary>
    public static double AddLines(List<Shape> shapes, IReadOnlyList<string> lines, double x, double top, double size, Rgb color, bool bold = false, TextAnchor anchor = TextAnchor.Start)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            double baseline = top + (i * Line(size)) + (size * TextMetrics.Ascent) + (size * 0.1);
            shapes.Add(new TextShape(new Pixel(x, baseline), lines[i], size, anchor, color, bold));
        }

        return top + (lines.Count * Line(size));
    }
}
