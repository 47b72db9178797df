using ScottPlot;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>A scale bar in the lower right corner on a white plate, readable over any picture; left out where it has no room.</summary>
/// <param name="length">Length in units of the axis of x.</param>
/// <param name="text">Length with its unit.</param>
public sealed class ScaleMark(double length, string text) : PlottableBase
{
    private const float Margin = 6;
    private const float MinHeight = 40;

    public override void Render(RenderPack rp)
    {
        float bar = Axes.GetPixelX(Axes.XAxis.Min + length) - Axes.GetPixelX(Axes.XAxis.Min);
        float width = Math.Max(bar, (float)TextMetrics.Width(text, PlotStyles.SmallSize, bold: true)) + 10;
        PixelRect plot = rp.DataRect;
        if (!float.IsFinite(bar) || width > plot.Width - (2 * Margin) || plot.Height < MinHeight)
        {
            return;
        }

        var plate = new PixelRect(plot.Right - Margin - width, plot.Right - Margin, plot.Bottom - Margin, plot.Bottom - Margin - 21);
        Drawing.FillRectangle(rp.Canvas, plate, rp.Paint, new FillStyle { Color = Colors.White.WithAlpha(0.85) });
        var label = new LabelStyle
        {
            Text = text, FontName = PlotFont.Family, FontSize = PlotStyles.SmallSize, Bold = true, ForeColor = Colors.Black, Alignment = Alignment.UpperCenter,
        };
        label.Render(rp.Canvas, new Pixel(plate.HorizontalCenter, plate.Top + 1), rp.Paint);
        var line = new PixelRect(plate.HorizontalCenter - (bar / 2), plate.HorizontalCenter + (bar / 2), plate.Bottom - 3, plate.Bottom - 6);
        Drawing.FillRectangle(rp.Canvas, line, rp.Paint, new FillStyle { Color = Colors.Black });
    }
}
