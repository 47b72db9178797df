namespace TmeSim.Reports.Figures;

/// <summary>How a line is drawn.</summary>
/// <param name="Color">Colour.</param>
/// <param name="Width">Width [px], positive.</param>
/// <param name="Dash">Lengths of dashes and gaps [px]; null for a solid line.</param>
public sealed record Stroke(Rgb Color, double Width = 1.6, IReadOnlyList<double>? Dash = null)
{
    /// <summary>0 (clear) to 1 (opaque).</summary>
    public double Opacity { get; init; } = 1;
}

/// <summary>Shape of a point.</summary>
public enum Marker
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    TriangleDown,
    Star,

    /// <summary>A short upright line, as for censoring.</summary>
    Tick,
}

/// <summary>How a point is drawn.</summary>
/// <param name="Shape">Shape.</param>
/// <param name="Outline">Colour of the outline.</param>
/// <param name="Fill">Colour of the inside; null for a hollow point.</param>
/// <param name="Size">Diameter [px], positive.</param>
public sealed record PointStyle(Marker Shape, Rgb Outline, Rgb? Fill = null, double Size = 6);

/// <summary>One line of the legend: a label and a sample of what it names. Any mix of samples is drawn on top of each other.</summary>
public sealed record LegendEntry(string Label)
{
    /// <summary>What the entry stands for, as <see cref="PlotElement.Group"/>; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>A line sample; null for none.</summary>
    public Stroke? Line { get; init; }

    /// <summary>Colour of a translucent band behind the line; null for none.</summary>
    public Rgb? Band { get; init; }

    /// <summary>Colour of a filled box; null for none.</summary>
    public Rgb? Box { get; init; }

    /// <summary>Lines across the filled box; null for none.</summary>
    public Stroke? Hatch { get; init; }

    /// <summary>A point sample; null for none.</summary>
    public PointStyle? Points { get; init; }
}
