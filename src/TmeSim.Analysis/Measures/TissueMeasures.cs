using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>Measures of tissue and blood.</summary>
public static partial class MeasureTable
{
    private static Measure[] Tumor =>
    [
        new("tumor_cells", "1",
            "Living tumour cells on the lattice.",
            r => r.State.TumorCells) { Pooling = Pooling.Sum, Label = "Living tumour cells", LabelUnit = "" },
        new("tumor_diameter_mm", "mm",
            "Cell-count diameter, scaled to the clinical lesion at t = 0.",
            r => r.Simulation.TileDiameterMm(r.Tissue)) { Pooling = Pooling.OfLesion((s, lesion) => s.ScaledDiameterMm(lesion)), Label = "Tumour diameter", LabelUnit = "mm" },
        new("tumor_volume_change", "1",
            "Relative change of tumour volume since t = 0: volume / volume at t = 0 - 1, volume by cell count (in 2D the count ratio "
            + "to the power 1.5). 0 at t = 0, -1 when cleared. Empty if there was none at t = 0.",
            r => r.Simulation.TileVolumeChange(r.Tissue)) { Pooling = Pooling.OfLesion((s, lesion) => s.VolumeChange(lesion)), Label = "Tumour volume change", LabelUnit = "fraction" },
        new("outline_diameter_mm", "mm",
            "Diameter of the mass that an image would show, scaled to the clinical lesion: sites with at least half of tumour, dying, "
            + "necrotic and immune cells around them, closed and filled. It does not shrink before dead cells and infiltrate have gone.",
            r => r.OutlineDiameterMm) { Label = "Outline diameter", LabelUnit = "mm" },
        new("dying_cells", "1", "Tumour cells that are dying and not yet cleared.", r => r.State.DyingCells) { Pooling = Pooling.Sum },
        new("necrotic_cells", "1", "Sites of necrotic debris.", r => r.State.NecroticCells) { Pooling = Pooling.Sum },
    ];

