using ScottPlot;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>Ticks at multiples of the smallest of the given steps whose labels have room (weeks: 1, 2, 4, 8, 13, …); of larger ones in turn doubled.</summary>
/// <param name="steps">Distances, rising and positive.</param>
public sealed class SteppedTicks(IReadOnlyList<double> steps) : ITickGenerator
{
    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        IEnumerable<double> larger = Enumerable.Range(1, 60).Select(k => steps[^1] * Math.Pow(2, k));
        foreach (double step in steps.Concat(larger))
        {
            if (range.Span / step > MaxTickCount)
            {
                continue;
            }

            (double At, string Label)[] ticks = [.. Multiples(range, step).Select(at => (at, Numbers.Tick(at)))];
            if (TickRoom.Fits(ticks, range, edge, size.Length, labelStyle))
            {
                Ticks = [.. ticks.Select(t => Tick.Major(t.At, t.Label))];
                return;
            }
        }
    }

    private static IEnumerable<double> Multiples(CoordinateRange range, double step)
    {
        for (double k = Math.Ceiling((range.Min / step) - 1e-9); k * step <= range.Max + (step * 1e-9); k++)
        {
            yield return k == 0 ? 0 : k * step;
        }
    }
}
