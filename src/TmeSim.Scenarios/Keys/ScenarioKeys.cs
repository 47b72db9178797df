using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Parameters;
using static TmeSim.Scenarios.Keys.KeyRows;

namespace TmeSim.Scenarios.Keys;

/// <summary>
/// The one table of scenario keys. Defaults that depend on the preset stand in seeds/parameters/presets.yaml and replace those given here.
/// </summary>
public static class ScenarioKeys
{
    /// <summary>The value of <c>schema:</c> that this version reads.</summary>
    public const string SchemaName = "tmesim/1";

    // Widths of figures: the lowest number is one in mm, see FigureBuilder.
    private const double MaxPixels = 2400;
    private const string Calibrated = "TmeSim calibration notes (FINDINGS.md)";
    private const string Choice = "TmeSim assumption (MODEL.md)";

    private static readonly Lazy<IReadOnlyList<ScenarioKey>> Rows =
        new(() => [.. Run(), .. Lesions(), .. Patient(), .. Switches(string.Empty), .. Drugs(string.Empty), .. Arms(), .. SweepKeys.Sweep(),
        .. SweepKeys.Calibration(), .. TrialKeys.Cohort(), .. TrialKeys.Trial(), .. Output()]);
    private static readonly Lazy<KeySpec> Tree = new(() => KeySpec.Build(Rows.Value));
    private static readonly Lazy<KeySpec> DrugTree =
        new(() => KeySpec.Build([.. Drugs(string.Empty).Skip(1).Select(k => k with { Path = k.Path["drugs[].".Length..] })]));

    /// <summary>All rows, parents before children.</summary>
    public static IReadOnlyList<ScenarioKey> All => Rows.Value;

    /// <summary>The table as a tree.</summary>
    internal static KeySpec Root => Tree.Value;

    /// <summary>The keys of one drug, for the files of the drug library.</summary>
    internal static KeySpec Drug => DrugTree.Value;

    private static IEnumerable<ScenarioKey> Run() =>
    [
        OneOf("schema", "Version of the scenario format.", null, SchemaName),
        Word("name", "Name of the scenario; the run folder is called after it.", required: true),
        Word("base", "Another scenario that this one overlays: mappings merge, lists merge by name or drug, other values replace."),
        Block("from", "A run that this scenario goes on from; besides it the file says what changes, in `arms:` or for one arm: therapy, stop, parameters, mechanisms.") with { MayBeAbsent = true },
        Word("from.run", "Folder of the run, relative to the file that names it.", required: true),
        Word("from.arm", "Arm of the run that all arms go on with.", required: true),
        Amount("from.at", "d", 0, 36500, null, "Time after t = 0 from which on it changes.") with { Required = true },
        OneOf("preset", "Human time scales, the same with rules that let responses last, or murine ones; sets defaults of keys, parameters and switches.",
            "clinical", "clinical", "lasting", "murine"),
        OneOf("baseline", "How t = 0 is reached: the burn-in finds rates that bring each lesion to the levels asked for (asked), or it holds "
        + "those of a reference patient, and levels come out of patient and tumour (reference).", "asked", "asked", "reference"),
        .. Reference(),
        Seed("seed", "Seed of all random numbers."),
        Whole("replicates", "Replicates of every arm, each with its own burn-in.", 1, 100000, "4"),
        Block("time", "Time axis; t = 0 is the end of the burn-in and the start of therapy."),
        Amount("time.burn_in", "d", 0, 3650, "70 d", "Calibrating burn-in before t = 0; a multiple of the step.", Calibrated),
        Positive("time.duration", "d", 36500, "26 weeks", "Simulated time from t = 0; a multiple of the step.", Choice),
        Amount("time.step", "h", 0.01, 24, "1 h", "Length of a step.", Calibrated),
        Positive("time.record_every", "h", 87600, "24 h", "Interval of time series rows; a multiple of the step.", Choice),
        Positive("time.snapshot_every", "h", 876000, null, "Interval of snapshots; a multiple of the step. Absent: start and end only."),
        Block("tissue", "Lattice of each lesion."),
        new() { Path = "tissue.size", Kind = KeyKind.QuantityList, Units = ["mm"], Min = 0, MinExclusive = true, Max = 100, MinItems = 1,
        MaxItems = 3, Default = "4 mm", Text = "Edge lengths: one (square), two, or three for a 3D tissue; multiples of the spacing.",
        Source = Calibrated },
        Amount("tissue.spacing", "um", 1, 200, "20 um", "Site spacing; 20 um is one cell.",
        "spQSP-HCC 2025, param_all_test.xml (commit e693ac4); PhysiCell 69a23db, cancer_immune mesh"),
        Whole("tissue.tiles", "Tiles of each lesion: lattices of this size with random numbers of their own in one patient, whose sum is the "
        + "lesion.", 1, 1000, "1") with { Source = Choice },
        Block("fields", "How fields are solved."),
        OneOf("fields.signal_spacing",
            "Lattice of the secreted signals: twice the spacing of the tissue where their reach allows it (auto), or that of the tissue (fine).",
            "auto", "auto", "fine") with { Source = "TmeSim accuracy (MODEL.md 8.4)" },
    ];

