using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Experiments.Exports;

/// <summary>A spatial measure of one snapshot.</summary>
internal sealed record SpatialValue(string Measure, double Value, string Unit);

/// <summary>
/// Every scalar of a snapshot, over the whole lattice unless the name says core, margin or bed. Counts and densities need no edge
/// correction; nearest neighbours have none.
/// </summary>
internal static class SpatialScalars
{
    public static IEnumerable<SpatialValue> Of(SnapshotTissue tissue) =>
        [.. Sizes(tissue), .. Zones(tissue), .. Neighbours(tissue), .. Quadrats(tissue), .. Mixing(tissue), .. Oxygen(tissue),
            .. Vessels(tissue)];

    private static IEnumerable<SpatialValue> Sizes(SnapshotTissue tissue)
    {
        yield return tissue.Dimensions == 2 ? new("window_area_mm2", tissue.Tile.Size * 1e-6, "mm2")
            : new("window_volume_mm3", tissue.Tile.Size * 1e-9, "mm3");
        foreach (string type in (string[])[SnapshotTissue.Tumor, SnapshotTissue.Cd8, SnapshotTissue.Macrophages, SnapshotTissue.Cd163,
            SnapshotTissue.Vessels])
        {
            yield return new SpatialValue($"{type}_count", tissue.Points(type).Length, "1");
        }

        int exhausted = tissue.Immune(cell => cell is { Kind: SnapshotTissue.Cd8, State: "exhausted" }).Length;
        yield return new SpatialValue("cd8_exhausted_fraction", (double)exhausted / tissue.Points(SnapshotTissue.Cd8).Length, "1");
    }

    private static IEnumerable<SpatialValue> Zones(SnapshotTissue tissue)
    {
        (MaskBits core, MaskBits margin) = CoreMargin.Split(TumorMask.Build(tissue.TumorMask), CoreMargin.BandUm);
        CoreMarginResult cd8 = CoreMargin.Measure(core, margin, tissue.SitesOf(SnapshotTissue.Cd8));
        CoreMarginResult cd163 = CoreMargin.Measure(core, margin, tissue.SitesOf(SnapshotTissue.Cd163));
        yield return new SpatialValue("core_area_mm2", cd8.CoreAreaMm2, "mm2");
        yield return new SpatialValue("margin_area_mm2", cd8.MarginAreaMm2, "mm2");
        yield return new SpatialValue("cd8_core_per_mm2", cd8.CoreDensity, "/mm2");
        yield return new SpatialValue("cd8_margin_per_mm2", cd8.MarginDensity, "/mm2");
        yield return new SpatialValue("cd8_margin_core_ratio", cd8.MarginToCoreRatio, "1");
        yield return new SpatialValue("cd8_phenotype", PhenotypeRule.Of(cd8) is { } phenotype ? (double)phenotype : double.NaN, "1");
        yield return new SpatialValue("cd163_cd8_log2_ratio", Cd163Ratio.Log2(cd163.CoreCells, cd8.CoreCells), "1");
    }

    private static IEnumerable<SpatialValue> Neighbours(SnapshotTissue tissue)
    {
        foreach ((string from, string to) in SpatialPairs.Directed)
        {
            TissuePoint[] asking = tissue.Points(from), others = tissue.Points(to);
            double[] distances = from == to ? NearestNeighbour.Distances(asking, tissue.Dimensions)
                : NearestNeighbour.Distances(asking, others, tissue.Dimensions);
            yield return new SpatialValue($"nn_mean_um:{from}:{to}", MonteCarloError.Of(distances).Mean, "um");
            yield return new SpatialValue($"nn_median_um:{from}:{to}", Quantiles.Median(distances), "um");
            yield return new SpatialValue($"nn_csr_mean_um:{from}:{to}",
                NearestNeighbour.CsrMean(others.Length / tissue.Tile.Size, tissue.Dimensions), "um");
        }
    }

    private static IEnumerable<SpatialValue> Quadrats(SnapshotTissue tissue)
    {
        foreach (int side in (int[])[100, 200])
        {
            int[] cd8 = QuadratCounts.Of(tissue.Points(SnapshotTissue.Cd8), tissue.Tile, side);
            yield return new SpatialValue($"morisita_horn_{side}um",
                MorisitaHorn.Of(cd8, QuadratCounts.Of(tissue.Points(SnapshotTissue.Tumor), tissue.Tile, side)), "1");
            yield return new SpatialValue($"cd8_dispersion_{side}um", QuadratCounts.Dispersion(cd8), "1");
        }
    }

    private static IEnumerable<SpatialValue> Mixing(SnapshotTissue tissue)
    {
        // The diagonal neighbours of the lattice are the farthest contacts.
        TissuePoint[] immune = [.. tissue.Points(SnapshotTissue.Cd8), .. tissue.Points(SnapshotTissue.Macrophages)];
        double reach = tissue.Grid.SpacingUm * (Math.Sqrt(tissue.Dimensions) + 0.05);
        var score = MixingScore.Of(tissue.Points(SnapshotTissue.Tumor), immune, tissue.Dimensions, reach);
        yield return new SpatialValue("tumor_immune_contacts", score.TumorImmune, "1");
        yield return new SpatialValue("immune_immune_contacts", score.ImmuneImmune, "1");
        yield return new SpatialValue("mixing_score", score.Value, "1");
    }

    private static IEnumerable<SpatialValue> Oxygen(SnapshotTissue tissue)
    {
        float[] oxygen = tissue.TumorOxygen();
        yield return new SpatialValue("hypoxic_fraction", HypoxicFraction.Of(oxygen, 10), "1");
        yield return new SpatialValue("hypoxic_fraction_5", HypoxicFraction.Of(oxygen, 5), "1");
        yield return new SpatialValue("hypoxic_fraction_2_5", HypoxicFraction.Of(oxygen, 2.5), "1");
    }

    private static IEnumerable<SpatialValue> Vessels(SnapshotTissue tissue)
    {
        VesselDensity density = VesselMetrics.Density(tissue.BedPerfusion(), tissue.BedAreaMm2, VesselMetrics.PerfusedAbove);
        yield return new SpatialValue("vessels_per_mm2", density.PerMm2, "/mm2");
        yield return new SpatialValue("vessels_perfused_per_mm2", density.PerfusedPerMm2, "/mm2");
        yield return new SpatialValue("vessels_perfusion_per_mm2", density.PerfusionPerMm2, "/mm2");
        yield return new SpatialValue("vessel_distance_mean_um",
            SiteDistances.Mean(tissue.TumorMask, tissue.Points(SnapshotTissue.Vessels)), "um");
    }
}
