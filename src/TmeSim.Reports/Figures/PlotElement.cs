namespace TmeSim.Reports.Figures;

/// <summary>Something drawn in a panel, in data coordinates. Values that are not finite are gaps.</summary>
public abstract record PlotElement
{
    /// <summary>What this belongs to (an arm, say); a page can hide and show a group in all figures at once. Null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Shows again what another element holds (the rim of a line, a contour): no value of the figure.</summary>
    public bool IsDecoration { get; init; }
}

/// <summary>A line through points, broken where a value is missing.</summary>
public sealed record LineElement(IReadOnlyList<double> X, IReadOnlyList<double> Y, Stroke Stroke) : PlotElement
{
    /// <summary>The last point is joined to the first.</summary>
    public bool Closed { get; init; }
}

/// <summary>A step line that holds each value until the next x (survival curves).</summary>
public sealed record StepElement(IReadOnlyList<double> X, IReadOnlyList<double> Y, Stroke Stroke) : PlotElement;

/// <summary>The area between two curves, broken where either is missing.</summary>
/// <param name="X">Positions, rising.</param>
/// <param name="Low">Lower curve.</param>
/// <param name="High">Upper curve.</param>
/// <param name="Color">Fill colour.</param>
/// <param name="Opacity">0 (clear) to 1 (opaque).</param>
public sealed record BandElement(IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High, Rgb Color, double Opacity) : PlotElement;

/// <summary>
/// Points, with optional error bars from <see cref="ErrorLow"/> to <see cref="ErrorHigh"/> (absolute values of y) and from
/// <see cref="XErrorLow"/> to <see cref="XErrorHigh"/> (absolute values of x).
/// </summary>
public sealed record PointElement(IReadOnlyList<double> X, IReadOnlyList<double> Y, PointStyle Style) : PlotElement
{
    public IReadOnlyList<double>? ErrorLow { get; init; }

    public IReadOnlyList<double>? ErrorHigh { get; init; }

    public IReadOnlyList<double>? XErrorLow { get; init; }

    public IReadOnlyList<double>? XErrorHigh { get; init; }
}

/// <summary>Points of one category, moved sideways by as little as keeps them apart; too many for the room get smaller.</summary>
/// <param name="Position">Place of the category on the axis of positions.</param>
/// <param name="Values">Values on the other axis.</param>
/// <param name="Width">Room for all of them in units of the axis of positions.</param>
/// <param name="Style">How a point is drawn.</param>
public sealed record SwarmElement(double Position, IReadOnlyList<double> Values, double Width, PointStyle Style) : PlotElement
{
    /// <summary>Values run along x, positions along y.</summary>
    public bool Horizontal { get; init; }
}

/// <summary>Lines that join the points of two swarms at the same place in their lists.</summary>
public sealed record PairElement(SwarmElement From, SwarmElement To, Stroke Stroke) : PlotElement;

/// <summary>A filled arrowhead whose tip is at a point, in the direction in which a line comes from another.</summary>
/// <param name="FromX">Where the line comes from.</param>
/// <param name="FromY">Where the line comes from.</param>
/// <param name="X">Tip.</param>
/// <param name="Y">Tip.</param>
/// <param name="Color">Colour.</param>
/// <param name="Size">Length [px], positive.</param>
public sealed record ArrowElement(double FromX, double FromY, double X, double Y, Rgb Color, double Size = 9) : PlotElement;

/// <summary>Bars from a base line.</summary>
/// <param name="Position">Centre of each bar on the axis of positions.</param>
/// <param name="Value">End of each bar on the axis of values.</param>
/// <param name="Width">Width of a bar in units of the axis of positions.</param>
/// <param name="Color">Fill colour.</param>
public sealed record BarElement(IReadOnlyList<double> Position, IReadOnlyList<double> Value, double Width, Rgb Color) : PlotElement
{
    /// <summary>Where bars start.</summary>
    public double Baseline { get; init; }

    /// <summary>Values run along x, positions along y.</summary>
    public bool Horizontal { get; init; }

    public IReadOnlyList<double>? ErrorLow { get; init; }

    public IReadOnlyList<double>? ErrorHigh { get; init; }
}

/// <summary>A straight line across the whole panel at one value.</summary>
public sealed record RuleElement(double Value, bool Horizontal, Stroke Stroke) : PlotElement;

/// <summary>Rectangle of a raster in data coordinates.</summary>
public readonly record struct Extents(double XMin, double XMax, double YMin, double YMax);

/// <summary>Values on a grid, coloured by a map; a missing value is left clear.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">Row-major, x fastest; row 0 is at the top.</param>
/// <param name="Extents">Where the raster lies.</param>
/// <param name="Map">Colours.</param>
/// <param name="Min">Value of the first colour.</param>
/// <param name="Max">Value of the last colour.</param>
public sealed record HeatMapElement(int Width, int Height, IReadOnlyList<float> Values, Extents Extents, ColorMap Map, double Min, double Max) : PlotElement;

/// <summary>An RGBA raster, four bytes per pixel, row 0 at the top.</summary>
public sealed record ImageElement(int Width, int Height, byte[] Rgba, Extents Extents) : PlotElement;

/// <summary>A rectangle in data coordinates.</summary>
/// <param name="Extents">Where it lies.</param>
/// <param name="Color">Fill colour; null for none.</param>
/// <param name="Text">Text in its middle; empty for none.</param>
public readonly record struct Tile(Extents Extents, Rgb? Color, string Text = "")
{
    /// <summary>What the colour stands for; NaN for nothing or a missing value.</summary>
    public double Value { get; init; } = double.NaN;
}

/// <summary>Rectangles of any sizes, such as the cells of an uneven grid. Their texts are left out when one of them does not fit into its rectangle.</summary>
public sealed record TileElement(IReadOnlyList<Tile> Tiles) : PlotElement
{
    /// <summary>Slanting lines over all rectangles; null for none.</summary>
    public Stroke? Hatch { get; init; }
}

/// <summary>Where a text lies relative to its point.</summary>
public enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>Text at a point in data coordinates; moved inwards where it would leave the panel.</summary>
/// <param name="X">Position along x.</param>
/// <param name="Y">Position along y.</param>
/// <param name="Text">Text.</param>
/// <param name="Anchor">Side of the text that lies at x.</param>
/// <param name="Color">Colour.</param>
/// <param name="Size">Size [px], positive.</param>
public sealed record TextElement(double X, double Y, string Text, TextAnchor Anchor, Rgb Color, double Size = 11) : PlotElement;

/// <summary>A text and the points that it may belong to, the best first.</summary>
public sealed record PlacedLabel(string Text, IReadOnlyList<(double X, double Y)> Places);

/// <summary>
/// Texts that keep clear of each other, of other texts and of markers: each in turn takes the first place that is free, and is left out
/// where none is. The most important one comes first.
/// </summary>
/// <param name="Labels">Texts.</param>
/// <param name="Color">Colour.</param>
/// <param name="Size">Size [px], positive.</param>
public sealed record LabelElement(IReadOnlyList<PlacedLabel> Labels, Rgb Color, double Size = 10) : PlotElement
{
    /// <summary>Distance from the point [px], to any side of it; 0 to lie on the point.</summary>
    public double Gap { get; init; }

    /// <summary>Colour of thin lines to texts further out, for which more places are tried; null to have none of them.</summary>
    public Rgb? Leader { get; init; }

    /// <summary>Colour of a rim around the letters; null for none.</summary>
    public Rgb? Halo { get; init; }
}