    private static IEnumerable<ScenarioKey> Reference() =>
    [
        Block("reference", "Reference patient of `baseline: reference`; absent: the one that comes with the preset. `tmesim reference` writes "
        + "such a block.") with { MayBeAbsent = true },
        Word("reference.name", "Name; one of the library (hcc, hcc-excluded) gives all values that are not written here. May be varied: a class has a reference patient of its own."),
        Word("reference.text", "What patient it is."),
        Word("reference.scenario", "The scenario that it was made from."),
        Word("reference.identity", "Fingerprint of that scenario."),
        Word("reference.preset", "The preset of that scenario."),
        Whole("reference.replicates", "Burn-ins that it was averaged from.", 1, 100000),
        Whole("reference.model_version", "Model version that it was made with.", 1, 100000),
        Word("reference.settings", "Fingerprint of the library values that it was made with."),
        Amount("reference.growth", "/d", -10, 10, null, "Growth rate of its count of tumour cells."),
        Amount("reference.division_rate", "/d", 0, 10, null, "Division rate of its tumour cells."),
        Positive("reference.division_capacity", "1", 10, null, "Births per cell and division rate: oxygen ramp times divisions that find room."),
        Amount("reference.cd8_entry", "1", 0, 1e4, null, "Factor on the entry of CD8 T cells."),
        Amount("reference.monocyte_entry", "1", 0, 1e4, null, "Factor on the entry of monocytes."),
        Amount("reference.polarisation", "1", 0, 1e4, null, "Factor on the polarisation of macrophages."),
        Amount("reference.sprouting", "1", 0, 1e4, null, "Factor on the sprouting of vessels."),
        Amount("reference.vegf_output", "1", 0, 1e4, null, "Factor on the output of VEGF in the tumour bed."),
        Amount("reference.cd8", "/mm2", 0, 2500, null, "CD8 T cells per area of its bed; lesions are laid out with it."),
        Amount("reference.macrophages", "/mm2", 0, 2500, null, "Macrophages per area of its bed; lesions are laid out with it."),
        Amount("reference.cd163_fraction", "1", 0, 1, null, "Share of its macrophages that are CD163+; lesions are laid out with it."),
        Amount("reference.vessels", "/mm2", 0, 2500, null, "Vessels per area of its bed; lesions are laid out with it."),
        Amount("reference.maturity", "1", 0, 1, null, "Pericyte cover of its vessels; lesions are laid out with it."),
    ];

