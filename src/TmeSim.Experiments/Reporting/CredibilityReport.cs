using System.Globalization;
using TmeSim.Engine;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Reporting;

/// <summary>An assessment of credibility as a page.</summary>
internal static class CredibilityReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="path">File.</param>
    /// <param name="title">Title.</param>
    /// <param name="sections">What it says.</param>
    /// <param name="manifest">Of the run; null for none.</param>
    /// <param name="command">Command that repeats it.</param>
    /// <exception cref="RunFolderException">It cannot be written.</exception>
    public static void Write(string path, string title, IReadOnlyList<CredibilitySection> sections, Manifest? manifest, string command)
    {
        AtomicFile.WriteText(path, HtmlReport.Write(new ReportContent
        {
            Title = title,
            Summary = Answer(sections) + " Headings follow ICH M15 and ASME V&V 40.",
            Run = new RunFacts(manifest?.Scenario ?? "the model", manifest?.Seed ?? 0, manifest?.Replicates ?? 1, ToolInfo.Version,
                Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture), manifest?.IdentityHash ?? "", command),
            LeadTables = [.. sections.SelectMany(Tables)],
            Files = [new("credibility.md", "the same as Markdown"), .. manifest is null ? (ReportFile[])[]
                : [new(ResultFiles.Manifest, "what was run, with what"), new(ResultFiles.Scenario, "the scenario with every default")]],
        }));
    }

    /// <summary>How much is held, stated and missing, a sentence.</summary>
    public static string Answer(IReadOnlyList<CredibilitySection> sections)
    {
        CredibilityItem[] all = [.. sections.SelectMany(s => s.Items)];
        return $"Of {all.Length} statements "
            + $"{string.Join(", ", Enum.GetValues<CredibilityStatus>().Select(s => $"{all.Count(i => i.Status == s)} are {CredibilitySection.Word(s)}"))}.";
    }

    private static IEnumerable<ReportTable> Tables(CredibilitySection section)
    {
        yield return new ReportTable(section.Heading, ["Topic", "Status", "Statement"],
            [.. section.Items.Select(i => (ReportCell[])[i.Topic, CredibilitySection.Word(i.Status), i.Text])]);
        if (section.Table.Rows.Count > 0)
        {
            yield return new ReportTable(section.Heading + ", numbers", section.Table.Columns,
                [.. section.Table.Rows.Select(r => (IReadOnlyList<ReportCell>)[.. r.Select(c => (ReportCell)c)])]);
        }
    }
}
