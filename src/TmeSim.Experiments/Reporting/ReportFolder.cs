using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;

namespace TmeSim.Experiments.Reporting;

/// <summary>Figures and report of a folder, whatever it holds.</summary>
internal static class ReportFolder
{
    /// <summary>Name of the report.</summary>
    public const string ReportFile = ResultFiles.Report;

    /// <summary>
    /// Writes figures/* and report.html; figures of an earlier drawing are replaced. What is not drawn stands on the page, with its other
    /// warnings, and in the log.
    /// </summary>
    /// <param name="directory">Folder; made if needed.</param>
    /// <param name="page">Report without figures and their files.</param>
    /// <param name="figures">Figures.</param>
    /// <param name="plots">What draws the files; the report holds SVG in any case.</param>
    /// <param name="log">Log of the folder; null for none.</param>
    /// <returns>What was asked for, or belongs there, and is not drawn.</returns>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static IReadOnlyList<string> Write(string directory, ReportContent page, FigureList figures, IReadOnlyList<FigureFormat> plots, RunLog? log)
    {
        (IReadOnlyList<(string Kind, DrawnFigure Drawn)> drawn, IReadOnlyList<string> remarks) = figures.Draw();
        IReadOnlyList<ReportFile> files = FigureFiles.Write(directory, drawn, figures.Kinds, plots);
        AtomicFile.WriteText(Path.Combine(directory, ReportFile), HtmlReport.Write(page with
        {
            Figures = [.. drawn.Select(f => f.Drawn.Figure)],
            Warnings = [.. page.Warnings, .. remarks],
            Files = [.. page.Files, .. files],
        }));
        foreach (string remark in remarks)
        {
            log?.Add(remark);
        }

        return remarks;
    }
}
