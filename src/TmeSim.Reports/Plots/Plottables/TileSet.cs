using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>
/// Rectangles of any sizes, such as the cells of an uneven grid, cut off at the plot area. Their texts are left out when one of them does not fit
/// into its rectangle.
/// </summary>
/// <param name="tiles">Rectangles in coordinates of the plot, with colour (null for none) and text (empty for none).</param>
/// <param name="hatch">Slanting lines over all rectangles; null for none.</param>
public sealed class TileSet(IReadOnlyList<(CoordinateRect Rect, Color? Color, string Text)> tiles, LineStyle? hatch) : PlottableBase
{
    private const float HatchDistance = 6;
    private const double MaxSize = 11;
    private const double MinSize = 8;

    // The luminance at which black and white contrast alike (WCAG 2).
    private const double MiddleLuminance = 0.179;

    public override AxisLimits GetAxisLimits() => tiles.Count == 0
        ? AxisLimits.NoLimits
        : new AxisLimits(tiles.Min(t => t.Rect.Left), tiles.Max(t => t.Rect.Right), tiles.Min(t => t.Rect.Bottom), tiles.Max(t => t.Rect.Top));

    public override void Render(RenderPack rp)
    {
        (PixelRect Rect, Color? Color, string Text)[] placed =
        [
            .. tiles.Select(t => (Cut(Axes.GetPixelRect(t.Rect), rp.DataRect), t.Color, t.Text)).Where(t => t.Item1.Width > 0 && t.Item1.Height > 0),
        ];
        foreach ((PixelRect rect, Color? color, _) in placed)
        {
            if (color is { } fill)
            {
                // A hairline of their own colour closes the seams that renderers leave between neighbours.
                Drawing.FillRectangle(rp.Canvas, rect, rp.Paint, new FillStyle { Color = fill });
                Drawing.DrawRectangle(rp.Canvas, rect, rp.Paint, new LineStyle(0.6f, fill));
            }

            if (hatch is not null)
            {
                hatch.Render(rp.Canvas, [.. Hatching(rect)], rp.Paint);
            }
        }

        AddTexts(rp, [.. placed.Where(t => t.Text.Length > 0)]);
    }

    /// <summary>Slanting lines through a rectangle, in step with those of its neighbours.</summary>
    internal static IEnumerable<PixelLine> Hatching(PixelRect box)
    {
        for (float sum = MathF.Ceiling((box.Left + box.Top) / HatchDistance) * HatchDistance; sum < box.Right + box.Bottom; sum += HatchDistance)
        {
            float left = Math.Max(box.Left, sum - box.Bottom), right = Math.Min(box.Right, sum - box.Top);
            if (right > left)
            {
                yield return new PixelLine(left, sum - left, right, sum - right);
            }
        }
    }

    private static void AddTexts(RenderPack rp, (PixelRect Rect, Color? Color, string Text)[] texts)
    {
        double size = texts.Select(t => Math.Min((t.Rect.Width - 6) / TextMetrics.Width(PlainText.Drawn(t.Text), 1), (t.Rect.Height - 2) / TextMetrics.LineHeight))
            .DefaultIfEmpty(0).Min();
        if (size < MinSize)
        {
            return;
        }

        size = Math.Min(size, MaxSize);
        foreach ((PixelRect rect, Color? color, string text) in texts)
        {
            Color ground = color ?? Colors.White;
            Color ink = new Rgb(ground.R, ground.G, ground.B).Luminance > MiddleLuminance ? Colors.Black : Colors.White;
            PlotText.Draw(rp, PlainText.Drawn(text), new Pixel(rect.HorizontalCenter, rect.VerticalCenter + (float)(size * 0.36)), TextAnchor.Middle, ink, (float)size);
        }
    }

    private static PixelRect Cut(PixelRect rect, PixelRect plot) => new(
        Math.Clamp(rect.Left, plot.Left, plot.Right), Math.Clamp(rect.Right, plot.Left, plot.Right),
        Math.Clamp(rect.Bottom, plot.Top, plot.Bottom), Math.Clamp(rect.Top, plot.Top, plot.Bottom));
}