    private static IEnumerable<ScenarioKey> Cells() =>
    [
        Block("lesions[].cells", "A table of cells, say of a biopsy, as the tissue at t = 0 in place of a nodule; there is no burn-in then.") with { MayBeAbsent = true },
        Word("lesions[].cells.file", "CSV with a header, .parquet or .h5ad, relative to the file that names it.", required: true),
        Block("lesions[].cells.columns", "Columns by what they hold, where they are called otherwise."),
        Word("lesions[].cells.columns.x", "Places along x; absent: x_um, x or, of AnnData, obsm/spatial."),
        Word("lesions[].cells.columns.y", "Places along y; absent: y_um, y or obsm/spatial."),
        Word("lesions[].cells.columns.z", "Places along z; absent: z_um, z, obsm/spatial, or all in one plane."),
        Word("lesions[].cells.columns.type", "Type of the cell; absent: cell_type or type."),
        Word("lesions[].cells.columns.mhc1", "MHC-I of a tumour cell, 1 at rest; absent: mhc1, if it is there."),
        Word("lesions[].cells.columns.pdl1", "PD-L1 of a tumour cell in molecules/um2; absent: pdl1_per_um2, if it is there."),
        Word("lesions[].cells.columns.exhaustion", "Exhaustion of a CD8 T cell, 0 to 1; absent: exhaustion, if it is there."),
        Word("lesions[].cells.columns.cd163", "CD163 score of a macrophage, 0 to 1; absent: cd163_score, if it is there."),
        Word("lesions[].cells.columns.perfusion", "Perfusion of a vessel, 0 to 1; absent: perfusion, if it is there."),
        Word("lesions[].cells.columns.lumen", "Lumen density of a vessel, 0 to 1; absent: lumen_density, if it is there."),
        Word("lesions[].cells.columns.maturity", "Pericyte cover of a vessel, 0 to 1; absent: maturity, if it is there."),
        Block("lesions[].cells.from", "Which snapshot, where the table holds several."),
        Word("lesions[].cells.from.arm", "Arm of the snapshot."),
        Word("lesions[].cells.from.replicate", "Replicate of the snapshot."),
        Word("lesions[].cells.from.lesion", "Lesion of the snapshot."),
        Amount("lesions[].cells.from.day", "d", -36500, 36500, null, "Time after t = 0."),
        Positive("lesions[].cells.unit", "um", 1e6, "1 um", "Length of one unit of the coordinates: 1 um, 1 mm, or the size of a pixel."),
        Amount("lesions[].cells.rotate", "1", -360, 360, "0", "Turn in the plane of x and y, counter-clockwise in degrees."),
        new() { Path = "lesions[].cells.crop", Kind = KeyKind.QuantityList, Units = ["um"], Min = -1e7, Max = 1e7, MinItems = 4, MaxItems = 4,
        Text = "Low x, low y, high x, high y of the piece that is taken, before it is turned; absent: all." },
        OneOf("lesions[].cells.place", "The middle of the piece in the middle of the lattice (centred), or coordinates from the low corner of the lattice (as_given).",
            "centred", "centred", "as_given"),
        Block("lesions[].cells.types", "Types of the table by what they are; absent: they are called so."),
        OneOf("lesions[].cells.types.*", "What cells of this type are.", string.Empty, [.. CellWords.Types.Keys]) with { Default = null },
    ];

