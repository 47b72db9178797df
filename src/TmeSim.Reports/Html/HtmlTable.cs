using System.Globalization;

namespace TmeSim.Reports.Html;

/// <summary>A table with what the page needs to sort it, copy it and hide the rows of an arm.</summary>
internal static class HtmlTable
{
    public static void Write(HtmlText page, ReportTable table)
    {
        page.Raw($"<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlText.Escape(table.Heading)}\">\n<table data-name=\"{HtmlText.Escape(table.Heading)}\">\n<thead><tr>");
        string[] styles = [.. table.Columns.Select((_, c) => c > 0 && table.Rows.All(row => c >= row.Count || row[c].Sort is null) ? " class=\"words\"" : "")];
        page.Raw(string.Concat(table.Columns.Select((column, c) => $"<th scope=\"col\"{styles[c]}>{HtmlText.Escape(column)}</th>")) + "</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<ReportCell> row in table.Rows)
        {
            string arm = table.ArmColumn is { } column && column < row.Count ? $" data-arm=\"{HtmlText.Escape(row[column].Text)}\"" : "";
            page.Raw($"<tr{arm}>{string.Concat(table.Columns.Select((_, c) => Cell(c < row.Count ? row[c] : "", c, styles[c])))}</tr>\n");
        }

        page.Raw("</tbody>\n</table>\n</div>\n");
        if (table.Note.Length > 0)
        {
            page.Raw($"<p class=\"note\">{HtmlText.Escape(table.Note)}</p>\n");
        }
    }

    private static string Cell(ReportCell cell, int column, string style)
    {
        string sort = cell.Sort is { } number && double.IsFinite(number) ? $" data-sort=\"{number.ToString("R", CultureInfo.InvariantCulture)}\"" : "";
        if (cell.Picture is { } picture)
        {
            return $"<td class=\"picture\" data-text=\"{HtmlText.Escape(cell.Text)}\"{sort}>{HtmlInterval.Svg(picture, cell.Text)}</td>";
        }

        return column == 0 ? $"<th scope=\"row\"{sort}>{HtmlText.Cell(cell.Text)}</th>" : $"<td{style}{sort}>{HtmlText.Cell(cell.Text)}</td>";
    }
}
