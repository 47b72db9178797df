using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>The colour bar right of the panels.</summary>
internal sealed class ColorBarLayout
{
    private const double BarWidth = 14;
    private const double Tallest = 260;
    private const double Shortest = 130;
    private const int Shades = 128;
    private readonly ColorBar _bar;
    private readonly AxisMap _axis;
    private readonly IReadOnlyList<string> _caption;

    public ColorBarLayout(ColorBar bar)
    {
        _bar = bar;
        var axis = new Axis { Label = bar.Label, Unit = bar.Unit, Min = bar.Min, Max = bar.Max, Scale = bar.IsLog ? AxisScale.Log10 : AxisScale.Linear };
        _axis = AxisMap.Create(axis, (bar.Min, bar.Max), 5);
        _caption = TextWrap.Lines(axis.Caption, Shortest, LayoutStyle.LabelSize, maxLines: 3);
        double labels = _axis.Labels.Select(label => TextMetrics.Width(label, LayoutStyle.TickSize)).DefaultIfEmpty(0).Max();
        Width = LayoutStyle.ColumnGap + BarWidth + LayoutStyle.TickLength + 3 + labels + 8 + (_caption.Count * LayoutStyle.Line(LayoutStyle.LabelSize));
    }

    /// <summary>Room that the bar takes with its labels and the gap before it [px].</summary>
    public double Width { get; }

    /// <summary>Adds the bar from <paramref name="top"/> down and returns the lower end of bar or panels.</summary>
    public double Add(List<Shape> shapes, double left, double top, double bottom)
    {
        double height = Math.Clamp(bottom - top, Shortest, Tallest);
        var box = new Box(left + LayoutStyle.ColumnGap, top, left + LayoutStyle.ColumnGap + BarWidth, top + height);
        byte[] rgba = new byte[Shades * 4];
        for (int i = 0; i < Shades; i++)
        {
            Rgb color = _bar.Map.At(1 - (i / (Shades - 1.0)));
            (rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2], rgba[(i * 4) + 3]) = (color.R, color.G, color.B, 255);
        }

        shapes.Add(new RasterShape(box, 1, Shades, rgba));
        shapes.Add(new RectShape(box, null, 1, LayoutStyle.AxisLine));
        for (int i = 0; i < _axis.Ticks.Count; i++)
        {
            double y = box.Bottom - (_axis.Fraction(_axis.Ticks[i]) * height);
            shapes.Add(new PathShape([[new Pixel(box.Right, y), new Pixel(box.Right + LayoutStyle.TickLength, y)]], false, null, 1, LayoutStyle.AxisLine));
            shapes.Add(new TextShape(new Pixel(box.Right + LayoutStyle.TickLength + 3, y + (LayoutStyle.TickSize * 0.36)), _axis.Labels[i], LayoutStyle.TickSize, TextAnchor.Start, LayoutStyle.Ink));
        }

        double x = left + Width - (_caption.Count * LayoutStyle.Line(LayoutStyle.LabelSize)) + (LayoutStyle.LabelSize * 0.85);
        foreach (string line in _caption)
        {
            shapes.Add(new TextShape(new Pixel(x, box.CenterY), line, LayoutStyle.LabelSize, TextAnchor.Middle, LayoutStyle.Ink, Vertical: true));
            x += LayoutStyle.Line(LayoutStyle.LabelSize);
        }

        return Math.Max(bottom, box.Bottom + 6);
    }
}
