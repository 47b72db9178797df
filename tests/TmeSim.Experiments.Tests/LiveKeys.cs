namespace TmeSim.Experiments.Tests;

/// <summary>A change of each scenario key for <see cref="LiveKeyTests"/>, or why there is none.</summary>
internal static class LiveKeys
{
    private const string Therapy = "arms[Everything].therapy[bevacizumab]";
    private const string Beam = "{fractions: 2, dose: 10 Gy, every: 12 h, target: primary, coverage: 0.7, penumbra: 8 mm";
    private const string Blocker = "drugs[small vegf blocker]";

    /// <summary>Keys by prefix that other tests hold, or that say what is run or drawn and not how a run goes.</summary>
    public static IReadOnlyList<(string Prefix, string Reason)> Groups { get; } =
    [
        ("parameters.", "each parameter is changed by its own test here"),
        ("arms[].parameters.", "the same, from t = 0"),
        ("mechanisms.", "EveryMechanismTests turns off each switch"),
        ("arms[].mechanisms.", "EveryMechanismTests turns off each switch"),
        ("arms[].changes[].parameters.", "the same, from a later time on"),
        ("arms[].changes[].mechanisms.", "EveryMechanismTests turns off each switch"),
        ("from", "a run to go on from: ScenarioFromTests"),
        ("arms[].stop", "courses of the run that it goes on from: ScenarioFromTests"),
        ("arms[].therapy[].radiotherapy.dose_map", "a table of where the dose is: DoseMapTests"),
        ("output.", "states that a run keeps: KeptStateTests"),
        ("reference.", "held by baseline: reference alone: ReferenceBaselineTests changes each"),
        ("arms[].therapy[].with.", "changes of the courses of a regimen, which are keys of their own: RegimenTests"),
        ("sweep.", "which scenarios a sweep runs: SweepBlockTests"),
        ("cohort.", "who the patients of a trial are: CohortBlockTests"),
        ("trial.", "how patients are watched: TrialBlockTests, ClinicalCourseTests"),
        ("calibrate.", "which scenarios a calibration runs: CalibrationSessionTests"),
        ("figures", "what is drawn of a run"),
        ("data[]", "points drawn over the curves of a run"),
        ("lesions[].cells.", "the table of cells that a tissue starts from: CellImportTests"),
    ];

    /// <summary>Keys that a run alone does not show.</summary>
    public static IReadOnlyList<(string Key, string Reason)> WithoutEffect { get; } =
    [
        ("schema", "has one value"),
        ("base", "names a file to read first: BaseFileTests"),
        ("baseline", "asks for levels or holds a reference patient, whose lesions ask for none: ReferenceBaselineTests"),
        ("drugs[].text", "read by people, in explain and report"),
        ("drugs[].sources.*.source", "where a number comes from, in explain"),
        ("drugs[].sources.*.grade", "how good the source is, in explain"),
    ];

    /// <summary>Keys and parameters by prefix that this run shows only with other options beside them, on both sides.</summary>
    public static IReadOnlyList<(string Prefix, string[] Sets)> Beside { get; } =
    [
        ("burn_in.", ["time.burn_in=3 d"]),
        ("clones.runx1_antigenicity", ["time.duration=9 d"]),
        ("vessels.removal_density", ["parameters.vessels.pruning_rate=1 /d"]),
        ("arms[].therapy[].radiotherapy.model", Surviving),
        ("radiation.linear_threshold", Surviving),
        ("endpoints.progression_", [.. Growing, "arms[Everything].parameters.endpoints.progression_increase=0.01",
            "arms[Everything].parameters.endpoints.progression_absolute=0.2 mm"]),
    ];

    // Set-points move twice; some cells of the small clone meet a T cell in the end; vessels thin; cells survive fractions above the bend of LQ-L; tumours grow, so that visits find progression.
    private static string[] Surviving =>
        ["arms[Everything].parameters.radiation.alpha=0.1 /Gy", "arms[Everything].parameters.radiation.linear_threshold=4 Gy"];

