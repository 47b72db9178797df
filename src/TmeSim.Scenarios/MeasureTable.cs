namespace TmeSim.Scenarios;

/// <summary>A column of timeseries.csv.</summary>
/// <param name="Name">Column name; a final <c>*</c> stands for any ending.</param>
/// <param name="Unit">Unit of the values; "1" for pure numbers.</param>
/// <param name="Text">What it is, one line.</param>
public sealed record MeasureInfo(string Name, string Unit, string Text);

/// <summary>The measures that a run records and that figures and data can name.</summary>
public static class MeasureTable
{
    public static IReadOnlyList<MeasureInfo> All { get; } =
    [
        new("tumor_cells", "1", "Living tumour cells on the lattice."),
        new("tumor_diameter_mm", "mm", "Cell-count diameter, scaled to the clinical lesion."),
        new("tumor_volume_change", "1", "Tumour volume relative to t = 0 (in 2D the area ratio to the power 1.5)."),
        new("necrotic_cells", "1", "Sites of necrotic debris."),
        new("dying_cells", "1", "Tumour cells that are dying."),
        new("cd8_cells", "1", "CD8 T cells on the lattice."),
        new("cd8_exhausted_fraction", "1", "Share of CD8 T cells above the exhaustion threshold."),
        new("cd8_core_per_mm2", "/mm2", "CD8 T cells per area of the tumour core."),
        new("cd8_margin_per_mm2", "/mm2", "CD8 T cells per area of the tumour margin."),
        new("macrophages", "1", "Macrophages on the lattice."),
        new("cd163_fraction", "1", "Share of macrophages above the CD163 threshold."),
        new("cd163_score_mean", "1", "Mean CD163 score of macrophages."),
        new("vessels_perfused", "/mm2", "Perfused vessels per area of tumour bed."),
        new("perfusion_mean", "1", "Mean perfusion of vessels in the tumour bed."),
        new("maturity_mean", "1", "Mean maturity of vessels in the tumour bed."),
        new("hypoxic_fraction", "1", "Share of living tumour below 10 mmHg."),
        new("oxygen_median_mmhg", "mmHg", "Median oxygen of living tumour."),
        new("ifng_mean", "1", "Mean IFN-gamma in the tumour, in units of its half-maximal constant."),
        new("vegf_mean", "1", "Mean free VEGF in the tumour, in units of its half-maximal constant."),
        new("cxcl_mean", "1", "Mean CXCL9/10 in the tumour, in units of its half-maximal constant."),
        new("suppressive_mean", "1", "Mean TGF-beta/IL-10 in the tumour, in units of its half-maximal constant."),
        new("myeloid_mean", "1", "Mean CCL2/CSF1 in the tumour, in units of its half-maximal constant."),
        new("pdl1_mean", "/um2", "Mean PD-L1 of living tumour cells."),
        new("mhc1_mean", "1", "Mean MHC-I of living tumour cells relative to the resting level."),
        new("nlr", "1", "Neutrophil-to-lymphocyte ratio of the blood."),
        new("effector_level", "1", "Circulating effector CD8 T cells relative to t = 0."),
        new("births", "1", "Tumour cells born since the last row."),
        new("deaths_*", "1", "Tumour cells that died since the last row, by cause."),
        new("cd8_*", "1", "Entries, exits, divisions and deaths of CD8 T cells since the last row."),
        new("macrophage_*", "1", "Entries and deaths of macrophages since the last row."),
        new("drug_*", "mg/L", "Blood concentration of a drug."),
        new("clone_*", "1", "Share of a clone among living tumour cells."),
    ];

    /// <summary>The measure with this name, or the family that it belongs to; null when there is none.</summary>
    public static MeasureInfo? Find(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? All.FirstOrDefault(m => m.Name.EndsWith('*') && name.Length >= m.Name.Length && name.StartsWith(m.Name[..^1], StringComparison.Ordinal));
}
