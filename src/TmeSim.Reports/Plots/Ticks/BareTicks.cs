using ScottPlot;

namespace TmeSim.Reports.Plots.Ticks;

/// <summary>The ticks of another generator without their labels, for axes inside a grid that shares its outer ones.</summary>
/// <param name="inner">Where the ticks are.</param>
public sealed class BareTicks(ITickGenerator inner) : ITickGenerator
{
    public Tick[] Ticks { get; private set; } = [];

    public int MaxTickCount
    {
        get => inner.MaxTickCount;
        set => inner.MaxTickCount = value;
    }

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        inner.Regenerate(range, edge, size, paint, labelStyle);
        Ticks = [.. inner.Ticks.Select(t => new Tick(t.Position, "", t.IsMajor))];
    }
}
