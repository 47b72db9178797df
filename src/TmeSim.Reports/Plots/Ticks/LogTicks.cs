using ScottPlot;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>
/// Ticks of a logarithmic axis, whose coordinates are decimal logarithms: 1, 2, 5 in each decade where these have room, else decades, else every
/// second, third … of them; minor ticks at 2 to 9. Within less than a decade, round numbers.
/// </summary>
public sealed class LogTicks : ITickGenerator
{
    private static readonly int[][] Mantissas = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];

    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        foreach ((int[] mantissas, int stride) in Choices(range))
        {
            (double At, string Label)[] major = [.. Places(range, mantissas, stride)];
            if (major.Length == 0 || TickRoom.Fits(major, range, edge, size.Length, labelStyle))
            {
                IEnumerable<double> minor = stride == 1 ? Places(range, Mantissas[0], 1).Select(t => t.At).Except(major.Select(t => t.At)) : [];
                Ticks = [.. major.Select(t => Tick.Major(t.At, t.Label)), .. minor.Select(Tick.Minor)];
                return;
            }
        }
    }

    // All nine only where the axis is shorter than a decade: elsewhere they say little.
    private static IEnumerable<(int[] Mantissas, int Stride)> Choices(CoordinateRange range)
    {
        IEnumerable<(int[], int)> fine = Mantissas.Skip(range.Span < 1 ? 0 : range.Span < 3 ? 1 : 3).Select(m => (m, 1));
        return fine.Concat(Enumerable.Range(2, 600).Select(k => (Mantissas[^1], k)));
    }

    private static IEnumerable<(double At, string Label)> Places(CoordinateRange range, int[] mantissas, int stride)
    {
        int first = (int)Math.Floor(range.Min / stride) * stride;
        for (int decade = first; decade <= range.Max + 1; decade += stride)
        {
            foreach (int mantissa in mantissas)
            {
                double at = decade + Math.Log10(mantissa);
                if (at >= range.Min - 1e-9 && at <= range.Max + 1e-9)
                {
                    yield return (at, Numbers.Short(mantissa * Math.Pow(10, decade)));
                }
            }
        }
    }
}
