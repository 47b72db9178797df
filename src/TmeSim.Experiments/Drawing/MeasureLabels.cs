using TmeSim.Scenarios.Units;

namespace TmeSim.Experiments.Drawing;

/// <summary>Names of measures as written beside an axis.</summary>
internal static class MeasureLabels
{
    private static readonly Dictionary<string, (string Label, string Unit)> Known = new(StringComparer.Ordinal)
    {
        ["tumor_volume_change"] = ("Tumour volume change", "fraction"),
        ["tumor_diameter_mm"] = ("Tumour diameter", "mm"),
        ["tumor_cells"] = ("Living tumour cells", ""),
        ["cd8_cells"] = ("CD8 T cells", ""),
        ["cd8_core_per_mm2"] = ("CD8 in the core", "/mm²"),
        ["cd8_margin_per_mm2"] = ("CD8 at the margin", "/mm²"),
        ["cd8_bed_per_mm2"] = ("CD8 in the bed", "/mm²"),
        ["cd8_exhausted_fraction"] = ("Exhausted CD8", "fraction"),
        ["macrophages_bed_per_mm2"] = ("Macrophages in the bed", "/mm²"),
        ["cd163_fraction"] = ("CD163+ macrophages", "fraction"),
        ["vessels_per_mm2"] = ("Vessels in the bed", "/mm²"),
        ["vessels_perfused"] = ("Perfused vessels", ""),
        ["perfusion_mean"] = ("Vessel perfusion, mean", ""),
        ["maturity_mean"] = ("Vessel maturity, mean", ""),
        ["stroma_mean"] = ("Stroma of the bed, mean", ""),
        ["stroma_permeability_mean"] = ("Permeability of stroma, mean", ""),
        ["hypoxic_fraction"] = ("Tumour below 10 mmHg", "fraction"),
        ["hypoxic_fraction_5"] = ("Tumour below 5 mmHg", "fraction"),
        ["oxygen_median_mmhg"] = ("Oxygen, median", "mmHg"),
        ["ifng_mean"] = ("IFN-γ, mean", "half-max"),
        ["vegf_mean"] = ("VEGF, mean", "V50"),
        ["vegf_free_mean"] = ("Free VEGF, mean", "V50"),
        ["pdl1_mean"] = ("PD-L1, mean", "/µm²"),
        ["mhc1_mean"] = ("MHC-I, mean", "× resting"),
        ["nlr"] = ("NLR", ""),
        ["effector_level"] = ("Circulating effectors", "× reference"),
        ["effector_egress"] = ("Effectors leaving the lymph node", "× reference"),
        ["lymphocyte_level"] = ("Circulating lymphocytes", "× reference"),
        ["damp_mean"] = ("DAMP (IFN-I), mean", "half-max"),
        ["doomed_cells"] = ("Doomed tumour cells", ""),
        ["radiation_gy"] = ("Dose given", "Gy"),
        ["hypoxic_fraction_2_5"] = ("Tumour below 2.5 mmHg", "fraction"),
        ["vessels_perfused_per_mm2"] = ("Perfused vessels in the bed", "/mm²"),
        ["vessels_perfusion_per_mm2"] = ("Vessels weighed by perfusion", "/mm²"),
        ["vessel_distance_mean_um"] = ("Tumour cell to nearest vessel", "µm"),
        ["cd8_tumor_nn_um"] = ("CD8 to nearest tumour cell", "µm"),
        ["tumor_cd8_nn_um"] = ("Tumour cell to nearest CD8", "µm"),
        ["cd8_margin_core_ratio"] = ("CD8 margin / core", ""),
        ["cd8_phenotype"] = ("CD8 phenotype", "0 desert – 3 infiltrated"),
        ["cd163_cd8_log2_ratio"] = ("CD163+ : CD8 in the core", "log₂"),
        ["morisita_horn_100um"] = ("Morisita-Horn, CD8 and tumour", ""),
        ["mixing_score"] = ("Mixing score", ""),
        ["cd8_engaged_per_mm2"] = ("Engaged CD8 in the bed", "/mm²"),
        ["ifng_score"] = ("IFN-γ score", ""),
    };

    /// <summary>Measures drawn when a scenario asks for none.</summary>
    public static readonly string[] Default =
    [
        "tumor_volume_change", "cd8_core_per_mm2", "cd8_margin_per_mm2", "cd8_exhausted_fraction", "macrophages_bed_per_mm2",
        "cd163_fraction", "perfusion_mean", "hypoxic_fraction",
    ];

    /// <summary>Label and unit of a measure; for those without a label of their own, the column name in words.</summary>
    public static (string Label, string Unit) Of(string measure, string unit)
    {
        if (Known.TryGetValue(measure, out (string Label, string Unit) known))
        {
            return known;
        }

        string words = measure.Replace('_', ' ');
        return (char.ToUpperInvariant(words[0]) + words[1..], unit == "1" ? "" : unit);
    }
}
