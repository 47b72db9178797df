using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>
/// A table of CSV as Parquet. A column whose values are all whole numbers is of int64, one of numbers of float64, any other of text; an empty
/// number is missing. The file is read twice, and never as a whole.
/// </summary>
internal static class TableParquet
{
    private enum Kind
    {
        Whole,
        Real,
        Text,
    }

    /// <summary>Writes the table.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="path">The CSV file.</param>
    /// <param name="cancellation">Stops between groups of rows.</param>
    /// <exception cref="RunFolderException">It cannot be read, or a line has another number of fields than the header.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Write(Stream stream, string path, CancellationToken cancellation)
    {
        (string[] names, Kind[] kinds) = Look(path, cancellation);
        using var file = ParquetFile.Begin(stream,
            names.Zip(kinds).Select(c => (c.First, c.Second == Kind.Whole ? typeof(long) : c.Second == Kind.Real ? typeof(double) : typeof(string))));
        foreach (string[][] rows in Rows(path, names.Length).Chunk(ParquetFile.Rows))
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(kinds.Select((kind, i) => Column(rows, i, kind)));
        }
    }

    private static (string[] Names, Kind[] Kinds) Look(string path, CancellationToken cancellation)
    {
        string[] names = Csv.Split(Lines(path).FirstOrDefault() ?? throw new RunFolderException($"{path} is empty"));
        var kinds = new Kind[names.Length];
        bool[] seen = new bool[names.Length];
        foreach (string[] row in Rows(path, names.Length))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < row.Length; i++)
            {
                if (kinds[i] != Kind.Text && row[i].Length > 0)
                {
                    seen[i] = true;
                    kinds[i] = kinds[i] == Kind.Whole && long.TryParse(row[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? Kind.Whole
                        : double.TryParse(row[i], CultureInfo.InvariantCulture, out _) ? Kind.Real : Kind.Text;
                }
            }
        }

        // Nothing says what an empty column holds; measures that are not defined are numbers.
        return (names, [.. kinds.Zip(seen).Select(k => k.Second ? k.First : Kind.Real)]);
    }

    private static IEnumerable<string[]> Rows(string path, int columns)
    {
        foreach ((int i, string line) in Lines(path).Index().Skip(1))
        {
            string[] row = Csv.Split(line);
            yield return row.Length == columns ? row
                : throw new RunFolderException($"{path}:{i + 1}: {row.Length} fields where the header has {columns}");
        }
    }

    private static Array Column(string[][] rows, int i, Kind kind) => kind switch
    {
        Kind.Whole => Array.ConvertAll(rows, r => r[i].Length == 0 ? (long?)null : long.Parse(r[i], CultureInfo.InvariantCulture)),
        Kind.Real => Array.ConvertAll(rows, r => r[i].Length == 0 ? (double?)null : double.Parse(r[i], CultureInfo.InvariantCulture)),
        _ => Array.ConvertAll(rows, r => r[i]),
    };

    private static IEnumerable<string> Lines(string path)
    {
        IEnumerator<string> lines = RegularFile.ReadLines(path).GetEnumerator();
        using (lines)
        {
            while (true)
            {
                string line;
                try
                {
                    if (!lines.MoveNext())
                    {
                        yield break;
                    }

                    line = lines.Current;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new RunFolderException($"cannot read {path}: {e.Message}", e);
                }

                yield return line;
            }
        }
    }
}
