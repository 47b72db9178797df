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
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is shown; may be empty.</param>
/// <param name="Sort">Number that the column is sorted by; null for none. In a column with numbers, cells without one come last.</param>
public readonly record struct ReportCell(string Text, double? Sort = null)
{
    /// <summary>A cell that sorts by its number when the text is a plain one.</summary>
    public static implicit operator ReportCell(string text) => new(
        text, double.TryParse((text ?? "").Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null);
}
