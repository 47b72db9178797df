using ScottPlot;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>What plottables of this project have in common: they take part in no legend and, unless they say so, in no range.</summary>
public abstract class PlottableBase : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public virtual AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public abstract void Render(RenderPack rp);
}
