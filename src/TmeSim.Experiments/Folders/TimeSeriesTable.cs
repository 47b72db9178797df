using System.Globalization;

namespace TmeSim.Experiments;

/// <summary>timeseries.csv in memory.</summary>
public sealed class TimeSeriesTable
{
    private readonly string[] _names;

    private TimeSeriesTable(string[] names, IReadOnlyList<TimeSeriesRow> rows)
    {
        _names = names;
        Rows = rows;
    }

    /// <summary>Rows in file order.</summary>
    public IReadOnlyList<TimeSeriesRow> Rows { get; }

    /// <summary>Reads a file written by a run.</summary>
    /// <exception cref="RunFolderException">The file is no time series.</exception>
    public static TimeSeriesTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines.Length == 0 ? [] : lines[0].Split(',');
        if (header is not ["arm", "replicate", "lesion", "time_d", ..])
        {
            throw new RunFolderException($"{path} is no time series: its first columns are not arm, replicate, lesion, time_d");
        }

        var rows = new TimeSeriesRow[lines.Length - 1];
        for (int i = 0; i < rows.Length; i++)
        {
            string[] f = Csv.Split(lines[i + 1]);
            if (f.Length != header.Length || !int.TryParse(f[1], CultureInfo.InvariantCulture, out int replicate))
            {
                throw new RunFolderException($"{path}:{i + 2}: {f.Length} fields where the header has {header.Length}, or no replicate number");
            }

            rows[i] = new TimeSeriesRow(f[0], replicate, f[2], Number(f[3]), [.. f.Skip(MeasureColumns.Keys).Select(Number)]);
        }

        return new TimeSeriesTable(header[MeasureColumns.Keys..], rows);
    }

    /// <summary>Index of a measure in <see cref="TimeSeriesRow.Values"/>; −1 when there is no such column.</summary>
    public int Column(string measure) => Array.IndexOf(_names, measure);

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

/// <summary>A row of timeseries.csv.</summary>
public sealed record TimeSeriesRow(string Arm, int Replicate, string Lesion, double TimeDays, double[] Values);
