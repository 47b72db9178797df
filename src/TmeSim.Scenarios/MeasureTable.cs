using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios;

/// <summary>A column of timeseries.csv.</summary>
/// <param name="Name">Column name; a <c>*</c> stands for any name.</param>
/// <param name="Unit">Unit of the values; "1" for pure numbers.</param>
/// <param name="Text">What it is and when it is not defined, one line. A count is 0 where there is nothing to count; other measures are empty then.</param>
public sealed record MeasureInfo(string Name, string Unit, string Text);

/// <summary>The measures that a run records and that figures and data can name: the columns of timeseries.csv, in words.</summary>
public static class MeasureTable
{
    public static IReadOnlyList<MeasureInfo> All { get; } =
    [
        new("tumor_cells", "1", "Living tumour cells on the lattice."),
        new("tumor_diameter_mm", "mm", "Cell-count diameter, scaled to the clinical lesion at t = 0."),
        new("tumor_volume_change", "1", "Relative change of tumour volume since t = 0: volume / volume at t = 0 - 1, volume by cell count (in 2D the count ratio to the power 1.5). 0 at t = 0, -1 when cleared. Empty if there was none at t = 0."),
        new("dying_cells", "1", "Tumour cells that are dying and not yet cleared."),
        new("necrotic_cells", "1", "Sites of necrotic debris."),
        new("cd8_cells", "1", "CD8 T cells on the lattice."),
        new("cd8_exhausted_fraction", "1", "Share of CD8 T cells above the exhaustion threshold. Bystanders, who never engage, count in the whole: their share bounds it. Empty without CD8 T cells."),
        new("cd8_core_per_mm2", "/mm2", "CD8 T cells per area of the tumour core: deeper than 100 um inside the closed and filled tumour region. Empty without a core: no tumour, or a thinner one."),
        new("cd8_margin_per_mm2", "/mm2", "CD8 T cells per area of the tumour margin: within 100 um on either side of the edge of the closed and filled tumour region. Empty without tumour cells."),
        new("cd8_bed_per_mm2", "/mm2", "CD8 T cells per area of tumour bed (sites that are not liver), the set-point immune.cd8. Empty without a bed."),
        new("macrophages", "1", "Macrophages on the lattice."),
        new("macrophages_bed_per_mm2", "/mm2", "Macrophages per area of tumour bed, the set-point immune.macrophages. Empty without a bed."),
        new("cd163_fraction", "1", "Share of macrophages of the tumour bed above the CD163 threshold. Empty without macrophages in the bed."),
        new("cd163_score_mean", "1", "Mean CD163 score of macrophages. Empty without macrophages."),
        new("vessels_per_mm2", "/mm2", "Vessels per area of tumour bed, the set-point vessels.density. Empty without a bed."),
        new("vessels_perfused", "1", "Vessels of the tumour bed with a perfusion above 0.5, half that of a full mature vessel."),
        new("perfusion_mean", "1", "Mean perfusion of vessels in the tumour bed. Empty without vessels there."),
        new("maturity_mean", "1", "Mean maturity of vessels in the tumour bed. Empty without vessels there."),
        new("stroma_mean", "1", "Mean ECM density (0-1) of the tumour bed (sites that are not liver). Empty without a bed."),
        new("stroma_permeability_mean", "1", "Mean permeability of the matrix of the tumour bed to T cells: 1 is open, 0 closed. Empty without a bed."),
        new("hypoxic_fraction", "1", "Share of living tumour cells below 10 mmHg. Empty without tumour cells."),
        new("hypoxic_fraction_5", "1", "Share of living tumour cells below 5 mmHg. Empty without tumour cells."),
        new("oxygen_median_mmhg", "mmHg", "Median oxygen of living tumour cells. Empty without tumour cells."),
        new("ifng_mean", "1", "Mean IFN-gamma over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("vegf_mean", "1", "Mean total VEGF over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("vegf_free_mean", "1", "Mean VEGF that no drug binds over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("cxcl_mean", "1", "Mean CXCL9/10 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("suppressive_mean", "1", "Mean TGF-beta/IL-10 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("myeloid_mean", "1", "Mean CCL2/CSF1 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("pdl1_mean", "/um2", "Mean PD-L1 of living tumour cells. Empty without tumour cells."),
        new("mhc1_mean", "1", "Mean MHC-I of living tumour cells relative to the resting level. Empty without tumour cells."),
        new("nlr", "1", "Neutrophil-to-lymphocyte ratio of the blood."),
        new("effector_level", "1", "Circulating effector CD8 T cells relative to the reference patient."),
        new("lymphocyte_level", "1", "Circulating lymphocytes relative to the reference patient."),
        new("adjuvant_level", "1", "DAMP (IFN-I) in the lymph node, 1 where it raises the maturation of dendritic cells by half of its gain."),
        new("mature_dc_level", "1", "Mature dendritic cells in the lymph node relative to the reference patient."),
        new("effector_egress", "1", "Effector CD8 T cells that leave the lymph node, in units of the effector level."),
        new("damp_mean", "1", "Mean DAMP (IFN-I) over living tumour cells, in units of its half-maximal constant. Empty without tumour cells."),
        new("doomed_cells", "1", "Living tumour cells that radiation has doomed."),
        new("radiation_gy", "Gy", "Nominal dose of radiotherapy given to the lesion so far."),
        new("hypoxic_fraction_2_5", "1", "Share of living tumour cells below 2.5 mmHg. Empty without tumour cells."),
        new("vessels_perfused_per_mm2", "/mm2", "Vessels with a perfusion above 0.5 per area of tumour bed. Empty without a bed."),
        new("vessels_perfusion_per_mm2", "/mm2", "Vessels per area of tumour bed, each counted as much as it is perfused. Empty without a bed."),
        new("vessel_distance_mean_um", "um", "Mean distance from living tumour cells to the nearest vessel, in 3D as in 2D; without edge correction. Empty without either."),
        new("cd8_tumor_nn_um", "um", "Mean distance from CD8 T cells to the nearest living tumour cell, 0 on its site, in 3D as in 2D; without edge correction. Empty without either."),
        new("tumor_cd8_nn_um", "um", "Mean distance from living tumour cells to the nearest CD8 T cell, in 3D as in 2D; without edge correction. Empty without either."),
        new("cd8_margin_core_ratio", "1", "cd8_margin_per_mm2 over cd8_core_per_mm2; empty where there is no core, or none in it."),
        new("cd8_phenotype", "1", "0 desert, 1 excluded, 2 intermediate, 3 infiltrated: infiltrated from 93 CD8 per mm2 of core on; else desert below 93 per mm2 of core and margin together; else excluded when the margin has more than twice the density of the core. Empty without a core or margin."),
        new("cd163_cd8_log2_ratio", "1", "log2((CD163+ macrophages + 0.5) / (CD8 T cells + 0.5)) in the tumour core; empty where it holds neither."),
        new("morisita_horn_100um", "1", "Morisita-Horn index of CD8 T cells and living tumour cells in quadrats of 100 um (whole sites, at least one) from the corner of the lattice, cubes in 3D: 0 apart, 1 alike. Quadrats that the far edges cut are left out. Empty where either type is missing."),
        new("mixing_score", "1", "Contacts of immune and living tumour cells over contacts of immune cells; a contact is the same site or one of the 8 (3D: 26) around it. Empty without contacts of immune cells with each other."),
        new("cd8_engaged_per_mm2", "/mm2", "CD8 T cells that hold a tumour cell, per area of tumour bed. Empty without a bed."),
        new("ifng_score", "1", "Mean of ln(1 + x) over IFN-gamma, PD-L1 / 200 per um2, MHC-I, CXCL9/10 and engaged CD8 / 93 per mm2: one fixed formula for all patients, arms and times. Empty without tumour cells."),
        new("births", "1", "Tumour cells born since t = 0."),
        new("deaths_cd8", "1", "Tumour cells killed by CD8 T cells since t = 0."),
        new("deaths_apoptosis", "1", "Tumour cells lost to spontaneous apoptosis since t = 0."),
        new("deaths_necrosis", "1", "Tumour cells lost to hypoxia since t = 0."),
        new("deaths_phagocytosis", "1", "Living tumour cells taken up by macrophages since t = 0."),
        new("deaths_radiation", "1", "Tumour cells that died of radiation since t = 0."),
        new("deaths_mitotic_failure", "1", "Tumour cells that died in a failed division for lack of NEK9 since t = 0."),
        new("deaths_nk", "1", "Tumour cells without MHC-I that died by NK-like killing since t = 0."),
        new("divisions_blocked", "1", "Tumour divisions that found no place since t = 0."),
        new("cd8_entries", "1", "CD8 T cells that entered from blood since t = 0."),
        new("cd8_entries_blocked", "1", "CD8 T cells that returned to blood for lack of a free site since t = 0."),
        new("cd8_births", "1", "CD8 T cells born in the tissue since t = 0."),
        new("cd8_births_blocked", "1", "CD8 divisions that found no free site since t = 0."),
        new("cd8_deaths", "1", "CD8 T cells that died since t = 0."),
        new("cd8_deaths_radiation", "1", "CD8 T cells that radiation killed since t = 0."),
        new("cd8_exits", "1", "CD8 T cells that left the tissue since t = 0."),
        new("macrophage_entries", "1", "Monocytes that entered from blood since t = 0."),
        new("macrophage_entries_blocked", "1", "Monocytes that returned to blood for lack of a free site since t = 0."),
        new("macrophage_deaths", "1", "Macrophages that died since t = 0."),
        new("macrophage_exits", "1", "Macrophages that left the tissue since t = 0."),
        new("vessels_sprouted", "1", "Vessels sprouted since t = 0."),
        new("vessels_lost", "1", "Vessels lost since t = 0."),
        new("clones_born", "1", "Clones born by mutation since t = 0."),
        new("mutants_joined", "1", "Mutant daughters that joined a like clone because the clone table was full, since t = 0."),
        new("mutants_dropped", "1", "Mutations that were not kept because the clone table was full and held no like clone, since t = 0."),
        new("mutant_fraction", "1", "Share of living tumour cells that have lost a gene. Empty without tumour cells."),
        new("lof_*_cells", "1", "Living tumour cells that have lost a gene, in whatever clone: lof_B2M_cells."),
        new("*_mg_per_l", "mg/L", "Blood concentration of a drug: bevacizumab_mg_per_l."),
        new("clone_*_cells", "1", "Living tumour cells of a clone: clone_founder_cells, clone_B2M_cells."),
    ];

    /// <summary>The measure with this name, or the family that it belongs to; null when there is none.</summary>
    public static MeasureInfo? Find(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? All.FirstOrDefault(m => m.Name.Contains('*') && InFamily(name, m.Name));

    private static bool InFamily(string name, string family)
    {
        int star = family.IndexOf('*');
        return name.Length >= family.Length
            && name.StartsWith(family[..star], StringComparison.Ordinal)
            && name.EndsWith(family[(star + 1)..], StringComparison.Ordinal);
    }
}
