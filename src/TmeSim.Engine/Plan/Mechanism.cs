namespace TmeSim.Engine.Plan;

/// <summary>
/// Every process that a scenario can switch off, for a whole run or for one arm. The key in a scenario is the name in
/// <see cref="MechanismTable"/>, which also says which of them are off by default; all others are on.
/// </summary>
public enum Mechanism : byte
{
    GrowthDivision,
    GrowthPushing,
    GrowthOxygenLimit,
    GrowthApoptosis,
    GrowthNecrosis,
    GrowthClearance,
    GrowthHepatocyteRegrowth,
    OxygenUptake,
    VesselsSprouting,
    VesselsMaturation,
    VesselsPruning,
    VesselsGrowth,
    VesselsLiverQuiescence,
    VesselsEndothelialAnergy,
    VegfSecretion,
    VegfHypoxia,
    IfngSecretion,
    IfngPdl1,
    IfngMhc1,
    IfngChemokine,
    ChemokineEntryGate,
    DampRelease,
    DampChemokine,
    SuppressiveSecretion,
    MyeloidAttraction,
    Cd8Entry,
    Cd8Motility,
    Cd8Chemotaxis,
    Cd8Killing,
    Cd8Exhaustion,
    Cd8Recovery,
    Cd8Proliferation,
    Cd8Death,
    Cd8ContactShare,
    Pd1Suppression,
    StromaBarrier,
    StromaMotility,
    StromaContact,
    StromaEntry,
    StromaDynamics,
    StromaCafActivation,
    MacrophageEntry,
    MacrophageMotility,
    MacrophagePolarisation,
    MacrophageRepolarisation,
    MacrophageSuppression,
    MacrophagePhagocytosis,
    MacrophageDeath,
    LymphNodePriming,
    LymphNodeVegfBlock,
    LymphNodeCheckpoint,
    PatientEffectorExchange,
    Nek9Growth,
    Nek9Chemokine,
    Nek9Myeloid,
    DampAdhesion,
    LymphNodeAdjuvant,
    RadiationOxygenEffect,
    RadiationMhc1,
    RadiationPdl1,
    RadiationSting,
    RadiationTrex1,
    RadiationVesselDamage,
    RadiationCd8,
    RadiationLymphopenia,
    AtrRadiosensitisation,
    AtrSignal,
    AtrTcellDeath,
    AtrMonocyteLoss,
    Nek9MitoticFailure,
    Nek9Interferon,
    Nek9AntigenPresentation,
    ClonesMutation,
    ClonesB2m,
    ClonesJak1,
    ClonesTgfbr2,
    ClonesCyld,
    ClonesRunx1,
    Cd8Differentiation,
    Cd8MarginEntry,
    RegressionCollapse,
    RegressionScar,
    RegressionVesselLoss,
    LymphNodeMemory,
    ClonesStanding,
    ClonesAntigenLoss,
    SuppressiveFeedback,
    LymphNodeCtla4,
    GrowthKinaseInhibition,
    LiverLobules,
    TumorCapsule,
    TumorSepta,
    TumorTrabeculae,
}

/// <summary>Scenario key and one-line meaning of a mechanism.</summary>
/// <param name="Id">Mechanism.</param>
/// <param name="Key">Key in a scenario.</param>
/// <param name="Text">What it does, one line.</param>
/// <param name="ByDefault">It is on in a scenario that does not name it.</param>
/// <param name="InArms">An arm can switch it; false for what acts on the seeding of the tissue alone, which all arms share.</param>
public readonly record struct MechanismInfo(Mechanism Id, string Key, string Text, bool ByDefault = true, bool InArms = true);

