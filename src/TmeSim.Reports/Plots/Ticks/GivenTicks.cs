using ScottPlot;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>Ticks at given places; of those that would crowd, every second, third … is left out.</summary>
/// <param name="ticks">Places in rising order with their labels.</param>
public sealed class GivenTicks(IReadOnlyList<(double At, string Label)> ticks) : ITickGenerator
{
    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        double room = range.Span * 1e-9;
        (double At, string Label)[] inside = [.. ticks.Where(t => t.At >= range.Min - room && t.At <= range.Max + room)];
        for (int every = 1; ; every++)
        {
            (double At, string Label)[] kept = [.. inside.Where((_, i) => i % every == 0)];
            if (kept.Length <= 1 || TickRoom.Fits(kept, range, edge, size.Length, labelStyle))
            {
                Ticks = [.. kept.Select(t => Tick.Major(t.At, t.Label))];
                return;
            }
        }
    }
}
