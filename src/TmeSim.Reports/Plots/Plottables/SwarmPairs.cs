using ScottPlot;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>Lines between the points of two swarms that have the same place in their lists, from marker to marker.</summary>
/// <param name="from">One swarm.</param>
/// <param name="to">The other.</param>
/// <param name="line">How a line is drawn.</param>
public sealed class SwarmPairs(Swarm from, Swarm to, LineStyle line) : PlottableBase
{
    public override void Render(RenderPack rp)
    {
        (from.Axes, to.Axes) = (Axes, Axes);
        foreach ((Pixel a, Pixel b) in from.Places().At.Zip(to.Places().At).Where(pair => float.IsFinite(pair.First.X + pair.Second.X)))
        {
            Drawing.DrawLine(rp.Canvas, rp.Paint, a, b, line);
        }
    }
}
