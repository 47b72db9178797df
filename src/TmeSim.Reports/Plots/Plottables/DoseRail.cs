using ScottPlot;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>Ticks of one dosing schedule along a time axis; doses too close to be told apart become one bar.</summary>
/// <param name="row">Place of the rail on the axis of y, one unit high.</param>
/// <param name="times">Dose times in units of the axis of x.</param>
/// <param name="colors">Colours of the arms that get it, stacked in each tick.</param>
public sealed class DoseRail(double row, IReadOnlyList<double> times, IReadOnlyList<Color> colors) : PlottableBase
{
    private const float TickWidth = 2;
    private const float MinGap = 3.5f;
    private const double Height = 0.64;

    public override void Render(RenderPack rp)
    {
        foreach ((float left, float right) in Runs())
        {
            for (int i = 0; i < colors.Count; i++)
            {
                double top = row + (Height / 2) - (i * Height / colors.Count), bottom = top - (Height / colors.Count);
                var place = new PixelRect(left, right, Axes.GetPixelY(bottom), Axes.GetPixelY(top));
                Drawing.FillRectangle(rp.Canvas, place, rp.Paint, new FillStyle { Color = colors[i] });
            }
        }
    }

    private IEnumerable<(float Left, float Right)> Runs()
    {
        (double low, double high) = (Axes.XAxis.Min, Axes.XAxis.Max);
        float[] at = [.. times.Where(t => double.IsFinite(t) && t >= low - 1e-9 && t <= high + 1e-9).Order().Select(t => Axes.GetPixelX(t))];
        for (int i = 0; i < at.Length;)
        {
            int last = i;
            while (last + 1 < at.Length && at[last + 1] - at[last] < MinGap)
            {
                last++;
            }

            // Whole at the ends of the axis too.
            float left = Math.Clamp(at[i] - (TickWidth / 2), Axes.DataRect.Left, Axes.DataRect.Right - TickWidth);
            yield return (left, Math.Max(left + TickWidth, Math.Min(at[last] + (TickWidth / 2), Axes.DataRect.Right)));
            i = last + 1;
        }
    }
}
