namespace TmeSim.Experiments;

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
