using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Spatial;

/// <summary>Vessels of a region: their densities per mm² of section.</summary>
/// <param name="PerMm2">All vessels (microvessel density).</param>
/// <param name="PerfusedPerMm2">Vessels above the threshold of perfusion.</param>
/// <param name="PerfusionPerMm2">Sum of perfusion: a density in which every vessel counts as much as it is perfused.</param>
public readonly record struct VesselDensity(double PerMm2, double PerfusedPerMm2, double PerfusionPerMm2);

/// <summary>Microvessel density and the way to the nearest vessel.</summary>
public static class VesselMetrics
{
    /// <summary>A vessel counts as perfused above half the perfusion of a full mature vessel (one without pericytes reaches 0.3).</summary>
    public const float PerfusedAbove = 0.5f;

    /// <summary>Densities; NaN for an empty region. No edge correction is needed.</summary>
    /// <param name="perfusion">Perfusion of each vessel of the region, 0 to 1.</param>
    /// <param name="areaMm2">Area of the region [mm²]; in 3D that of all layers together.</param>
    /// <param name="perfusedAbove">A vessel counts as perfused above this.</param>
    public static VesselDensity Density(ReadOnlySpan<float> perfusion, double areaMm2, double perfusedAbove)
    {
        int perfused = 0;
        double sum = 0;
        foreach (float value in perfusion)
        {
            perfused += value > perfusedAbove ? 1 : 0;
            sum += value;
        }

        return areaMm2 > 0
            ? new VesselDensity(perfusion.Length / areaMm2, perfused / areaMm2, sum / areaMm2)
            : new VesselDensity(double.NaN, double.NaN, double.NaN);
    }

    /// <summary>
    /// Mean distance [µm] from tumour cells to the nearest vessel; NaN without tumour cells, +∞ without vessels. No edge correction:
    /// vessels outside the window are not seen.
    /// </summary>
    /// <param name="tumor">Tumour cells.</param>
    /// <param name="vessels">Vessels.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    public static double MeanDistance(ReadOnlySpan<TissuePoint> tumor, ReadOnlySpan<TissuePoint> vessels, int dimensions) =>
        MonteCarloError.Of(NearestNeighbour.Distances(tumor, vessels, dimensions)).Mean;
}
