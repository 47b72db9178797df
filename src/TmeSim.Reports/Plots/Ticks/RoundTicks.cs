using ScottPlot;
using ScottPlot.TickGenerators;
using TmeSim.Reports.Words;

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
        double unit = log ? 1 : Unit(Math.Max(Math.Abs(low), Math.Abs(high)));
        CoordinateRange range = log ? new CoordinateRange(Math.Log10(low), Math.Log10(high)) : new CoordinateRange(low / unit, high / unit);
        ticks.Regenerate(range, Edge.Bottom, new PixelLength(PixelsPerTick * count), paint, new LabelStyle { FontName = PlotFont.Family, FontSize = PlotStyles.TickSize });
        return [.. ticks.Ticks.Where(t => t.IsMajor).Select(t => log ? Math.Pow(10, t.Position) : t.Position * unit)];
    }

    // Very large and small values are counted in a power of ten.
    private static double Unit(double size) => size is > 1e12 or (> 0 and < 1e-12) ? Math.Pow(10, Math.Floor(Math.Log10(size))) : 1;
}