/// <summary>The mechanisms with their scenario keys, in enum order.</summary>
public static class MechanismTable
{
    public static IReadOnlyList<MechanismInfo> All { get; } =
    [
        new(Mechanism.GrowthDivision, "growth.division", "Tumour cells divide."),
        new(Mechanism.GrowthPushing, "growth.pushing",
        "A dividing cell pushes toward the nearest free or hepatocyte site; off: it divides only beside one."),
        new(Mechanism.GrowthOxygenLimit, "growth.oxygen_limit", "Division slows below the oxygen ramp."),
        new(Mechanism.GrowthApoptosis, "growth.apoptosis", "Spontaneous loss of tumour cells."),
        new(Mechanism.GrowthNecrosis, "growth.necrosis", "Tumour cells and hepatocytes necrose in severe hypoxia."),
        new(Mechanism.GrowthClearance, "growth.clearance", "Dying and necrotic cells are cleared."),
        new(Mechanism.GrowthHepatocyteRegrowth, "growth.hepatocyte_regrowth", "Hepatocytes regrow into free sites beside liver."),
        new(Mechanism.OxygenUptake, "oxygen.uptake", "Tumour cells and hepatocytes consume oxygen."),
        new(Mechanism.VesselsSprouting, "vessels.sprouting", "New vessels sprout where free VEGF is high."),
        new(Mechanism.VesselsMaturation, "vessels.maturation", "Pericyte cover follows free VEGF."),
        new(Mechanism.VesselsPruning, "vessels.pruning", "Immature vessels shrink and are lost at low free VEGF; basal loss."),
        new(Mechanism.VesselsGrowth, "vessels.growth", "Thin vessels thicken with free VEGF."),
        new(Mechanism.VesselsLiverQuiescence, "vessels.liver_quiescence",
        "Vessels of normal liver stay mature and full whatever VEGF does; off: they follow the rules of the tumour bed."),
        new(Mechanism.VesselsEndothelialAnergy, "vessels.endothelial_anergy",
        "Tumour-rich surroundings lower the adhesion of T cells to vessels (excluded pattern)."),
        new(Mechanism.VegfSecretion, "vegf.secretion", "Tumour cells, hepatocytes and macrophages secrete VEGF."),
        new(Mechanism.VegfHypoxia, "vegf.hypoxia", "Hypoxia raises the VEGF output of tumour cells."),
        new(Mechanism.IfngSecretion, "ifng.secretion", "CD8 T cells and M1-like macrophages secrete IFN-γ."),
        new(Mechanism.IfngPdl1, "ifng.pdl1", "IFN-γ induces PD-L1 on tumour cells."),
        new(Mechanism.IfngMhc1, "ifng.mhc1", "IFN-γ raises MHC-I on tumour cells."),
        new(Mechanism.IfngChemokine, "ifng.chemokine", "IFN-γ induces CXCL9/10."),
        new(Mechanism.ChemokineEntryGate, "chemokine.entry_gate", "CD8 entry rises with CXCL9/10; off: the gate is open."),
        new(Mechanism.DampRelease, "damp.release", "Dying and necrotic cells release DAMPs (IFN-I)."),
        new(Mechanism.DampChemokine, "damp.chemokine", "DAMPs (IFN-I) add to the induction of CXCL9/10."),
        new(Mechanism.SuppressiveSecretion, "suppressive.secretion", "M2-like macrophages and tumour cells secrete TGF-β/IL-10."),
        new(Mechanism.MyeloidAttraction, "myeloid.attraction", "Tumour cells secrete CCL2/CSF1."),
        new(Mechanism.Cd8Entry, "cd8.entry", "CD8 T cells enter through vessels of the tumour bed."),
        new(Mechanism.Cd8Motility, "cd8.motility", "CD8 T cells move."),
        new(Mechanism.Cd8Chemotaxis, "cd8.chemotaxis", "CD8 T cells climb CXCL9/10."),
        new(Mechanism.Cd8Killing, "cd8.killing", "Engaged CD8 T cells kill."),
        new(Mechanism.Cd8Exhaustion, "cd8.exhaustion", "Engaged CD8 T cells exhaust."),
        new(Mechanism.Cd8Recovery, "cd8.recovery", "Checkpoint blockade reverses early exhaustion."),
        new(Mechanism.Cd8Proliferation, "cd8.proliferation", "Engaged CD8 T cells divide."),
        new(Mechanism.Cd8Death, "cd8.death", "CD8 T cells die of age."),
        new(Mechanism.Cd8ContactShare, "cd8.contact_share",
        "The kill hazard is weighted by the share of contact sites that hold tumour cells."),
        new(Mechanism.Pd1Suppression, "pd1.suppression", "PD-1/PD-L1 bonds suppress killing."),
        new(Mechanism.StromaBarrier, "stroma.barrier", "Dense stroma keeps T cells out."),
        new(Mechanism.StromaMotility, "stroma.motility", "Dense stroma holds the T cells that are in it; acts with the barrier only."),
        new(Mechanism.StromaContact, "stroma.contact",
        "Dense stroma keeps T cells from engaging tumour cells; acts with the barrier only."),
        new(Mechanism.StromaEntry, "stroma.entry", "Dense stroma around a vessel lowers the entry of T cells."),
        new(Mechanism.StromaDynamics, "stroma.dynamics", "Matrix is made by fibroblasts and decays; off: stroma stays as it is."),
        new(Mechanism.StromaCafActivation, "stroma.caf_activation",
        "TGF-β activates fibroblasts (CAF); off: the active share is that of the reference level."),
        new(Mechanism.MacrophageEntry, "macrophage.entry", "Monocytes enter and become macrophages."),
        new(Mechanism.MacrophageMotility, "macrophage.motility", "Macrophages move."),
        new(Mechanism.MacrophagePolarisation, "macrophage.polarisation", "Suppressive field and hypoxia raise the CD163 score."),
        new(Mechanism.MacrophageRepolarisation, "macrophage.repolarisation", "IFN-γ lowers the CD163 score."),
        new(Mechanism.MacrophageSuppression, "macrophage.suppression", "Macrophages suppress killing through TGF-β/IL-10 and contact."),
        new(Mechanism.MacrophagePhagocytosis, "macrophage.phagocytosis", "M1-like macrophages phagocytose tumour cells."),
        new(Mechanism.MacrophageDeath, "macrophage.death", "Macrophages die of age."),
        new(Mechanism.LymphNodePriming, "lymph_node.priming", "Tumour antigen primes effector CD8 T cells in the lymph node."),
        new(Mechanism.LymphNodeVegfBlock, "lymph_node.vegf_block", "VEGF blocks the maturation of dendritic cells."),
        new(Mechanism.LymphNodeCheckpoint, "lymph_node.checkpoint", "Checkpoint blockade raises expansion in the lymph node."),
        new(Mechanism.PatientEffectorExchange, "patient.effector_exchange", "Effectors that enter the lesions leave the blood."),
        new(Mechanism.Nek9Growth, "nek9.growth", "NEK9 activity raises division (hypothesis H0)."),
        new(Mechanism.Nek9Chemokine, "nek9.chemokine", "NEK9 activity lowers CXCL9/10 output (hypothesis H1)."),
        new(Mechanism.Nek9Myeloid, "nek9.myeloid", "NEK9 activity raises CCL2/CSF1 output (hypothesis H2)."),
        new(Mechanism.DampAdhesion, "damp.adhesion", "DAMPs (IFN-I) activate vessels, which lifts endothelial anergy."),
        new(Mechanism.LymphNodeAdjuvant, "lymph_node.adjuvant", "DAMPs (IFN-I) that drain to the lymph node mature dendritic cells."),
        new(Mechanism.RadiationOxygenEffect, "radiation.oxygen_effect",
        "Hypoxic cells survive radiation more often; off: all are taken as oxic."),
        new(Mechanism.RadiationMhc1, "radiation.mhc1", "Irradiated tumour cells raise MHC-I for days."),
        new(Mechanism.RadiationPdl1, "radiation.pdl1", "Irradiated tumour cells raise PD-L1 for days, beside the induction by IFN-γ."),
        new(Mechanism.RadiationSting, "radiation.sting", "Doomed tumour cells put out IFN-I (cGAS/STING)."),
        new(Mechanism.RadiationTrex1, "radiation.trex1",
        "Trex1 clears cytosolic DNA after large fractions, so that they put out less IFN-I."),
        new(Mechanism.RadiationVesselDamage, "radiation.vessel_damage", "Large fractions thin vessels."),
        new(Mechanism.RadiationCd8, "radiation.cd8_death", "CD8 T cells in the field die."),
        new(Mechanism.RadiationLymphopenia, "radiation.lymphopenia", "Circulating lymphocytes that pass the field die, so NLR rises."),
        new(Mechanism.AtrRadiosensitisation, "atr.radiosensitisation", "ATR inhibition makes tumour cells more sensitive to radiation."),
        new(Mechanism.AtrSignal, "atr.damp", "ATR inhibition raises the IFN-I capacity of irradiated cells."),
        new(Mechanism.AtrTcellDeath, "atr.tcell_death", "ATR inhibition kills cycling T cells, in the tissue and in the lymph node."),
        new(Mechanism.AtrMonocyteLoss, "atr.monocyte_loss", "ATR inhibition lowers circulating monocytes."),
        new(Mechanism.Nek9MitoticFailure, "nek9.mitotic_failure", "Divisions fail when NEK9 activity is below average (hypothesis H0)."),
        new(Mechanism.Nek9Interferon, "nek9.interferon", "Lost NEK9 activity makes micronuclei that release IFN-I (hypothesis H3)."),
        new(Mechanism.Nek9AntigenPresentation, "nek9.antigen_presentation", "Lost NEK9 activity raises MHC-I (hypothesis H4)."),
        new(Mechanism.ClonesMutation, "clones.mutation", "Daughters of tumour divisions lose genes."),
        new(Mechanism.ClonesB2m, "clones.b2m", "Loss of B2M has its effects: no MHC-I, NK-like death."),
        new(Mechanism.ClonesJak1, "clones.jak1", "Loss of JAK1 has its effects: no answer to interferons."),
        new(Mechanism.ClonesTgfbr2, "clones.tgfbr2", "Loss of TGFBR2 has its effects: no growth inhibition by TGF-β, more CCL2/CSF1."),
        new(Mechanism.ClonesCyld, "clones.cyld", "Loss of CYLD has its effects: survival, more CXCL9/10 and CCL2/CSF1."),
        new(Mechanism.ClonesRunx1, "clones.runx1", "Loss of RUNX1 has its effects: faster division, less antigen."),
        new(Mechanism.Cd8Differentiation, "cd8.differentiation",
        "Tumour-reactive CD8 T cells are precursors, effectors, terminally exhausted or resident, and blockade acts through the "
        + "precursors; off: all are alike.", ByDefault: false),
        new(Mechanism.Cd8MarginEntry, "cd8.margin_entry",
        "CD8 T cells enter through liver vessels of the invasive margin too, beside those of the tumour bed.", ByDefault: false),
        new(Mechanism.RegressionCollapse, "regression.collapse",
        "Free sites close: the tissue around moves in from all sides, and liver follows.", ByDefault: false),
        new(Mechanism.RegressionScar, "regression.scar", "Ground that the tumour has left fills with matrix.", ByDefault: false),
        new(Mechanism.RegressionVesselLoss, "regression.vessel_loss",
        "Vessels in ground that the tumour has left are lost faster than elsewhere in the bed.", ByDefault: false),
        new(Mechanism.LymphNodeMemory, "lymph_node.memory",
        "Priming leaves central-memory CD8 T cells in the lymph node, which little antigen recalls.", ByDefault: false),
        new(Mechanism.ClonesStanding, "clones.standing",
        "Some cells have lost a gene before the start, as many as in a lesion that grew from one cell.", ByDefault: false, InArms: false),
        new(Mechanism.ClonesAntigenLoss, "clones.antigen_loss",
        "Daughters of tumour divisions lose recognised neoantigens too, and the loss has its effect: less antigen.", ByDefault: false),
        new(Mechanism.SuppressiveFeedback, "suppressive.feedback",
        "IFN-γ raises what tumour cells put into the suppressive field.", ByDefault: false),
        new(Mechanism.LymphNodeCtla4, "lymph_node.ctla4", "Blockade of CTLA-4 raises the priming of naive cells in the lymph node."),
        new(Mechanism.GrowthKinaseInhibition, "growth.kinase_inhibition", "Kinase inhibitors slow the division of tumour cells."),
        new(Mechanism.LiverLobules, "liver.lobules",
        "The liver around the tumour has portal tracts and central veins at the spacing of lobules.", ByDefault: false, InArms: false),
        new(Mechanism.TumorCapsule, "tumor.capsule", "Dense stroma surrounds the planned edge of the tumour.", ByDefault: false, InArms: false),
        new(Mechanism.TumorSepta, "tumor.septa",
        "Bands of dense stroma with vessels split the tumour into nodules.", ByDefault: false, InArms: false),
        new(Mechanism.TumorTrabeculae, "tumor.trabeculae",
        "The tumour grows in plates between sinusoidal tracks that hold its vessels.", ByDefault: false, InArms: false),
    ];

