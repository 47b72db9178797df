using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>Figures and report of a folder, drawn from the written files of runs alone.</summary>
internal static class ReportFolder
{
    /// <summary>Name of the report.</summary>
    public const string ReportFile = ResultFiles.Report;

    /// <summary>Writes figures/* and report.html; figures of an earlier drawing are replaced.</summary>
    /// <param name="directory">Folder; made if needed.</param>
    /// <param name="results">What to draw.</param>
    /// <param name="plots">What draws the files; the report holds SVG in any case.</param>
    /// <param name="content">Report without figures and their files, for the remarks that drawing gave.</param>
    /// <returns>What was asked for and is not drawn.</returns>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static IReadOnlyList<string> Write(string directory, ResultSet results, IFigureBackend plots, Func<IReadOnlyList<string>, ReportContent> content)
    {
        (IReadOnlyList<DrawnFigure> figures, IReadOnlyList<string> remarks) = new FigureSet(results).Draw();
        IReadOnlyList<ReportFile> files = FigureFiles.Write(directory, [.. figures.Select(f => (FigureTable.Of(f.Kind).Name, f.Subject, f.Figure))], [.. FigureTable.Names], plots);
        ReportContent page = content(remarks);
        AtomicFile.WriteText(Path.Combine(directory, ReportFile), HtmlReport.Write(page with
        {
            Arms = [.. results.Arms.Select(a => new ReportArm(a.Label, results.Looks.Line(a.Label)))],
            Viewer = ResultViewer.Of(results),
            Figures = [.. figures.Select(f => f.Figure)],
            Files = [.. page.Files, .. files],
        }));
        return remarks;
    }
}
