using System.Globalization;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports;

/// <summary>
/// Writes a report as one static HTML file that needs nothing else: styles and figures are inside, it opens from disk
/// without a network, has no script, reads on a screen 400 px wide and prints. The file is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    /// <summary>The note that every report carries.</summary>
    public const string Disclaimer = "TmeSim is a research tool: not for treatment decisions.";

    /// <summary>The same content gives the same text.</summary>
    public static string Write(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var page = new HtmlText();
        page.Raw("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
        page.Element("title", content.Title);
        page.Raw($"<style>\n{HtmlStyle.Css}</style>\n</head>\n<body>\n<main>\n<header>\n");
        page.Element("h1", content.Title);
        if (content.Summary.Length > 0)
        {
            page.Element("p", content.Summary);
        }

        page.Raw($"<p class=\"notice\">{HtmlText.Escape(Disclaimer)}</p>\n</header>\n");
        Warnings(page, content.Warnings);
        Tables(page, content.LeadTables, 1);
        foreach ((int index, ReportFigure figure) in content.Figures.Index())
        {
            Figure(page, figure, index + 1);
        }

        Tables(page, content.Tables, 1 + content.LeadTables.Count);

        Baseline(page, content.Baseline);
        Run(page, content.Run);
        Files(page, content.Files);
        page.Raw("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Tables(HtmlText page, IReadOnlyList<ReportTable> tables, int first)
    {
        foreach ((int index, ReportTable table) in tables.Index())
        {
            page.Section($"table{first + index}", table.Heading, () => Table(page, table.Heading, table.Columns, table.Rows, table.Note));
        }
    }

    private static void Warnings(HtmlText page, IReadOnlyList<string> warnings)
    {
        if (warnings.Count > 0)
        {
            page.Section("warnings", "Warnings", () =>
            {
                page.Raw("<ul>\n");
                foreach (string warning in warnings)
                {
                    page.Element("li", warning);
                }

                page.Raw("</ul>\n");
            });
        }
    }

    private static void Figure(HtmlText page, ReportFigure figure, int number)
    {
        string id = $"fig{number}";
        page.Section(id, figure.Heading, () =>
        {
            page.Raw("<figure>\n");
            page.Raw(SvgWriter.Write(figure.Figure, id));
            if (figure.Caption.Length > 0)
            {
                page.Element("figcaption", $"Figure {number.ToString(CultureInfo.InvariantCulture)}. {figure.Caption}");
            }

            page.Raw("</figure>\n");
        });
    }

    private static void Baseline(HtmlText page, IReadOnlyList<BaselineRow> baseline)
    {
        if (baseline.Count > 0)
        {
            string[] columns = ["Set-point", "Asked", "Reached", "Within tolerance"];
            string[][] rows =
            [
                .. baseline.Select(row => new[]
                {
                    row.Unit is "" or "1" ? row.Measure : $"{row.Measure} [{row.Unit}]",
                    HtmlText.Number(row.Asked),
                    HtmlText.Number(row.Reached),
                    row.Within ? "yes" : "no",
                }),
            ];
            page.Section("baseline", "Baseline at t = 0: asked and reached", () => Table(page, "Baseline", columns, rows, ""));
        }
    }

    private static void Run(HtmlText page, RunFacts run) => page.Section("run", "What was run", () =>
    {
        (string Name, string Value)[] facts =
        [
            ("Scenario", run.Scenario),
            ("Seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Replicates per arm", run.Replicates.ToString(CultureInfo.InvariantCulture)),
            ("Program version", run.ToolVersion),
            ("Model version", run.ModelVersion),
            ("Hash", run.Hash),
            .. run.More,
        ];
        page.Raw("<dl>\n");
        foreach ((string name, string value) in facts)
        {
            page.Element("dt", name);
            page.Element("dd", value);
        }

        page.Raw("</dl>\n<p>To repeat it:</p>\n");
        page.Raw($"<pre tabindex=\"0\"><code>{HtmlText.Escape(run.Command)}</code></pre>\n");
    });

    private static void Files(HtmlText page, IReadOnlyList<ReportFile> files)
    {
        if (files.Count > 0)
        {
            page.Section("files", "Files", () =>
            {
                page.Raw("<ul>\n");
                foreach (ReportFile file in files)
                {
                    string link = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
                    page.Raw($"<li><a href=\"./{HtmlText.Escape(link)}\">{HtmlText.Escape(file.Path)}</a> {HtmlText.Escape(file.Description)}</li>\n");
                }

                page.Raw("</ul>\n");
            });
        }
    }

    private static void Table(HtmlText page, string name, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string note)
    {
        page.Raw($"<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlText.Escape(name)}\">\n<table>\n<thead><tr>");
        page.Raw(string.Concat(columns.Select(column => $"<th scope=\"col\">{HtmlText.Escape(column)}</th>")) + "</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            IEnumerable<string> cells = Enumerable.Range(0, columns.Count).Select(c => c < row.Count ? HtmlText.Cell(row[c]) : "");
            page.Raw("<tr>" + string.Concat(cells.Select((cell, c) => c == 0 ? $"<th scope=\"row\">{cell}</th>" : $"<td>{cell}</td>")) + "</tr>\n");
        }

        page.Raw("</tbody>\n</table>\n</div>\n");
        if (note.Length > 0)
        {
            page.Element("p", note);
        }
    }
}
