using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios;

/// <summary>A scenario after every check: units resolved, defaults filled in, names bound. Immutable.</summary>
public sealed record ScenarioDefinition
{
    /// <summary>Name of the scenario; the run folder is called after it.</summary>
    public required string Name { get; init; }

    /// <summary>clinical or murine.</summary>
    public required string Preset { get; init; }

    /// <summary>What the engine runs, common to all arms.</summary>
    public required SimulationPlan Plan { get; init; }

    /// <summary>Therapy arms in file order, at least one; the first is the control of comparisons unless one is called Control.</summary>
    public required IReadOnlyList<ArmPlan> Arms { get; init; }

    /// <summary>Replicates of every arm, at least 1.</summary>
    public required int Replicates { get; init; }

    /// <summary>Interval of time series rows [h].</summary>
    public required double RecordEveryHours { get; init; }

    /// <summary>Interval of snapshots [h]; null when none are asked for. t = 0 and the end are always among them.</summary>
    public double? SnapshotEveryHours { get; init; }

    /// <summary>Times whose states stay in the run folder [h]; empty for none.</summary>
    public IReadOnlyList<double> KeptStatesHours { get; init; } = [];

    /// <summary>Simulated time between states that a run at work keeps [h]; null for none.</summary>
    public double? CheckpointEveryHours { get; init; }

    /// <summary>
    /// The run whose states shorten the way to what changes; null for none. The scenario holds all that decides its bits without it.
    /// </summary>
    public ScenarioFrom? From { get; init; }

    /// <summary>Bytes that the files of a run may take; null for no limit.</summary>
    public double? LimitBytes { get; init; }

    /// <summary>Figures asked for; empty for the default set.</summary>
    public required IReadOnlyList<FigureRequest> Figures { get; init; }

    /// <summary>Observed points to draw over the curves.</summary>
    public required IReadOnlyList<ObservedSeries> Data { get; init; }

    /// <summary>Files that a run folder keeps beside resolved.yaml: observed points, and tables of cells that lesions start from.</summary>
    public IReadOnlyList<KeptFile> Kept { get; init; } = [];

    /// <summary>The <c>sweep:</c> block; null when there is none.</summary>
    public SweepPlan? Sweep { get; init; }

    /// <summary>Gives the scenario of any point of the sweep; null without one.</summary>
    public SweepSpace? SweepSpace { get; init; }

    /// <summary>The patients of the <c>cohort:</c> block; null when there is none.</summary>
    public CohortPlan? Cohort { get; init; }

    /// <summary>The <c>trial:</c> block; null when there is none, or no cohort.</summary>
    public TrialPlan? Trial { get; init; }

    /// <summary>Gives the scenario of any patient; null without a trial.</summary>
    public SweepSpace? TrialSpace { get; init; }

    /// <summary>The <c>calibrate:</c> block; null when there is none.</summary>
    public CalibrationPlan? Calibration { get; init; }

    /// <summary>Gives the scenario of any parameter vector of the calibration; null without one.</summary>
    public SweepSpace? CalibrationSpace { get; init; }

    /// <summary>The whole scenario as canonical YAML: base files merged, --set applied, defaults written out.</summary>
    public required string ResolvedYaml { get; init; }

    /// <summary>
    /// SHA-256 (hex) over the canonical text of all keys that decide state bits of any arm, seed included;
    /// figures, replicates, output keys and the scenario name are outside it.
    /// </summary>
    public string IdentityHash => Resolve.Identity.Scenario(Plan, Arms);

    /// <summary>Files read (scenario, bases, data) with their SHA-256, for the manifest.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>
    /// SHA-256 (hex) over what decides the state bits of one arm, seed included. The names of arms and lesions, the other
    /// arms, figures, replicates and output keys are outside it.
    /// </summary>
    /// <param name="armIndex">Position in <see cref="Arms"/>.</param>
    public string ArmIdentity(int armIndex) => Resolve.Identity.OfArm(Plan, Arms[armIndex]);

    /// <summary>
    /// SHA-256 (hex) over what decides the state at t = 0, seed included: arms of scenarios that share it can share a burn-in.
    /// </summary>
    public string PlanIdentity() => Resolve.Identity.OfPlan(Plan);

    /// <summary>
    /// SHA-256 (hex) by course of drugs and radiotherapy of an arm, names left out: arms that share one give the same doses.
    /// </summary>
    public static IReadOnlyList<string> CourseIdentities(ArmPlan arm) =>
        [.. arm.Therapy.Select(Resolve.Identity.OfCourse), .. arm.Radiation.Select(Resolve.Identity.OfCourse)];

    /// <summary>SHA-256 (hex) over parameters and mechanisms of an arm, its therapy left out.</summary>
    public static string SettingsIdentity(ArmPlan arm) => Resolve.Identity.OfSettings(arm);
}

/// <summary>A file that a run folder keeps.</summary>
/// <param name="Path">Relative to resolved.yaml.</param>
/// <param name="Text">What it holds.</param>
public sealed record KeptFile(string Path, string Text);

/// <summary>A file that a scenario was read from.</summary>
public sealed record InputFile(string Path, string Sha256);

/// <summary>One entry of the <c>figures:</c> block. Empty lists and nulls stand for the usual choice of the figure.</summary>
public sealed record FigureRequest
{
    public required FigureKind Kind { get; init; }

    /// <summary>Measures (columns of timeseries.csv); of a phase plane x and y.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Times of maps, or times at which arms are compared [h].</summary>
    public IReadOnlyList<double> TimesHours { get; init; } = [];

    /// <summary>Layers of a tissue map: cells, vessels.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Field of a field map: a name of <see cref="TmeSim.Engine.State.FieldId"/> in lower case with underscores.</summary>
    public string? Field { get; init; }

    /// <summary>Spatial statistics: K, L, g, G.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Arms shown.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Lesions shown.</summary>
    public IReadOnlyList<string> Lesions { get; init; } = [];

    /// <summary>Arm that others are compared with.</summary>
    public string? Control { get; init; }

    public string? Title { get; init; }

    /// <summary>Panels side by side, at least 1.</summary>
    public int? Columns { get; init; }

    /// <summary>Width of the figure [1/96 inch].</summary>
    public double? WidthPx { get; init; }

    /// <summary>File formats: svg, png, pdf; empty for those that the drawing is asked for.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Panels are lettered.</summary>
    public bool IsLettered { get; init; }

    /// <summary>Height of a plot area [px].</summary>
    public double? HeightPx { get; init; }
}

/// <summary>Observed points of one measure.</summary>
/// <param name="File">CSV file, relative to the scenario.</param>
/// <param name="Measure">Column of the time series that the points belong to.</param>
/// <param name="Arm">Arm drawn over; null for every arm.</param>
/// <param name="TimesDays">Times [d].</param>
/// <param name="Values">Values in the unit of the measure, one per time.</param>
public sealed record ObservedSeries(string File, string Measure, string? Arm, IReadOnlyList<double> TimesDays, IReadOnlyList<double> Values)
{
    /// <summary>Name in the legend.</summary>
    public required string Label { get; init; }

    /// <summary>Lower ends of error bars, one per time; null for none.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends of error bars; null for none.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Name under which a run folder keeps the file, relative to its resolved.yaml.</summary>
    public required string KeptAs { get; init; }

    /// <summary>Text of the file.</summary>
    public required string Text { get; init; }
}
