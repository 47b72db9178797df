namespace TmeSim.Reports.Figures;

/// <summary>A number or a text.</summary>
/// <param name="Number">The number; NaN for a text and for a missing value.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct FigureValue(double Number, string? Text = null)
{
    public static implicit operator FigureValue(double number) => new(number);

    public static implicit operator FigureValue(string text) => new(double.NaN, text);
}

/// <summary>What a figure shows, as a table for other tools.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Rows, as many values as columns.</param>
public sealed record FigureValues(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<FigureValue>> Rows)
{
    /// <summary>Columns of a table made from what is drawn.</summary>
    public static IReadOnlyList<string> ElementColumns { get; } =
        ["panel", "x_axis", "y_axis", "group", "mark", "category", "x", "y", "low", "high", "x_low", "x_high", "value", "text"];

    /// <summary>
    /// The table of a figure: its own, else a row for each point of each element in data coordinates. <c>mark</c> says what it is drawn as (line, step, band,
    /// point, bar, rule, tile, map or text), <c>low</c> and <c>high</c> are ends of a band or error bar along y, <c>x_low</c> and <c>x_high</c> along x,
    /// <c>value</c> is what a colour stands for, <c>category</c> the name at the position on an axis of names.
    /// </summary>
    public static FigureValues Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Values ?? new FigureValues(
            ElementColumns,
            [
                .. from panel in figure.Panels.OfType<Panel>()
                   from element in panel.Elements
                   where !element.IsDecoration
                   from mark in ElementValues.Of(element)
                   select Row(panel, element, mark),
            ]);
    }

    private static FigureValue[] Row(Panel panel, PlotElement element, ElementValue mark) =>
    [
        panel.Title, panel.X.Caption, panel.Y.Caption, element.Group ?? panel.Group ?? "", mark.Mark, Category(panel.X, mark.X) ?? Category(panel.Y, mark.Y) ?? "",
        mark.X, mark.Y, mark.Low, mark.High, mark.XLow, mark.XHigh, mark.Value, mark.Text,
    ];

    private static string? Category(Axis axis, double position) =>
        axis.Categories is { } names && double.IsFinite(position) && (int)Math.Round(position) is var at && at >= 0 && at < names.Count ? names[at] : null;
}
