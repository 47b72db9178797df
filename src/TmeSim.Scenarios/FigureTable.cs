namespace TmeSim.Scenarios;

/// <summary>Kinds of figure that a scenario can ask for.</summary>
public enum FigureKind
{
    TimeCourse,
    Contrast,
    Burden,
    Waterfall,
    Spider,
    Swimmer,
    Synergy,
    PhasePlane,
    Clones,
    Tissue,
    Field,
    Spatial,
    Pharmacokinetics,
}

/// <summary>A kind of figure.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Name">Name in a scenario and in file names.</param>
/// <param name="Text">What it shows, one line.</param>
/// <param name="Keys">Keys that it takes besides those that every kind takes.</param>
public sealed record FigureInfo(FigureKind Kind, string Name, string Text, IReadOnlyList<string> Keys);

/// <summary>The kinds of figure, in the order in which a report shows them.</summary>
public static class FigureTable
{
    /// <summary>One row per kind, by its number.</summary>
    public static IReadOnlyList<FigureInfo> All { get; } =
    [
        new(FigureKind.TimeCourse, "time_course", "Measures over time: median and 10-90 % of replicates, doses, observed points.",
            ["measures"]),
        new(FigureKind.Contrast, "contrast", "Difference of each arm from the control, paired by replicate, with its 95 % interval.",
        ["measures", "times", "control"]),
        new(FigureKind.Burden, "burden", "A measure of each arm at one time: replicates as dots, median and 10-90 %.",
        ["measures", "times"]),
        new(FigureKind.Waterfall, "waterfall",
        "Best response (RECIST) and best change of the sum of diameters of each replicate at its visits.", []),
        new(FigureKind.Spider, "spider", "Change of the sum of diameters of each replicate over time.", []),
        new(FigureKind.Swimmer, "swimmer", "Course of each replicate as a bar: therapy, first response and progression at the visits.", []),
        new(FigureKind.Synergy, "synergy", "Arms that combine two others against Bliss independence and the highest single agent.",
        ["times", "control"]),
        new(FigureKind.PhasePlane, "phase_plane", "One measure against another over time.", ["measures"]),
        new(FigureKind.Clones, "clones", "Shares of clones over time.", []),
        new(FigureKind.Tissue, "tissue", "Tissue sections, arms by times.", ["times", "layers"]),
        new(FigureKind.Field, "field", "Maps of a field, arms by times.", ["times", "field"]),
        new(FigureKind.Spatial, "spatial", "Spatial statistics of cell types against distance, with envelopes.", ["functions", "times"]),
        new(FigureKind.Pharmacokinetics, "pharmacokinetics", "Blood concentrations of drugs and occupancy of their targets.", []),
    ];

    /// <summary>Keys that every kind takes.</summary>
    public static IReadOnlyList<string> CommonKeys { get; } = ["plot", "arms", "lesions", "title", "columns", "width", "height",
        "format", "letters"];

    /// <summary>Names in a scenario.</summary>
    public static IEnumerable<string> Names => All.Select(f => f.Name);

    /// <summary>Row of a kind.</summary>
    public static FigureInfo Of(FigureKind kind) => All[(int)kind];
}
