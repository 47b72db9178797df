using TmeSim.Reports;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Figures and report of a folder, drawn from the written files of runs alone.</summary>
internal static class ReportFolder
{
    /// <summary>Name of the report.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Writes figures/* and report.html; figures of an earlier drawing are replaced.</summary>
    /// <param name="directory">Folder; made if needed.</param>
    /// <param name="results">What to draw.</param>
    /// <param name="plots">What draws the files; the report holds SVG in any case.</param>
    /// <param name="content">Report without figures and their files, for the remarks that drawing gave.</param>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static void Write(string directory, ResultSet results, IFigureBackend plots, Func<IReadOnlyList<string>, ReportContent> content)
    {
        (IReadOnlyList<DrawnFigure> figures, IReadOnlyList<string> remarks) = new FigureSet(results).Draw();
        string folder = Path.Combine(directory, "figures");
        HashSet<string> written = [];
        var files = new List<ReportFile>();
        foreach ((int index, DrawnFigure figure) in figures.Index())
        {
            string name = $"{index + 1:00}-{FigureTable.Of(figure.Kind).Name}-{RunFolder.Slug(figure.Subject)}.{plots.Extension}";
            AtomicFile.Write(Path.Combine(folder, name), stream => plots.Write(figure.Figure.Figure, stream));
            written.Add(name);
            files.Add(new ReportFile("figures/" + name, figure.Figure.Heading));
        }

        Discard(folder, written);
        ReportContent page = content(remarks);
        AtomicFile.WriteText(Path.Combine(directory, ReportFile), HtmlReport.Write(page with
        {
            Arms = [.. results.Arms.Select(a => new ReportArm(a.Label, results.Looks.Line(a.Label)))],
            Viewer = ResultViewer.Of(results),
            Figures = [.. figures.Select(f => f.Figure)],
            Files = [.. page.Files, .. files],
        }));
    }

    // Figures that an earlier drawing left, told by number and kind; pictures of the user stay.
    private static void Discard(string folder, HashSet<string> written)
    {
        foreach (string old in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            string name = Path.GetFileName(old);
            if (IsFigure(name) && !written.Contains(name))
            {
                File.Delete(old);
            }
        }
    }

    private static bool IsFigure(string name)
    {
        int dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash >= 2 && name[..dash].All(char.IsAsciiDigit) && Path.GetExtension(name) is ".svg" or ".png"
            && FigureTable.Names.Any(kind => name[(dash + 1)..].StartsWith(kind + "-", StringComparison.Ordinal));
    }
}
