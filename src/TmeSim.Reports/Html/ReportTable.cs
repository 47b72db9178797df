using System.Globalization;

namespace TmeSim.Reports.Html;

/// <summary>A table; the first column names the rows.</summary>
/// <param name="Heading">Heading above the table.</param>
/// <param name="Columns">Column heads with units.</param>
/// <param name="Rows">Cells as written, as many as columns; missing ones are left blank.</param>
/// <param name="Note">Text below the table; empty for none.</param>
public sealed record ReportTable(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows, string Note = "")
{
    /// <summary>Column that names the arm of a row, so that hiding an arm hides its rows; null for none.</summary>
    public int? ArmColumn { get; init; }

    /// <summary>Head of a column of numbers: "label [unit]", or the label alone for plain numbers.</summary>
    public static string Head(string label, string unit) => unit is "" or "1" ? label : $"{label} [{unit}]";
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is shown; may be empty.</param>
/// <param name="Sort">Number that the column is sorted by; null for none. In a column with numbers, cells without one come last.</param>
public readonly record struct ReportCell(string Text, double? Sort = null)
{
    /// <summary>Drawn in place of the text, which then says the same in words; null for none.</summary>
    public IntervalPicture? Picture { get; init; }

    /// <summary>Three significant digits with a true minus; empty for a value that is not defined.</summary>
    public static ReportCell Of(double value) =>
        double.IsFinite(value) ? new(value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−'), value) : new("");

    /// <summary>"low to high", sorted by the lower end.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="none">Text where there is no interval.</param>
    public static ReportCell Interval(double low, double high, string none = "") =>
        double.IsFinite(low) ? new ReportCell($"{Of(low).Text} to {Of(high).Text}", low) : none;

    /// <summary>A cell that sorts by its number when the text is a plain one.</summary>
    public static implicit operator ReportCell(string text) => new(
        text, double.TryParse((text ?? "").Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null);
}
