using ScottPlot;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>Ticks at given places. Where they would crowd, every second, third … of even ones stays, and of uneven ones each that has room after the one before.</summary>
/// <param name="ticks">Places in rising order with their labels.</param>
public sealed class GivenTicks(IReadOnlyList<(double At, string Label)> ticks) : ITickGenerator
{
    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount { get; set; } = 1000;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        double room = range.Span * 1e-9;
        (double At, string Label)[] inside = [.. ticks.Where(t => t.At >= range.Min - room && t.At <= range.Max + room)];
        Ticks = [.. (IsEven(inside) ? Thinned(inside, Fits) : Spaced(inside, Fits)).Select(t => Tick.Major(t.At, t.Label))];

        bool Fits(IReadOnlyList<(double At, string Label)> kept) => TickRoom.Fits(kept, range, edge, size.Length, labelStyle);
    }

    private static bool IsEven((double At, string Label)[] all)
    {
        double[] steps = [.. all.Skip(1).Zip(all, (b, a) => b.At - a.At)];
        return steps.Length < 2 || steps.Max() - steps.Min() <= steps.Max() * 1e-6;
    }

    private static (double At, string Label)[] Thinned((double At, string Label)[] all, Func<IReadOnlyList<(double At, string Label)>, bool> fits)
    {
        for (int every = 1; ; every++)
        {
            (double At, string Label)[] kept = [.. all.Where((_, i) => i % every == 0)];
            if (kept.Length <= 1 || fits(kept))
            {
                return kept;
            }
        }
    }

    private static (double At, string Label)[] Spaced((double At, string Label)[] all, Func<IReadOnlyList<(double At, string Label)>, bool> fits)
    {
        List<(double At, string Label)> kept = [];
        foreach ((double At, string Label) tick in all)
        {
            if (kept.Count == 0 || fits([kept[^1], tick]))
            {
                kept.Add(tick);
            }
        }

        return [.. kept];
    }
}