    private static Measure[] Immune =>
    [
        new("cd8_cells", "1", "CD8 T cells on the lattice.", r => r.State.Cd8.Count) { Pooling = Pooling.Sum, Label = "CD8 T cells", LabelUnit = "" },
        new("cd8_exhausted_fraction", "1",
            "Share of CD8 T cells above the exhaustion threshold. Bystanders, who never engage, count in the whole: their share bounds "
            + "it. Empty without CD8 T cells.",
            r => r.Immune.ExhaustedFraction) { Pooling = Pooling.OverCd8, Label = "Exhausted CD8", LabelUnit = "fraction" },
        new("cd8_precursor", "1",
            "Tumour-reactive CD8 T cells that are precursors (TCF1+). 0 without cd8.differentiation.",
            r => r.Immune.ReactiveByState[Cd8State.Precursor]) { Pooling = Pooling.Sum, Label = "Precursor CD8", LabelUnit = "" },
        new("cd8_effector", "1",
            "Tumour-reactive CD8 T cells that are effectors: all of them without cd8.differentiation.",
            r => r.Immune.ReactiveByState[Cd8State.Effector]) { Pooling = Pooling.Sum, Label = "Effector CD8", LabelUnit = "" },
        new("cd8_terminal", "1",
            "Tumour-reactive CD8 T cells that are terminally exhausted. 0 without cd8.differentiation.",
            r => r.Immune.ReactiveByState[Cd8State.Terminal]) { Pooling = Pooling.Sum, Label = "Terminally exhausted CD8", LabelUnit = "" },
        new("cd8_resident", "1",
            "Tumour-reactive CD8 T cells that are tissue-resident memory. 0 without cd8.differentiation.",
            r => r.Immune.ReactiveByState[Cd8State.Resident]) { Pooling = Pooling.Sum, Label = "Resident CD8", LabelUnit = "" },
        new("cd8_precursor_fraction", "1",
            "Share of precursors among tumour-reactive CD8 T cells. Empty without tumour-reactive ones.",
            r => r.Immune.ShareOf(Cd8State.Precursor)) { Pooling = Pooling.OverReactiveCd8, Label = "Precursors of reactive CD8", LabelUnit = "fraction" },
        new("cd8_effector_fraction", "1",
            "Share of effectors among tumour-reactive CD8 T cells. Empty without tumour-reactive ones.",
            r => r.Immune.ShareOf(Cd8State.Effector)) { Pooling = Pooling.OverReactiveCd8, Label = "Effectors of reactive CD8", LabelUnit = "fraction" },
        new("cd8_terminal_fraction", "1",
            "Share of terminally exhausted cells among tumour-reactive CD8 T cells. Empty without tumour-reactive ones.",
            r => r.Immune.ShareOf(Cd8State.Terminal)) { Pooling = Pooling.OverReactiveCd8, Label = "Terminally exhausted of reactive CD8", LabelUnit = "fraction" },
        new("cd8_resident_fraction", "1",
            "Share of resident cells among tumour-reactive CD8 T cells. Empty without tumour-reactive ones.",
            r => r.Immune.ShareOf(Cd8State.Resident)) { Pooling = Pooling.OverReactiveCd8, Label = "Residents of reactive CD8", LabelUnit = "fraction" },
        new("cd8_core_per_mm2", "/mm2",
            "CD8 T cells per area of the tumour core: deeper than 100 um inside the closed and filled tumour region. Empty without a "
            + "core: no tumour, or a thinner one.",
            r => r.Zones.Cd8.CoreDensity) { Pooling = OfZones(z => z.CoreDensity), Label = "CD8 in the core", LabelUnit = "/mm²" },
        new("cd8_margin_per_mm2", "/mm2",
            "CD8 T cells per area of the tumour margin: within 100 um on either side of the edge of the closed and filled tumour "
            + "region. Empty without tumour cells.",
            r => r.Zones.Cd8.MarginDensity) { Pooling = OfZones(z => z.MarginDensity), Label = "CD8 at the margin", LabelUnit = "/mm²" },
        new("cd8_bed_per_mm2", "/mm2",
            "CD8 T cells per area of tumour bed (sites that are not liver), the set-point immune.cd8. Empty without a bed.",
            r => r.Baseline.Cd8PerMm2) { Pooling = Pooling.OverBed, Label = "CD8 in the bed", LabelUnit = "/mm²" },
        new("macrophages", "1", "Macrophages on the lattice.", r => r.State.Macrophages.Count) { Pooling = Pooling.Sum },
        new("macrophages_bed_per_mm2", "/mm2",
            "Macrophages per area of tumour bed, the set-point immune.macrophages. Empty without a bed.",
            r => r.Baseline.MacrophagesPerMm2) { Pooling = Pooling.OverBed, Label = "Macrophages in the bed", LabelUnit = "/mm²" },
        new("cd163_fraction", "1",
            "Share of macrophages of the tumour bed above the CD163 threshold. Empty without macrophages in the bed.",
            r => r.Baseline.Cd163Fraction) { Pooling = Pooling.OverMacrophages, Label = "CD163+ macrophages", LabelUnit = "fraction" },
        new("cd163_score_mean", "1", "Mean CD163 score of macrophages. Empty without macrophages.", r => r.Immune.Cd163ScoreMean) { Pooling = Pooling.OverMacrophages },
    ];

    private static Measure[] Vessels =>
    [
        new("vessels_per_mm2", "/mm2",
            "Vessels per area of tumour bed, the set-point vessels.density. Empty without a bed.",
            r => r.Vessels.PerMm2) { Pooling = Pooling.OverBed, Label = "Vessels in the bed", LabelUnit = "/mm²" },
        new("vessels_perfused", "1",
            "Vessels of the tumour bed with a perfusion above 0.5, half that of a full mature vessel.",
            r => r.Vessels.Perfused) { Pooling = Pooling.Sum, Label = "Perfused vessels", LabelUnit = "" },
        new("perfusion_mean", "1",
            "Mean perfusion of vessels in the tumour bed. Empty without vessels there.",
            r => r.Vessels.PerfusionMean) { Pooling = Pooling.OverVessels, Label = "Vessel perfusion, mean", LabelUnit = "" },
        new("maturity_mean", "1",
            "Mean maturity of vessels in the tumour bed. Empty without vessels there.",
            r => r.Vessels.MaturityMean) { Pooling = Pooling.OverVessels, Label = "Vessel maturity, mean", LabelUnit = "" },
        new("stroma_mean", "1",
            "Mean ECM density (0-1) of the tumour bed (sites that are not liver). Empty without a bed.",
            r => r.Stroma.Density) { Pooling = Pooling.OverBed, Label = "Stroma of the bed, mean", LabelUnit = "" },
        new("stroma_permeability_mean", "1",
            "Mean permeability of the matrix of the tumour bed to T cells: 1 is open, 0 closed. Empty without a bed.",
            r => r.Stroma.Permeability) { Pooling = Pooling.OverBed, Label = "Permeability of stroma, mean", LabelUnit = "" },
    ];

