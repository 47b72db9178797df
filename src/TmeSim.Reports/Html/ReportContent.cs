using TmeSim.Reports.Figures;
using TmeSim.Reports.Html.Explorer;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Html;

/// <summary>All that a report says. Every text may contain anything; it is escaped when written.</summary>
public sealed record ReportContent
{
    /// <summary>Title of the report, usually the name of the scenario.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two below the title; empty for none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What was run.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>
    /// The arms, so that the page can hide them; by name they are those of the viewer, of the explorer, of the groups of the
    /// figures and of <see cref="ReportTable.ArmColumn"/>. Empty takes those of the viewer with the looks of
    /// <see cref="ArmPalette"/>; arms that only the explorer knows take the looks after them.
    /// </summary>
    public IReadOnlyList<ReportArm> Arms { get; init; } = [];

    /// <summary>Tissue of all arms over time; null for none.</summary>
    public TissueViewer? Viewer { get; init; }

    /// <summary>The runs of a sweep to select among; null for none.</summary>
    public SweepExplorer? Explorer { get; init; }

    public IReadOnlyList<ReportFigure> Figures { get; init; } = [];

    /// <summary>Tables of results, endpoints per arm first.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Tables before the figures: the result in numbers.</summary>
    public IReadOnlyList<ReportTable> LeadTables { get; init; } = [];

    /// <summary>Set-points of the calibrating burn-in; empty hides the section.</summary>
    public IReadOnlyList<BaselineRow> Baseline { get; init; } = [];

    /// <summary>Warnings of the run; empty hides the section.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Files of the run folder; empty hides the section.</summary>
    public IReadOnlyList<ReportFile> Files { get; init; } = [];
}

/// <summary>What was run, and how to run it again.</summary>
/// <param name="Scenario">Name or file of the scenario.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Replicates">Replicates per arm.</param>
/// <param name="ToolVersion">Version of the program.</param>
/// <param name="ModelVersion">Version of the model.</param>
/// <param name="Hash">Identity of the input or the state.</param>
/// <param name="Command">Command that repeats the run.</param>
public sealed record RunFacts(string Scenario, ulong Seed, int Replicates, string ToolVersion, string ModelVersion, string Hash, string Command)
{
    /// <summary>More facts, name and value.</summary>
    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];
}

/// <summary>An arm with its look in the figures.</summary>
/// <param name="Name">Name.</param>
/// <param name="Line">Colour and dashes of its curves.</param>
public sealed record ReportArm(string Name, Stroke Line)
{
    /// <summary>Arms with their looks.</summary>
    public static IReadOnlyList<ReportArm> Of(IEnumerable<string> names, ArmLooks looks) => [.. names.Select(name => new ReportArm(name, looks.Line(name)))];

    /// <summary>Arms with the looks of <see cref="ArmPalette"/> in the order given.</summary>
    public static IReadOnlyList<ReportArm> FromPalette(IEnumerable<string> names) => [.. names.Select((name, i) => new ReportArm(name, ArmPalette.Line(i)))];
}

/// <summary>A figure with its place in the report.</summary>
/// <param name="Heading">Heading above the figure.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Caption">Text below the figure; empty for none.</param>
public sealed record ReportFigure(string Heading, Figure Figure, string Caption = "");

/// <summary>One set-point of the burn-in.</summary>
/// <param name="Measure">What was asked for.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Asked">Value of the scenario.</param>
/// <param name="Reached">Value at t = 0.</param>
/// <param name="Within">The difference is within tolerance.</param>
public sealed record BaselineRow(string Measure, string Unit, double Asked, double Reached, bool Within);

/// <summary>A file beside the report.</summary>
/// <param name="Path">Path relative to the report, with forward slashes.</param>
/// <param name="Description">What it holds.</param>
public sealed record ReportFile(string Path, string Description);
