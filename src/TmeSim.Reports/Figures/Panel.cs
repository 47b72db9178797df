
namespace TmeSim.Reports.Figures;

/// <summary>Ticks of one dosing schedule, drawn above the plot area.</summary>
/// <param name="Label">Name of the drug.</param>
/// <param name="Times">Dose times in units of the x axis.</param>
/// <param name="Colors">Colours of the arms that get it, stacked in each tick; empty for a neutral colour.</param>
public sealed record DoseTrack(string Label, IReadOnlyList<double> Times, IReadOnlyList<Rgb> Colors)
{
    /// <summary>The only arm that gets it, as <see cref="PlotElement.Group"/>; null for several.</summary>
    public string? Group { get; init; }
}

/// <summary>A scale bar in the lower right corner of a panel.</summary>
/// <param name="Length">Length in units of the x axis.</param>
/// <param name="Label">Length with its unit.</param>
public sealed record ScaleBar(double Length, string Label);

/// <summary>One pair of axes with what is drawn in it.</summary>
public sealed record Panel
{
    /// <summary>Short title above the plot area; empty for none.</summary>
    public string Title { get; init; } = "";

    public Axis X { get; init; } = new();

    public Axis Y { get; init; } = new();

    /// <summary>Drawn in this order, later ones on top.</summary>
    public IReadOnlyList<PlotElement> Elements { get; init; } = [];

    public IReadOnlyList<DoseTrack> DoseTracks { get; init; } = [];

    /// <summary>Texts right of the plot area, one beside each category of y, or none.</summary>
    public IReadOnlyList<string> RowNotes { get; init; } = [];

    /// <summary>Rows of texts below the axis of x.</summary>
    public IReadOnlyList<AxisRow> AxisRows { get; init; } = [];

    /// <summary>Columns of texts beside the plot area, those of each side from left to right.</summary>
    public IReadOnlyList<TextColumn> Columns { get; init; } = [];

    /// <summary>A panel without axes has no frame either, as a diagram of boxes.</summary>
    public bool IsFrameless { get; init; }

    public ScaleBar? ScaleBar { get; init; }

    /// <summary>Days per unit of the x axis where that is time: a page draws its time cursor there. Null for other axes.</summary>
    public double? DaysPerX { get; init; }

    /// <summary>What the whole panel belongs to, as <see cref="PlotElement.Group"/>; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Height of the plot area [px], positive; not used with <see cref="Aspect"/>.</summary>
    public double PlotHeight { get; init; } = 200;

    /// <summary>Height of the plot area over its width, for images and maps; null to use <see cref="PlotHeight"/>.</summary>
    public double? Aspect { get; init; }
}
