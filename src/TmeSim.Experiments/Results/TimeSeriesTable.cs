using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Results;

/// <summary>Rows of timeseries.csv in memory, of one run or of several.</summary>
public sealed class TimeSeriesTable
{
    private readonly Dictionary<string, int> _columns;

    private TimeSeriesTable(IReadOnlyList<string> measures, IReadOnlyList<TimeSeriesRow> rows)
    {
        Measures = measures;
        Rows = rows;
        _columns = measures.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i, StringComparer.Ordinal);
    }

    /// <summary>Names of the measures, in the order of <see cref="TimeSeriesRow.Values"/>.</summary>
    public IReadOnlyList<string> Measures { get; }

    /// <summary>Rows in file order.</summary>
    public IReadOnlyList<TimeSeriesRow> Rows { get; }

    /// <summary>Reads a file written by a run.</summary>
    /// <exception cref="RunFolderException">The file cannot be read or is no time series.</exception>
    public static TimeSeriesTable Read(string path) => Parse(path, Csv.Lines(path));

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="path">Where they are from, for messages.</param>
    /// <param name="lines">Header and rows.</param>
    /// <exception cref="RunFolderException">They are no time series.</exception>
    internal static TimeSeriesTable Parse(string path, IReadOnlyList<string> lines)
    {
        string[] header = lines.Count == 0 ? [] : lines[0].Split(',');
        if (header is not ["arm", "replicate", "lesion", "time_d", ..] || header.Distinct().Count() < header.Length)
        {
            throw new RunFolderException(
                $"{path} is no time series: its first columns are not arm, replicate, lesion, time_d, or a column stands twice");
        }

        var rows = new TimeSeriesRow[lines.Count - 1];
        for (int i = 0; i < rows.Length; i++)
        {
            string[] f = Csv.Split(lines[i + 1]);
            if (f.Length != header.Length || !int.TryParse(f[1], CultureInfo.InvariantCulture, out int replicate)
                || !double.IsFinite(Number(f[3])))
            {
                throw new RunFolderException(
                    $"{path}:{i + 2}: {f.Length} fields where the header has {header.Length}, or no number of a replicate or time");
            }

            rows[i] = new TimeSeriesRow(f[0], replicate, f[2], Number(f[3]), [.. f.Skip(MeasureColumns.Keys).Select(Number)]);
        }

        return new TimeSeriesTable(header[MeasureColumns.Keys..], rows);
    }

    /// <summary>Tables one below the other; a measure that one lacks is NaN there.</summary>
    /// <param name="tables">A table, and the name by which each of its arms goes; an arm without a name is left out.</param>
    public static TimeSeriesTable Merge(IReadOnlyList<(TimeSeriesTable Table, IReadOnlyDictionary<string, string> Names)> tables)
    {
        string[] measures = [.. tables.SelectMany(t => t.Table.Measures).Distinct()];
        var rows = new List<TimeSeriesRow>();
        foreach ((TimeSeriesTable table, IReadOnlyDictionary<string, string> names) in tables)
        {
            int[] columns = [.. measures.Select(table.Column)];
            rows.AddRange(table.Rows.Where(r => names.ContainsKey(r.Arm)).Select(r =>
                r with { Arm = names[r.Arm], Values = [.. columns.Select(c => c < 0 ? double.NaN : r.Values[c])] }));
        }

        return new TimeSeriesTable(measures, rows);
    }

    /// <summary>Index of a measure in <see cref="TimeSeriesRow.Values"/>; −1 when there is no such column.</summary>
    public int Column(string measure) => _columns.GetValueOrDefault(measure, -1);

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

/// <summary>A row of timeseries.csv.</summary>
public sealed record TimeSeriesRow(string Arm, int Replicate, string Lesion, double TimeDays, double[] Values);
