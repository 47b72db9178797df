using System.Globalization;
using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html.Explorer;
using TmeSim.Reports.Html.Viewer;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Html;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: style, script, figures and tissue are inside, it opens from disk
/// without a network, reads on a screen 400 px wide and prints. Without a script it still shows figures and tables. The
/// file is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    /// <summary>The note that every report carries.</summary>
    public const string Disclaimer = "TmeSim is a research tool: not for treatment decisions.";

    /// <summary>Bytes of a page with a viewer; only figures and tables larger than that make it larger.</summary>
    public const int LargestPage = 14_500_000;

    // Index, controls and script.
    private const int ViewerOverhead = 250_000;

    // The viewer gets this part of a page at least, however large the figures are.
    private const int SmallestViewer = 14;

    /// <summary>The same content gives the same text. Reads the frames of the viewer once.</summary>
    /// <exception cref="ArgumentException">A frame of the viewer or a row of the explorer does not fit it.</exception>
    public static string Write(ReportContent content) => Write(content, LargestPage);

    internal static string Write(ReportContent content, int largestPage)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Explorer?.Check();
        IReadOnlyList<ReportArm> arms = Arms(content);
        string head = Part(page => Head(page, content, arms));
        string body = Part(page => Body(page, content, arms));
        string viewer = content.Viewer is null ? "" : Part(page =>
        {
            int room = Math.Max(largestPage / SmallestViewer, largestPage - ViewerOverhead - Encoding.UTF8.GetByteCount(head) - Encoding.UTF8.GetByteCount(body));
            HtmlViewer.Write(page, content.Viewer, ViewerPacker.Pack(content.Viewer, room));
        });
        string end = Part(page => page.Raw($"</main>\n<div id=\"tip\" class=\"tip\" hidden=\"hidden\"></div>\n<p id=\"status\" class=\"unseen\" role=\"status\"></p>\n<script>{PageResource.Script}</script>\n</body>\n</html>\n"));
        return string.Concat(head, viewer, body, end);
    }

    private static IReadOnlyList<ReportArm> Arms(ReportContent content)
    {
        IReadOnlyList<ReportArm> arms = content.Arms.Count > 0 ? content.Arms : ReportArm.FromPalette(content.Viewer?.Arms ?? []);
        IEnumerable<string> more = (content.Explorer?.Rows ?? []).Select(row => row.Arm).Distinct().Except(arms.Select(arm => arm.Name));
        return [.. arms, .. more.Select((name, i) => new ReportArm(name, ArmPalette.Line(arms.Count + i)))];
    }

    private static string Part(Action<HtmlText> write)
    {
        var page = new HtmlText();
        write(page);
        return page.ToString();
    }

    private static void Head(HtmlText page, ReportContent content, IReadOnlyList<ReportArm> arms)
    {
        page.Raw("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n");
        page.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageResource.Policy}\" />\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
        page.Element("title", content.Title);
        page.Raw($"<style>\n{PageResource.Style}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header class=\"top\">\n");
        page.Element("h1", content.Title);
        if (content.Summary.Length > 0)
        {
            page.Raw($"<p class=\"summary\">{HtmlText.Escape(content.Summary)}</p>\n");
        }

        page.Raw($"<p class=\"notice\">{HtmlText.Escape(Disclaimer)}</p>\n");
        Contents(page, content);
        page.Raw("</header>\n");
        HtmlControls.Write(page, arms, content.Viewer is not null);
        page.Raw("<main id=\"main\" tabindex=\"-1\">\n");
        Warnings(page, content.Warnings);
        Tables(page, content.LeadTables, 1);
    }

    private static void Body(HtmlText page, ReportContent content, IReadOnlyList<ReportArm> arms)
    {
        if (content.Explorer is { } explorer)
        {
            HtmlExplorer.Write(page, explorer, arms);
        }

        // Figures do not see each other: each thread draws its own, and they stand in their order.
        foreach (string drawn in content.Figures.AsParallel().AsOrdered().Select((figure, index) => Part(part => Figure(part, figure, index + 1))))
        {
            page.Raw(drawn);
        }

        Tables(page, content.Tables, 1 + content.LeadTables.Count);
        Baseline(page, content.Baseline);
        Run(page, content.Run);
        Files(page, content.Files);
    }

    private static void Contents(HtmlText page, ReportContent content)
    {
        (string Id, string Heading)[] sections =
        [
            .. content.Warnings.Count > 0 ? [("warnings", "Warnings")] : Array.Empty<(string, string)>(),
            .. content.LeadTables.Select((table, i) => ($"table{i + 1}", table.Heading)),
            .. content.Viewer is null ? Array.Empty<(string, string)>() : [("viewer", HtmlViewer.Heading)],
            .. content.Explorer is null ? Array.Empty<(string, string)>() : [("explorer", content.Explorer.Title)],
            .. content.Figures.Select((figure, i) => ($"fig{i + 1}", figure.Heading)),
            .. content.Tables.Select((table, i) => ($"table{content.LeadTables.Count + i + 1}", table.Heading)),
            .. content.Baseline.Count > 0 ? [("baseline", "Baseline")] : Array.Empty<(string, string)>(),
            ("run", "What was run"),
            .. content.Files.Count > 0 ? [("files", "Files")] : Array.Empty<(string, string)>(),
        ];
        page.Raw("<details class=\"contents\">\n<summary>Contents</summary>\n<nav aria-label=\"Contents\"><ol>\n");
        page.Raw(string.Concat(sections.Select(s => $"<li><a href=\"#{s.Id}\">{HtmlText.Escape(s.Heading)}</a></li>\n")));
        page.Raw("</ol></nav>\n</details>\n");
    }

    private static void Tables(HtmlText page, IReadOnlyList<ReportTable> tables, int first)
    {
        foreach ((int index, ReportTable table) in tables.Index())
        {
            page.Section($"table{first + index}", table.Heading, () => HtmlTable.Write(page, table));
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
            page.Raw($"<figure class=\"plot\" data-name=\"{HtmlText.Escape(figure.Heading)}\">\n<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{HtmlText.Escape(figure.Heading)}\">\n");
            page.Raw(SvgFile.Write(PageLayout.Wide(figure.Figure), id));
            page.Raw("</div>\n");
            Hidden(page, figure.Figure, id);
            if (figure.Caption.Length > 0)
            {
                page.Element("figcaption", $"Figure {number.ToString(CultureInfo.InvariantCulture)}. {figure.Caption}");
            }

            page.Raw("</figure>\n");
        });
    }

    // What the script shows of a figure: its values, and its layout for narrow screens, packed.
    private static void Hidden(HtmlText page, Figure figure, string id)
    {
        if (ChartValues.Json(figure) is { Length: > 0 } values)
        {
            page.Raw($"<script type=\"application/json\" class=\"values\">{values}</script>\n");
        }

        if (PageLayout.Narrow(figure) is { } narrow)
        {
            byte[] packed = PlaneCodec.Deflate(Encoding.UTF8.GetBytes(SvgFile.Write(narrow, id + "-narrow")));
            page.Raw($"<script type=\"application/x-tmesim-svg\" class=\"narrow\">{Convert.ToBase64String(packed)}</script>\n");
        }
    }

    private static void Baseline(HtmlText page, IReadOnlyList<BaselineRow> baseline)
    {
        if (baseline.Count > 0)
        {
            ReportCell[][] rows =
            [
                .. baseline.Select(row => new ReportCell[]
                {
                    ReportTable.Head(row.Measure, row.Unit),
                    new(HtmlText.Number(row.Asked), row.Asked),
                    new(HtmlText.Number(row.Reached), row.Reached),
                    row.Within ? "yes" : "no",
                }),
            ];
            page.Section("baseline", "Baseline at t = 0: asked and reached", () => HtmlTable.Write(page, new ReportTable("Baseline", ["Set-point", "Asked", "Reached", "Within tolerance"], rows)));
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
        page.Raw($"<div class=\"command\"><pre tabindex=\"0\" role=\"group\" aria-label=\"Command\"><code id=\"command\">{HtmlText.Escape(run.Command)}</code></pre></div>\n");
    });

    private static void Files(HtmlText page, IReadOnlyList<ReportFile> files)
    {
        if (files.Count > 0)
        {
            page.Section("files", "Files", () =>
            {
                page.Raw("<ul class=\"files\">\n");
                foreach (ReportFile file in files)
                {
                    string link = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
                    page.Raw($"<li><a href=\"./{HtmlText.Escape(link)}\">{HtmlText.Escape(file.Path)}</a> {HtmlText.Escape(file.Description)}</li>\n");
                }

                page.Raw("</ul>\n");
            });
        }
    }
}
