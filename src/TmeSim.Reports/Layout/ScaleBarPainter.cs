using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws a scale bar on a white plate, readable over any picture.</summary>
internal static class ScaleBarPainter
{
    private const double Margin = 6;

    public static void Add(List<Shape> shapes, PanelLayout panel, ScaleBar bar)
    {
        double length = (panel.X.Fraction(panel.X.Low + bar.Length) - panel.X.Fraction(panel.X.Low)) * panel.Plot.Width;
        double text = TextMetrics.Width(bar.Label, LayoutStyle.SmallSize, bold: true);
        double width = Math.Max(length, text) + 10;
        Box plot = panel.Plot;
        if (!double.IsFinite(length) || width > plot.Width - (2 * Margin) || plot.Height < 40)
        {
            return;
        }

        var plate = new Box(plot.Right - Margin - width, plot.Bottom - Margin - 21, plot.Right - Margin, plot.Bottom - Margin);
        shapes.Add(new RectShape(plate, Rgb.White, 0.85, null));
        shapes.Add(new TextShape(new Pixel(plate.CenterX, plate.Top + 11), bar.Label, LayoutStyle.SmallSize, TextAnchor.Middle, Rgb.Black, Bold: true));
        shapes.Add(new RectShape(new Box(plate.CenterX - (length / 2), plate.Bottom - 6, plate.CenterX + (length / 2), plate.Bottom - 3), Rgb.Black, 1, null));
    }
}
