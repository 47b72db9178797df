using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws bars with their error bars.</summary>
internal static class BarPainter
{
    public static void Add(List<Shape> shapes, PanelLayout panel, BarElement bars)
    {
        for (int i = 0; i < Math.Min(bars.Position.Count, bars.Value.Count); i++)
        {
            double centre = bars.Position[i];
            Pixel a = At(panel, bars, centre - (bars.Width / 2), bars.Baseline);
            Pixel b = At(panel, bars, centre + (bars.Width / 2), bars.Value[i]);
            if (double.IsNaN(b.X) || double.IsNaN(b.Y))
            {
                continue;
            }

            // On a logarithmic axis a base line of 0 is the edge of the panel.
            a = new Pixel(double.IsNaN(a.X) ? panel.Plot.Left : a.X, double.IsNaN(a.Y) ? panel.Plot.Bottom : a.Y);
            shapes.Add(new RectShape(new Box(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y)), bars.Color, 1, null));
            if (bars.ErrorLow is { } low && bars.ErrorHigh is { } high && i < low.Count && i < high.Count)
            {
                ErrorBars.Add(shapes, At(panel, bars, centre, low[i]), At(panel, bars, centre, high[i]), LayoutStyle.Ink);
            }
        }
    }

    private static Pixel At(PanelLayout panel, BarElement bars, double position, double value) =>
        bars.Horizontal ? panel.At(value, position) : panel.At(position, value);
}