    private static IEnumerable<ScenarioKey> Lesions() =>
    [
        Members("lesions", "One or more lesions that share blood and lymph node.", "name", 1, 100),
        Word("lesions[].name", "Name, unique in the scenario.", required: true),
        Positive("lesions[].diameter", "mm", 500, "45 mm",
        "Clinical diameter at t = 0; sets the scale of read-outs and of the exchange with blood.", Choice),
        .. Cells(),
        Block("lesions[].tumor", "Tumour of the lesion."),
        Amount("lesions[].tumor.radius", "mm", 0.01, 50, "0.8 mm", "Radius of the simulated nodule at t = 0.", Calibrated),
        Amount("lesions[].tumor.doubling_time", "d", 0.1, 3650, "140 d", "Volume doubling time of untreated growth with immunity on; under baseline: reference the one that the tumour would have in the reference "
        + "patient.",
        "Nathani et al., gut.bmj.com 70/2/401 (pooled 4.6 months)"),
        Amount("lesions[].tumor.antigenicity", "1", 0, 1, "0.6", "Antigenicity of the founding clone.", Choice),
        Amount("lesions[].tumor.nek9", "1", 0, 100, "1", "NEK9 activity of the founding clone, 1 = average.", Choice),
        Amount("lesions[].tumor.ccl2", "1", 0, 100, "1", "Output of the myeloid attractant (CCL2/CSF1) by tumour cells, 1 = average.", Choice),
        Amount("lesions[].tumor.csf1", "1", 0, 100, "1", "Rate at which macrophages turn CD163+ in this tumour, 1 = average.", Choice),
        Amount("lesions[].tumor.cxcl", "1", 0, 100, "1", "Output of CXCL9/10 by tumour cells under IFN-gamma, 1 = average.", Choice),
        Amount("lesions[].tumor.vegf", "1", 0, 100, "1", "Output of VEGF by tumour cells, 1 = average.", Choice),
        Members("lesions[].tumor.clones", "Further clones at the start; the founder takes the rest.", "name", max: 32),
        Word("lesions[].tumor.clones[].name", "Name, unique in the lesion.", required: true),
        Amount("lesions[].tumor.clones[].fraction", "1", 0, 1, null,
        "Share of tumour cells at the start; the fractions of a lesion add to at most 1.") with { Required = true },
        Amount("lesions[].tumor.clones[].antigenicity", "1", 0, 1, null, "Antigenicity of the clone; absent: as the founder."),
        Amount("lesions[].tumor.clones[].nek9", "1", 0, 100, null, "NEK9 activity of the clone; absent: as the founder."),
        Words("lesions[].tumor.clones[].lof", "Genes that the clone has lost; absent: none.", [.. Genes.Names]) with { MinItems = 1,
        MaxItems = Genes.Count },
        Block("lesions[].immune", "Set-points of the immune cells at t = 0."),
        OneOf("lesions[].immune.pattern", "CD8 T cells throughout (inflamed), held at the margin (excluded) or few (desert).", "inflamed",
        "inflamed", "excluded", "desert") with { Source = Choice },
        Amount("lesions[].immune.cd8", "/mm2", 0, 2500, "120 /mm2", "CD8 T cells per area of tumour bed.", Calibrated),
        Amount("lesions[].immune.macrophages", "/mm2", 0, 2500, "200 /mm2", "Macrophages per area of tumour bed.", Calibrated),
        Amount("lesions[].immune.cd163_fraction", "1", 0, 1, "0.4", "Share of macrophages that are CD163+.", Choice),
        Block("lesions[].vessels", "Vessels of the tumour bed."),
        Amount("lesions[].vessels.density", "/mm2", 0, 2500, "60 /mm2", "Vessels per area of tumour bed at t = 0.", Calibrated),
        Amount("lesions[].vessels.maturity", "1", 0, 1, "0.4", "Pericyte cover; VEGF output is set to hold it.", Calibrated),
        Block("lesions[].stroma", "Stroma of the tumour."),
        Amount("lesions[].stroma.density", "1", 0, 1, "0.2", "ECM and CAF density.", Choice),
    ];

    private static IEnumerable<ScenarioKey> Patient() =>
    [
        Block("patient", "The patient around the lesions."),
        Positive("patient.nlr", "1", 100, "2.7", "Neutrophil-to-lymphocyte ratio at t = 0; 2.7 is inflammation index 0.", Calibrated),
        Positive("patient.lymphocyte_supply", "1", 100, "1",
        "Lymphocytes relative to what the inflammation index leaves; the index is ln(NLR times this / 2.7).", Choice),
        Positive("patient.monocyte_supply", "1", 100, "1", "Monocytes relative to what the inflammation index gives.", Choice),
        Positive("patient.weight", "kg", 500, "70 kg", "Body weight, for doses per kg.", Choice),
        OneOf("patient.child_pugh", "Child-Pugh class of liver function.", "A", "A", "B", "C") with { Source = Choice },
        Amount("patient.mean_liver_dose", "Gy", 0, 100, "0 Gy", "Mean liver dose of a planned radiotherapy."),
    ];

