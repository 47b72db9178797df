using ScottPlot;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots;

/// <summary>A colour map of figures as one of ScottPlot, in 251 shades.</summary>
internal sealed class MapColors(ColorMap map) : IColormap
{
    // Keeps pictures within an indexed palette.
    private const int Shades = 250;

    public string Name => map.Name;

    public Color GetColor(double position) =>
        double.IsNaN(position) ? Colors.Transparent : PlotStyles.Of(map.At(Math.Round(Math.Clamp(position, 0, 1) * Shades) / Shades));
}
