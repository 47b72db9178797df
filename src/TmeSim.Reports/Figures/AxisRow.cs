namespace TmeSim.Reports.Figures;

/// <summary>A text of a row below an axis.</summary>
/// <param name="At">Its place on the axis of x.</param>
/// <param name="Text">Text.</param>
/// <param name="Anchor">Side of the text that lies there.</param>
public readonly record struct AxisCell(double At, string Text, TextAnchor Anchor = TextAnchor.Middle);

/// <summary>
/// A row of texts below the axis of x, such as the numbers at risk. Texts that are centred at ticks are thinned with them; others wrap
/// into the room that they have up to the next one.
/// </summary>
/// <param name="Label">What the row holds, written at its left; one without cells is a heading over the rows that follow.</param>
/// <param name="Cells">Texts from left to right.</param>
public sealed record AxisRow(string Label, IReadOnlyList<AxisCell> Cells)
{
    /// <summary>Colour of a small box before the heading; null for none.</summary>
    public Rgb? Color { get; init; }

    /// <summary>What the row belongs to, as <see cref="PlotElement.Group"/>; null for none.</summary>
    public string? Group { get; init; }
}