    private static IEnumerable<ScenarioKey> Switches(string arm)
    {
        string when = arm.Length == 0 ? "for the whole run" : arm == "arms[]." ? "in this arm, from t = 0 on" : "in this arm, from that time on";
        yield return Block(arm + "parameters", $"Library parameters {when}.") with { DottedKeys = true };
        foreach (ParameterEntry entry in ParameterLibrary.All)
        {
            yield return Amount($"{arm}parameters.{entry.Key}", entry.Unit, entry.Min, entry.Max, null, entry.Text, entry.Source);
        }

        yield return Block(arm + "mechanisms", $"Mechanisms on or off {when}.") with { DottedKeys = true };
        foreach (MechanismInfo info in MechanismTable.All)
        {
            yield return new() { Path = $"{arm}mechanisms.{info.Key}", Kind = KeyKind.Switch, Text = info.Text };
        }
    }

    private static IEnumerable<ScenarioKey> Drugs(string prefix) =>
    [
        Members(prefix + "drugs", "Drugs of this scenario; one with the name of a library drug changes only what it writes.",
            "name", max: 100),
        Word("drugs[].name", "Name, unique.", required: true),
        Word("drugs[].text", "What the drug is, one line."),
        Amount("drugs[].usual_dose", "mg", 0, 1e6, null,
        "One usual dose, an amount or an amount per body weight: a dose ten times off is warned of; absent: none is.") with { Units =
        ["mg", "mg/kg"] },
        OneOf("drugs[].class", "Which delivery field carries it.", null, "antibody", "small_molecule"),
        Positive("drugs[].molar_mass", "kDa", 10000, null, "Molar mass.") with { Required = true },
        Block("drugs[].pk", "Pharmacokinetics.", required: true),
        OneOf("drugs[].pk.model", "Form of the pharmacokinetics: two compartments after infusion, or one compartment after an oral dose.",
        "two_compartment_iv", "two_compartment_iv", "one_compartment_oral"),
        Positive("drugs[].pk.clearance", "L/d", 1e6, null, "Clearance (infusion)."),
        Positive("drugs[].pk.central_volume", "L", 1e5, null, "Central volume (infusion)."),
        Positive("drugs[].pk.intercompartmental_clearance", "L/d", 1e6, null, "Exchange between the compartments (infusion)."),
        Positive("drugs[].pk.peripheral_volume", "L", 1e5, null, "Peripheral volume (infusion)."),
        Positive("drugs[].pk.infusion", "h", 240, null, "Duration of an infusion; absent: 1 h."),
        Positive("drugs[].pk.absorption", "/h", 1e3, null, "Absorption rate (oral)."),
        Positive("drugs[].pk.volume", "L", 1e6, null, "Apparent volume V/F (oral); bioavailability is inside."),
        Positive("drugs[].pk.half_life", "h", 1e5, null, "Half-life of elimination (oral)."),
        Positive("drugs[].partition", "1", 1000, "1",
        "Tissue partition; 1 for antibodies, whose delivery field already is tissue to plasma."),
        Members("drugs[].effects", "Targets that the drug binds.", "target", 1, 16),
        OneOf("drugs[].effects[].target", "What is bound.", null, [.. DrugTargets.Keys]),
        Positive("drugs[].effects[].kd", "nM", 1e9, null, "Dissociation constant.") with { Required = true },
        Amount("drugs[].effects[].max_effect", "1", 0, 1, "1", "Largest effect at full occupancy."),
        Block("drugs[].sources", "Where each number comes from, by its path inside the drug.") with { DottedKeys = true },
        Block("drugs[].sources.*", "Source of one number."),
        Word("drugs[].sources.*.source", "Publication, file or reason.", required: true),
        OneOf("drugs[].sources.*.grade", "How good the source is.", null, "measured", "model", "fit", "assumption"),
    ];