    /// <summary>The mechanism with this scenario key, or null.</summary>
    public static Mechanism? Find(string key)
    {
        foreach (MechanismInfo info in All)
        {
            if (info.Key == key)
            {
                return info.Id;
            }
        }

        return null;
    }
}

/// <summary>Which mechanisms are on. An immutable value.</summary>
public readonly record struct MechanismSet
{
    // Bit i of the first, then of the second: that mechanism is off. A UInt128 would keep whatever it is passed to from being compiled ahead.
    private readonly ulong _off, _offBeyond;

    private MechanismSet(ulong off, ulong offBeyond) => (_off, _offBeyond) = (off, offBeyond);

    /// <summary>Everything on.</summary>
    public static MechanismSet AllOn => default;

    /// <summary>What a scenario has that names no mechanism.</summary>
    public static MechanismSet Default { get; } = MechanismTable.All.Aggregate(AllOn, (set, info) => set.With(info.Id, info.ByDefault));

    public bool IsOn(Mechanism mechanism) => ((IsInFirst(mechanism) ? _off : _offBeyond) & Bit(mechanism)) == 0;

    /// <summary>This set with one switch changed.</summary>
    public MechanismSet With(Mechanism mechanism, bool on)
    {
        ulong Changed(ulong off) => on ? off & ~Bit(mechanism) : off | Bit(mechanism);
        return IsInFirst(mechanism) ? new(Changed(_off), _offBeyond) : new(_off, Changed(_offBeyond));
    }

    private static bool IsInFirst(Mechanism mechanism) => (int)mechanism < 64;

    private static ulong Bit(Mechanism mechanism) => 1UL << (int)mechanism;
}
