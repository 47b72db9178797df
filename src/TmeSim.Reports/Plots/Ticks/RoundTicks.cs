using ScottPlot;
using ScottPlot.TickGenerators;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>Round values of a range, as the ticks of an axis would have them.</summary>
internal static class RoundTicks
{
    private const float PixelsPerTick = 60;

    /// <summary>About so many values; decades (or 1, 2, 5 in them) of a logarithmic range.</summary>
    public static IReadOnlyList<double> Of(double low, double high, int count, bool log = false)
    {
        using Paint paint = Paint.NewDisposablePaint();
        ITickGenerator ticks = log ? new LogTicks() : new NumericAutomatic { TargetTickCount = count };
        CoordinateRange range = log ? new CoordinateRange(Math.Log10(low), Math.Log10(high)) : new CoordinateRange(low, high);
        ticks.Regenerate(range, Edge.Bottom, new PixelLength(PixelsPerTick * count), paint, new LabelStyle { FontName = PlotFont.Family, FontSize = PlotStyles.TickSize });
        return [.. ticks.Ticks.Where(t => t.IsMajor).Select(t => log ? Math.Pow(10, t.Position) : t.Position)];
    }
}