    private static IEnumerable<ScenarioKey> Arms() =>
    [
        Members("arms", "Therapy arms; all start from the same burn-in. Absent: one arm Control without therapy.", "name", max: 1000),
        Word("arms[].name", "Name, unique in the scenario.", required: true),
        Members("arms[].therapy", "Drug courses, radiotherapy and regimens of the arm.", "drug", max: 100,
        unique: false) with { IdentityOptional = true, OtherIdentity = "regimen" },
        Word("arms[].therapy[].drug", "Name of a drug of the library or of `drugs:`."),
        .. Course("arms[].therapy[]."),
        new() { Path = "arms[].therapy[].regimen", Kind = KeyKind.Choice, Source = "seeds/regimens", Choices = [.. RegimenLibrary.Names],
        Text = "A regimen in place of a drug: its courses, which `start` moves, and `until`, `stop` and `cycles` end." },
        Block("arms[].therapy[].with", "Changes of single courses of the regimen, by drug; `radiotherapy` changes its radiotherapy.") with { MayBeAbsent = true },
        Block("arms[].therapy[].with.*", "Changes of the courses of one drug."),
        .. Course("arms[].therapy[].with.*.").Select(k => k with { Default = null }),
        Block("arms[].therapy[].radiotherapy", "External beam radiotherapy of one lesion, in place of a drug.") with { MayBeAbsent = true },
        Whole("arms[].therapy[].radiotherapy.fractions", "Number of fractions.", 1, 200) with { Required = true },
        Positive("arms[].therapy[].radiotherapy.dose", "Gy", 100, null, "Dose of a fraction.") with { Required = true },
        Positive("arms[].therapy[].radiotherapy.every", "d", 365, "1 d", "Interval of fractions.", Choice),
        Word("arms[].therapy[].radiotherapy.target", "Lesion that is irradiated; may be left out when there is only one."),
        Amount("arms[].therapy[].radiotherapy.coverage", "1", 0, 1, "1",
        "Share of the tumour inside the field at t = 0; the cut lies at a random angle.", Choice),
        Amount("arms[].therapy[].radiotherapy.penumbra", "mm", 0, 100, "5 mm",
        "Width over which the dose falls from 80 % to 20 % at the cut, in the clinical lesion.", Choice),
        Word("arms[].therapy[].radiotherapy.dose_map", "In place of coverage and penumbra, a table of where the dose is: x_um, y_um (z_um) and dose_gy of a fraction or dose_share."),
        OneOf("arms[].therapy[].radiotherapy.model", "Cell survival: linear-quadratic, or linear above a threshold dose.", "lq",
        "lq", "lq_l"),
        new() { Path = "arms[].therapy[].radiotherapy.weekends", Kind = KeyKind.Switch, Default = "on",
        Text = "Fractions on Saturday and Sunday; off: they wait for Monday. t = 0 is a Monday." },
        .. Switches("arms[]."),
        Words("arms[].stop", "With `from:`, courses of the run's arm that end where it branches; radiotherapy is one name."),
        Members("arms[].changes", "Parameters and switches that come into force later in the arm.", max: 100),
        Amount("arms[].changes[].at", "d", 0, 36500, null, "Time from which on they act.") with { Required = true },
        .. Switches("arms[].changes[]."),
    ];

    // Dose and times of a drug course.
    private static IEnumerable<ScenarioKey> Course(string prefix) =>
    [
        Amount(prefix + "dose", "mg", 0, 1e6, null,
        "One dose of the drug: an amount, or an amount per body weight.") with { Units = ["mg", "mg/kg"] },
        Amount(prefix + "start", "d", 0, 36500, "0 d", "Time of the first dose or fraction."),
        Positive(prefix + "every", "d", 36500, null, "Interval of doses; absent: a single dose."),
        Whole(prefix + "cycles", "Largest number of doses; absent: no limit.", 1, 100000),
        Positive(prefix + "stop", "d", 36500, null, "No dose at or after this time."),
        Positive(prefix + "until", "d", 36500, null,
        "No dose after radiological progression, at or after a time, or once a measure has passed a threshold (looked at once a day).") with { Choices = ["progression"], Conditions = [.. StopMeasures.Keys] },
    ];

