namespace TmeSim.Reports.Figures;

/// <summary>A colour bar right of the panels, shared by all of them.</summary>
/// <param name="Map">Colours.</param>
/// <param name="Min">Value of the first colour.</param>
/// <param name="Max">Value of the last colour.</param>
/// <param name="Label">What is shown.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
public sealed record ColorBar(ColorMap Map, double Min, double Max, string Label, string Unit)
{
    /// <summary>Colours follow the decimal logarithm of the value; both ends are positive.</summary>
    public bool IsLog { get; init; }
}

/// <summary>
/// A figure as data, free of any drawing library: panels in a grid with one title, legend and colour bar. A writer lays it
/// out; the height follows from the content, so nothing can fall off the lower edge.
/// </summary>
public sealed record Figure
{
    /// <summary>Title, which is also the name that screen readers say.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences for readers who do not see the picture; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Width [px], at least 240.</summary>
    public double Width { get; init; } = 860;

    /// <summary>Columns of the grid, at least 1.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Plot areas of all columns have one width, whichever columns have labels beside them.</summary>
    public bool EvenPlots { get; init; }

    /// <summary>Panels row by row; null leaves a cell of the grid empty.</summary>
    public required IReadOnlyList<Panel?> Panels { get; init; }

    /// <summary>Titles above the rows of the grid, as many as rows or none; one belongs to the group that all panels of its row share.</summary>
    public IReadOnlyList<string> RowTitles { get; init; } = [];

    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    public ColorBar? ColorBar { get; init; }

    /// <summary>A remark below the panels (what the band means, say); empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>File formats by their names (svg, png, pdf); null for those that the drawing is asked for.</summary>
    public IReadOnlyList<string>? Formats { get; init; }

    /// <summary>Panels are lettered a, b, c …, as journals ask.</summary>
    public bool IsLettered { get; init; }

    /// <summary>The values as a table of the figure's own, where what is drawn are places or colours; null for those of its elements.</summary>
    public FigureValues? Values { get; init; }
}