    private static string[] Growing =>
        ["arms[Everything].parameters.radiation.alpha=0 /Gy", "arms[Everything].parameters.cd8.kill_rate=0 /d",
            "arms[Everything].parameters.necrosis.rate=0 /d", "arms[Everything].parameters.macrophage.phagocytosis_rate=0 /d"];

    /// <summary>Options path=value, or edits "old → new" of the text.</summary>
    public static IReadOnlyList<(string Key, string[] Changes)> Changes { get; } =
    [
        ("name", ["name=Another"]),
        ("preset", ["preset=murine"]),
        ("seed", ["seed=12"]),
        ("replicates", ["replicates=2"]),
        ("time.burn_in", ["time.burn_in=1 d"]),
        ("time.duration", ["time.duration=2 d"]),
        ("time.step", ["time.step=30 min"]),
        ("time.record_every", ["time.record_every=1 d"]),
        ("time.snapshot_every", ["time.snapshot_every=12 h"]),
        ("arms[].changes[].at", ["arms[Everything].changes=[{at: 1 d, parameters: {cd8.kill_rate: 0 /d}}]"]),
        ("tissue.size", ["tissue.size=[0.74 mm, 0.74 mm]"]),
        ("fields.signal_spacing", ["fields.signal_spacing=fine"]),
        ("tissue.tiles", ["tissue.tiles=2"]),
        ("tissue.spacing", ["tissue.size=[0.75 mm, 0.75 mm]", "tissue.spacing=25 um"]),
        ("lesions[].name", ["name: second → name: third", "target: second → target: third"]),
        ("lesions[].diameter", ["lesions[second].diameter=25 mm"]),
        ("lesions[].tumor.radius", ["lesions[second].tumor.radius=0.2 mm"]),
        ("lesions[].tumor.doubling_time", ["lesions[second].tumor.doubling_time=12 d"]),
        ("lesions[].tumor.antigenicity", ["lesions[second].tumor.antigenicity=0.7"]),
        ("lesions[].tumor.nek9", ["lesions[second].tumor.nek9=1.2"]),
        ("lesions[].tumor.ccl2", ["lesions[second].tumor.ccl2=3"]),
        ("lesions[].tumor.csf1", ["lesions[second].tumor.csf1=3"]),
        ("lesions[].tumor.cxcl", ["lesions[second].tumor.cxcl=3"]),
        ("lesions[].tumor.vegf", ["lesions[second].tumor.vegf=3"]),
        ("lesions[].tumor.clones[].name", ["name: low → name: other"]),
        ("lesions[].tumor.clones[].fraction", ["fraction: 0.3 → fraction: 0.2"]),
        ("lesions[].tumor.clones[].antigenicity", ["antigenicity: 0.2 → antigenicity: 0.3"]),
        ("lesions[].tumor.clones[].nek9", ["nek9: 0.5 → nek9: 0.6"]),
        ("lesions[].tumor.clones[].lof", ["lof: [JAK1, CYLD] → lof: [JAK1]"]),
        ("lesions[].immune.pattern", ["pattern: inflamed → pattern: excluded"]),
        ("lesions[].immune.cd8", ["cd8: 300 → cd8: 250"]),
        ("lesions[].immune.macrophages", ["lesions[second].immune.macrophages=200 /mm2"]),
        ("lesions[].immune.cd163_fraction", ["cd163_fraction: 0.5 → cd163_fraction: 0.6"]),
        ("lesions[].vessels.density", ["lesions[second].vessels.density=130 /mm2"]),
        ("lesions[].vessels.maturity", ["lesions[second].vessels.maturity=0.5"]),
        ("lesions[].stroma.density", ["lesions[primary].stroma.density=0.5"]),
        ("patient.nlr", ["patient.nlr=5"]),
        ("patient.lymphocyte_supply", ["patient.lymphocyte_supply=0.5"]),
        ("patient.monocyte_supply", ["patient.monocyte_supply=2"]),
        ("patient.weight", ["patient.weight=80 kg"]),
        ("patient.child_pugh", ["patient.child_pugh=B"]),
        ("patient.mean_liver_dose", ["patient.mean_liver_dose=40 Gy"]),
        ("drugs[].name", ["small vegf blocker → small blocker", "name: Everything → name: Everything else"]),
        ("drugs[].usual_dose", [$"{Blocker}.usual_dose=100 mg"]),
        ("drugs[].class", ["class: small_molecule → class: antibody"]),
        ("drugs[].molar_mass", [$"{Blocker}.molar_mass=0.6 kDa"]),
        ("drugs[].pk.model", [$"{Blocker}.pk={{model: one_compartment_oral, absorption: 1 /h, volume: 30 L, half_life: 6 h}}"]),
        ("drugs[].pk.clearance", [$"{Blocker}.pk.clearance=20 L/d"]),
        ("drugs[].pk.central_volume", [$"{Blocker}.pk.central_volume=30 L"]),
        ("drugs[].pk.intercompartmental_clearance", [$"{Blocker}.pk.intercompartmental_clearance=20 L/d"]),
        ("drugs[].pk.peripheral_volume", [$"{Blocker}.pk.peripheral_volume=20 L"]),
        ("drugs[].pk.infusion", [$"{Blocker}.pk.infusion=2 h"]),
        ("drugs[].pk.absorption", ["drugs[nek9-inhibitor].pk.absorption=0.2 /h"]),
        ("drugs[].pk.volume", ["drugs[nek9-inhibitor].pk.volume=50 L"]),
        ("drugs[].pk.half_life", ["drugs[nek9-inhibitor].pk.half_life=9 h"]),
        ("drugs[].partition", [$"{Blocker}.partition=0.5"]),
        ("drugs[].effects[].target", ["{target: vegf, kd: 500 nM} → {target: csf1r, kd: 500 nM}"]),
        ("drugs[].effects[].kd", ["kd: 500 nM → kd: 50 nM"]),
        ("drugs[].effects[].max_effect", ["drugs[nek9-inhibitor].effects[nek9].max_effect=0.5"]),
        ("arms[].name", ["name: Everything → name: All"]),
        ("arms[].therapy[].drug", ["drug: nivolumab, dose: 240 mg → drug: atezolizumab, dose: 240 mg"]),
        ("arms[].therapy[].regimen", ["{drug: tremelimumab, dose: 300 mg} → {regimen: stride}"]),
        ("arms[].therapy[].dose", [$"{Therapy}.dose=10 mg/kg"]),
        ("arms[].therapy[].start", [$"{Therapy}.start=12 h"]),
        ("arms[].therapy[].every", [$"{Therapy}.every=1 d"]),
        ("arms[].therapy[].cycles", [$"{Therapy}.every=1 d", $"{Therapy}.cycles=2"]),
        ("arms[].therapy[].stop", ["arms[Everything].therapy[atr-inhibitor].stop=1 d"]),
        ("arms[].therapy[].until", ["arms[Everything].therapy[atr-inhibitor].until=nlr > 0.1"]),
        ("arms[].therapy[].radiotherapy.fractions", ["{fractions: 2, → {fractions: 3,"]),
        ("arms[].therapy[].radiotherapy.dose", ["dose: 10 Gy → dose: 9 Gy"]),
        ("arms[].therapy[].radiotherapy.every", ["dose: 10 Gy, every: 12 h → dose: 10 Gy, every: 1 d"]),
        ("arms[].therapy[].radiotherapy.target", ["target: primary → target: second"]),
        ("arms[].therapy[].radiotherapy.coverage", ["coverage: 0.7 → coverage: 0.8"]),
        ("arms[].therapy[].radiotherapy.penumbra", ["penumbra: 8 mm → penumbra: 4 mm"]),
        ("arms[].therapy[].radiotherapy.model", [$"{Beam} → {Beam}, model: lq_l"]),
        ("arms[].therapy[].radiotherapy.weekends", ["penumbra: 8 mm}} → penumbra: 8 mm, weekends: off}, start: 5 d}", "time.duration=6 d"]),
    ];
}