    private static IEnumerable<ScenarioKey> Output() =>
    [
        Members("figures", "Figures to draw; absent: a set that fits the arms.", max: 200) with { PathName = "plot" },
        OneOf("figures[].plot",
        $"Kind of figure. {string.Join(' ', FigureTable.All.Select(f => $"{f.Name}: {char.ToLowerInvariant(f.Text[0])}{f.Text[1..]}"))}",
        null, [.. FigureTable.Names]),
        Words("figures[].measures", "Measures drawn; absent: the usual ones of the figure. A phase plane takes two: first x, then y."),
        new() { Path = "figures[].times", Kind = KeyKind.QuantityList, Units = ["d"], Min = 0, Max = 36500, MinItems = 1, MaxItems = 100,
        Text = "Times of maps, or time at which arms are compared; absent: start, middle and end of maps, the last common day of comparisons." },
        Words("figures[].layers", "Layers of a tissue map; absent: all.", "cells", "vessels"),
        new() { Path = "figures[].field", Kind = KeyKind.Choice, Text = "Field of a field map.",
        Choices = [.. FieldTable.All.Select(f => f.Key)] },
        Words("figures[].functions", "Spatial statistics drawn; absent: L.", "K", "L", "g", "G"),
        Words("figures[].arms", "Arms shown; absent: all."),
        Words("figures[].lesions", "Lesions shown; absent: all."),
        Word("figures[].control", "Arm that others are compared with; absent: the one called Control, else the first."),
        Word("figures[].title", "Title; absent: one that says what is shown."),
        Whole("figures[].columns", "Panels side by side.", 1, 12),
        Amount("figures[].width", "1", 0, MaxPixels, null, "Width of the figure: pixels of 1/96 inch (240 to 2400), or mm (63.5 to 635); journals print columns of 89, 120 and 183 mm.") with { Units = ["1", "mm"] },
        Words("figures[].format", "File formats; absent: those of --plots.", "svg", "png", "pdf") with { MinItems = 1 },
        OneOf("figures[].letters", "Panels are lettered a, b, c, as journals ask.", "off", "on", "off"),
        Amount("figures[].height", "1", 0, MaxPixels, null, "Height of a plot area: pixels of 1/96 inch (60 to 1200), or mm (15.9 to 317.5).") with { Units = ["1", "mm"] },
        Block("output", "What a run keeps beside its tables; decides no bits.") with { MayBeAbsent = true },
        new() { Path = "output.checkpoints", Kind = KeyKind.QuantityList, Units = ["d"], Min = 0, Max = 36500, MinItems = 1, MaxItems = 100,
        Text = "Times whose whole states stay in the run folder, so that `tmesim branch` can go on there without simulating the way again." },
        Positive("output.limit", "GB", 1e6, null,
        "Bytes that the files of a run may take, states on the way among them; a run that would take more is refused before it begins."),
        Positive("output.checkpoint_every", "d", 36500, null,
        "Simulated time after which a run at work keeps its state, besides `--checkpoint-every`; absent: by real time alone."),
        Members("data", "Observed points to draw over the curves, from CSV files."),
        Word("data[].file", "CSV file with a header, relative to the file that names it.", required: true),
        Word("data[].time", "Column of the times.", "time"),
        OneOf("data[].time_unit", "Unit of the times; absent: as the name of the column says (day, week, time_h), else d.", string.Empty,
        "h", "d", "week", "month") with { Default = null, Required = false },
        Word("data[].value", "Column of the values; absent: the column named like the measure, else value."),
        Word("data[].error", "Column of symmetric errors of the values."),
        Word("data[].low", "Column of the lower ends of error bars; needs `high` too."),
        Word("data[].high", "Column of the upper ends of error bars."),
        Word("data[].label", "Name in the legend; absent: the name of the file."),
        Word("data[].measure", "Measure that the points belong to.", required: true),
        Word("data[].arm", "Arm drawn over; absent: every arm."),
    ];
}