    private static Measure[] Means =>
    [
        new("hypoxic_fraction", "1",
            "Share of living tumour cells below 10 mmHg. Empty without tumour cells.",
            r => r.Tumor.HypoxicFraction10) { Pooling = Pooling.OverTumorCells, Label = "Tumour below 10 mmHg", LabelUnit = "fraction" },
        new("hypoxic_fraction_5", "1",
            "Share of living tumour cells below 5 mmHg. Empty without tumour cells.",
            r => r.Tumor.HypoxicFraction5) { Pooling = Pooling.OverTumorCells, Label = "Tumour below 5 mmHg", LabelUnit = "fraction" },
        new("oxygen_median_mmhg", "mmHg",
            "Median oxygen of living tumour cells. Empty without tumour cells.",
            r => r.Tumor.OxygenMedian) { Pooling = Pooling.OverTumorCells, Label = "Oxygen, median", LabelUnit = "mmHg" },
        new("ifng_mean", "1",
            "Mean IFN-gamma over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Ifng)) { Pooling = Pooling.OverTumorCells, Label = "IFN-γ, mean", LabelUnit = "half-max" },
        new("vegf_mean", "1",
            "Mean total VEGF over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Vegf)) { Pooling = Pooling.OverTumorCells, Label = "VEGF, mean", LabelUnit = "V50" },
        new("vegf_free_mean", "1",
            "Mean VEGF that signals, which no drug binds or keeps from its receptors, over living tumour cells, in units of its half-maximal "
            + "constant. Empty without tumour cells.",
            r => r.Simulation.MeanFreeVegf(r.Tissue)) { Pooling = Pooling.OverTumorCells, Label = "Free VEGF, mean", LabelUnit = "V50" },
        new("cxcl_mean", "1",
            "Mean CXCL9/10 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Cxcl)) { Pooling = Pooling.OverTumorCells },
        new("suppressive_mean", "1",
            "Mean TGF-beta/IL-10 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Suppressive)) { Pooling = Pooling.OverTumorCells },
        new("myeloid_mean", "1",
            "Mean CCL2/CSF1 over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Myeloid)) { Pooling = Pooling.OverTumorCells },
        new("pdl1_mean", "/um2",
            "Mean PD-L1 of living tumour cells. Empty without tumour cells.",
            r => r.Tumor.Pdl1Mean) { Pooling = Pooling.OverTumorCells, Label = "PD-L1, mean", LabelUnit = "/µm²" },
        new("mhc1_mean", "1",
            "Mean MHC-I of living tumour cells relative to the resting level. Empty without tumour cells.",
            r => r.Tumor.Mhc1Mean) { Pooling = Pooling.OverTumorCells, Label = "MHC-I, mean", LabelUnit = "× resting" },
    ];

    private static Measure[] Blood =>
    [
        new("nlr", "1", "Neutrophil-to-lymphocyte ratio of the blood.", r => r.Patient.Nlr) { Label = "NLR", LabelUnit = "" },
        new("effector_level", "1",
            "Circulating effector CD8 T cells relative to the reference patient.",
            r => r.Patient.Effectors) { Label = "Circulating effectors", LabelUnit = "× reference" },
        new("lymphocyte_level", "1",
            "Circulating lymphocytes relative to the reference patient.",
            r => r.Patient.Lymphocytes) { Label = "Circulating lymphocytes", LabelUnit = "× reference" },
        new("adjuvant_level", "1",
            "DAMP (IFN-I) in the lymph node, 1 where it raises the maturation of dendritic cells by half of its gain.",
            r => r.Patient.Adjuvant),
        new("mature_dc_level", "1",
            "Mature dendritic cells in the lymph node relative to the reference patient.",
            r => r.Patient.MatureDendritic),
        new("effector_egress", "1",
            "Effector CD8 T cells that leave the lymph node, in units of the effector level.",
            r => r.Patient.Egress) { Label = "Effectors leaving the lymph node", LabelUnit = "× reference" },
        new("memory_level", "1",
            "Central-memory CD8 T cells of the lymph node, in units of the priming that they come from, 1 in the reference patient. 0 "
            + "without lymph_node.memory.",
            r => r.Patient.Memory) { Label = "Memory of the lymph node", LabelUnit = "× reference" },
    ];

    private static Measure[] Radiation =>
    [
        new("damp_mean", "1",
            "Mean DAMP (IFN-I) over living tumour cells, in units of its half-maximal constant. Empty without tumour cells.",
            r => r.Tumor.Mean(FieldId.Damp)) { Pooling = Pooling.OverTumorCells, Label = "DAMP (IFN-I), mean", LabelUnit = "half-max" },
        new("doomed_cells", "1",
            "Living tumour cells that radiation has doomed.",
            r => r.State.Radiation?.DoomedCells ?? 0) { Pooling = Pooling.Sum, Label = "Doomed tumour cells", LabelUnit = "" },
        new("radiation_gy", "Gy",
            "Nominal dose of radiotherapy given to the lesion so far.",
            r => r.State.Radiation?.DoseGy ?? 0) { Label = "Dose given", LabelUnit = "Gy" },
    ];

    private static Measure[] Spatial =>
    [
        new("hypoxic_fraction_2_5", "1",
            "Share of living tumour cells below 2.5 mmHg. Empty without tumour cells.",
            r => r.Tumor.HypoxicFraction2) { Pooling = Pooling.OverTumorCells, Label = "Tumour below 2.5 mmHg", LabelUnit = "fraction" },
        new("vessels_perfused_per_mm2", "/mm2",
            "Vessels with a perfusion above 0.5 per area of tumour bed. Empty without a bed.",
            r => r.Vessels.Perfused / r.BedAreaMm2) { Pooling = Pooling.OverBed, Label = "Perfused vessels in the bed", LabelUnit = "/mm²" },
        new("vessels_perfusion_per_mm2", "/mm2",
            "Vessels per area of tumour bed, each counted as much as it is perfused. Empty without a bed.",
            r => r.Vessels.Perfusion / r.BedAreaMm2) { Pooling = Pooling.OverBed, Label = "Vessels weighed by perfusion", LabelUnit = "/mm²" },
        new("vessel_distance_mean_um", "um",
            "Mean distance from living tumour cells to the nearest vessel, in 3D as in 2D; without edge correction. Empty without "
            + "either.",
            SpatialReadings.TumorToVesselUm) { Label = "Tumour cell to nearest vessel", LabelUnit = "µm" },
        new("cd8_tumor_nn_um", "um",
            "Mean distance from CD8 T cells to the nearest living tumour cell, 0 on its site, in 3D as in 2D; without edge correction. "
            + "Empty without either.",
            SpatialReadings.Cd8ToTumorUm) { Label = "CD8 to nearest tumour cell", LabelUnit = "µm" },
        new("tumor_cd8_nn_um", "um",
            "Mean distance from living tumour cells to the nearest CD8 T cell, in 3D as in 2D; without edge correction. Empty without "
            + "either.",
            SpatialReadings.TumorToCd8Um) { Label = "Tumour cell to nearest CD8", LabelUnit = "µm" },
        new("cd8_margin_core_ratio", "1",
            "cd8_margin_per_mm2 over cd8_core_per_mm2; empty where there is no core, or none in it.",
            r => r.Zones.Cd8.MarginToCoreRatio) { Pooling = OfZones(z => z.MarginToCoreRatio), Label = "CD8 margin / core", LabelUnit = "" },
        new("cd8_phenotype", "1",
            "0 desert, 1 excluded, 2 intermediate, 3 infiltrated: infiltrated from 93 CD8 per mm2 of core on; else desert below 20 per "
            + "mm2 of core and margin together; else excluded when the margin has more than twice the density of the core. Empty without "
            + "a core or margin.",
            r => Phenotype(r.Zones.Cd8)) { Pooling = OfZones(Phenotype), Label = "CD8 phenotype", LabelUnit = "0 desert – 3 infiltrated" },
        new("cd163_cd8_log2_ratio", "1",
            "log2((CD163+ macrophages + 0.5) / (CD8 T cells + 0.5)) in the tumour core; empty where it holds neither.",
            SpatialReadings.Cd163ToCd8Log2) { Label = "CD163+ : CD8 in the core", LabelUnit = "log₂" },
        new("morisita_horn_100um", "1",
            "Morisita-Horn index of CD8 T cells and living tumour cells in quadrats of 100 um (whole sites, at least one) from the "
            + "corner of the lattice, cubes in 3D: 0 apart, 1 alike. Quadrats that the far edges cut are left out. Empty where either "
            + "type is missing.",
            SpatialReadings.Morisita) { Label = "Morisita-Horn, CD8 and tumour", LabelUnit = "" },
        new("mixing_score", "1",
            "Contacts of immune and living tumour cells over contacts of immune cells; a contact is the same site or one of the 8 (3D: "
            + "26) around it. Empty without contacts of immune cells with each other.",
            SpatialReadings.Mixing) { Label = "Mixing score", LabelUnit = "" },
        new("funcn_cd8_tumor", "1",
            "Share of living tumour cells around CD8 T cells of the tumour bed, mean over these: of all other cells (tumour cells, "
            + "hepatocytes, immune cells), weighted by a Gaussian of their distance of 20 um. Empty without CD8 T cells in the bed.",
            r => r.Surroundings.Tumor) { Label = "Tumour around CD8 (FunCN)", LabelUnit = "fraction" },
        new("funcn_cd8_macrophage", "1",
            "Share of macrophages around CD8 T cells of the tumour bed, as funcn_cd8_tumor. Empty without CD8 T cells in the bed.",
            r => r.Surroundings.Macrophages) { Label = "Macrophages around CD8 (FunCN)", LabelUnit = "fraction" },
        new("cd8_stroma_parenchyma_ratio", "1",
            "Density of CD8 T cells in stroma over that on living tumour cells. Stroma are the sites of core and margin that hold no "
            + "living tumour cell: gaps, dead cells, and 100 um around the tumour. Empty without tumour cells or CD8 on them.",
            r => r.Zones.Cd8StromaToParenchyma(r.State.Cd8.Site.Span)) { Label = "CD8 stroma / parenchyma", LabelUnit = "" },
        new("cd8_engaged_per_mm2", "/mm2",
            "CD8 T cells that hold a tumour cell, per area of tumour bed. Empty without a bed.",
            r => r.Immune.Engaged / r.BedAreaMm2) { Pooling = Pooling.OverBed, Label = "Engaged CD8 in the bed", LabelUnit = "/mm²" },
        new("ifng_score", "1",
            "Mean of ln(1 + x) over IFN-gamma, PD-L1 / 200 per um2, MHC-I, CXCL9/10 and engaged CD8 / 93 per mm2: one fixed formula "
            + "for all patients, arms and times. Empty without tumour cells.",
            r => IfngScore.Of(r.IfngComponents)) { Pooling = Pooling.OfTiles(IfngOfTiles), Label = "IFN-γ score", LabelUnit = "" },
    ];

    // Of a lesion in one tile there is no spread.
    private static Measure[] Tiles =>
    [
        new("tile_volume_change_sd", "1",
            "Standard deviation between the tiles of a lesion of its volume change by each of them alone. Empty with one tile, or where "
            + "one had no tumour at t = 0.",
            _ => double.NaN) { Pooling = Spread(r => r.Simulation.TileVolumeChange(r.Tissue)), Label = "Volume change, sd of tiles" },
        new("tile_cd8_bed_sd_per_mm2", "/mm2",
            "Standard deviation between the tiles of a lesion of the CD8 T cells per area of its bed. Empty with one tile, or where one has "
            + "no bed.",
            _ => double.NaN) { Pooling = Spread(r => r.Baseline.Cd8PerMm2), Label = "CD8 in the bed, sd of tiles", LabelUnit = "/mm²" },
        new("tile_cleared_fraction", "1",
            "Share of the tiles of a lesion without a living tumour cell. Empty with one tile.",
            _ => double.NaN)
        {
            Pooling = Pooling.OfTiles(tiles => (double)tiles.Count(t => t.State.TumorCells == 0) / tiles.Count),
            Label = "Tiles without tumour", LabelUnit = "fraction",
        },
    ];

    private static double Phenotype(CoreMarginResult zones) => (double?)PhenotypeRule.Of(zones) ?? double.NaN;

    // Areas and cells of all tiles together.
    private static Pooling OfZones(Func<CoreMarginResult, double> read) => Pooling.OfTiles(tiles =>
    {
        CoreMarginResult[] zones = [.. tiles.Select(t => t.Zones.Cd8)];
        return read(new CoreMarginResult(
            zones.Sum(z => z.CoreAreaMm2), zones.Sum(z => z.MarginAreaMm2), zones.Sum(z => z.CoreCells), zones.Sum(z => z.MarginCells)));
    });

    private static double IfngOfTiles(IReadOnlyList<LesionReading> tiles)
    {
        double Over(Pooling pooling, Func<IfngComponents, double> part) =>
            pooling.Of(tiles, [.. tiles.Select(t => part(t.IfngComponents))]);
        return IfngScore.Of(new IfngComponents(
            Over(Pooling.OverTumorCells, c => c.Ifng), Over(Pooling.OverTumorCells, c => c.Pdl1PerUm2),
            Over(Pooling.OverTumorCells, c => c.Mhc1), Over(Pooling.OverTumorCells, c => c.Cxcl),
            Over(Pooling.OverBed, c => c.IfngCd8PerMm2)));
    }

    private static Pooling Spread(Func<LesionReading, double> read) => Pooling.OfTiles(tiles =>
    {
        double[] values = [.. tiles.Select(read)];
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    });
}
