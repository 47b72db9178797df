using System.Text;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;

namespace TmeSim.Experiments.Drawing;

/// <summary>The folder of figures: numbered files that say kind and, if there is one, subject; beside each its values as CSV.</summary>
internal static class FigureFiles
{
    private const string Folder = "figures";

    /// <summary>Writes figures/*; those of an earlier drawing are replaced, other files stay.</summary>
    /// <param name="directory">Folder of the report; made if needed.</param>
    /// <param name="figures">Figures in order.</param>
    /// <param name="kinds">All kinds that an earlier drawing may have left.</param>
    /// <param name="plots">Formats of figures that do not name their own.</param>
    /// <returns>The files, relative to the folder of the report.</returns>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static IReadOnlyList<ReportFile> Write(string directory, IReadOnlyList<(string Kind, DrawnFigure Drawn)> figures, IReadOnlyList<string> kinds, IReadOnlyList<FigureFormat> plots)
    {
        string folder = Path.Combine(directory, Folder);
        HashSet<string> written = [];
        var files = new List<ReportFile>();
        foreach ((int index, (string kind, (string subject, ReportFigure figure)), (FigureFormat, byte[])[] pictures) in Draw(figures, plots))
        {
            string name = $"{index + 1:00}-{kind}{(subject.Length > 0 ? "-" + RunFolder.Slug(subject) : "")}", values = $"{name}.csv";
            foreach ((FigureFormat format, byte[] bytes) in pictures)
            {
                string picture = $"{name}.{format.Extension}";
                AtomicFile.Write(Path.Combine(folder, picture), stream => stream.Write(bytes));
                written.Add(picture);
                files.Add(new ReportFile($"{Folder}/{picture}", figure.Heading));
            }

            AtomicFile.WriteText(Path.Combine(folder, values), Values(figure.Figure));
            written.Add(values);
            files.Add(new ReportFile($"{Folder}/{values}", $"{figure.Heading}: values"));
        }

        Discard(folder, written, kinds);
        return files;
    }

    // Each thread draws figures of its own; they come in their order.
    private static (int Index, (string Kind, DrawnFigure Drawn) Figure, (FigureFormat Format, byte[] Bytes)[] Pictures)[] Draw(
        IReadOnlyList<(string Kind, DrawnFigure Drawn)> figures, IReadOnlyList<FigureFormat> plots) =>
    [
        .. figures.AsParallel().AsOrdered().Select((figure, index) =>
        {
            Figure drawn = figure.Drawn.Figure.Figure;
            IEnumerable<FigureFormat> formats = drawn.Formats?.Select(FigureFormat.Find).OfType<FigureFormat>() ?? plots;
            return (index, figure, formats.Select(format => (format, format.Bytes(drawn))).ToArray());
        }),
    ];

    private static string Values(Figure figure)
    {
        var values = FigureValues.Of(figure);
        var text = new StringBuilder().AppendJoin(',', values.Columns.Select(Csv.Text)).Append('\n');
        foreach (IReadOnlyList<FigureValue> row in values.Rows)
        {
            text.AppendJoin(',', row.Select(v => v.Text is { } words ? Csv.Text(words) : Csv.Number(v.Number))).Append('\n');
        }

        return text.ToString();
    }

    // Figures that an earlier drawing left, told by number and kind; pictures of the user stay.
    private static void Discard(string folder, HashSet<string> written, IReadOnlyList<string> kinds)
    {
        foreach (string old in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            string name = Path.GetFileName(old);
            if (IsFigure(name, kinds) && !written.Contains(name))
            {
                File.Delete(old);
            }
        }
    }

    private static bool IsFigure(string name, IReadOnlyList<string> kinds)
    {
        int dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash >= 2 && name[..dash].All(char.IsAsciiDigit) && Path.GetExtension(name) is ".svg" or ".png" or ".pdf" or ".csv"
            && kinds.Any(kind => Path.GetFileNameWithoutExtension(name)[(dash + 1)..] is var rest && (rest == kind || rest.StartsWith(kind + "-", StringComparison.Ordinal)));
    }
}
