namespace TmeSim.Scenarios.Tables;

/// <summary>A table that cannot be read; the message says where and why, without the name of the file.</summary>
#pragma warning disable CA1032 // Without a text for the user it would say nothing.
public sealed class TableFileException(string message) : Exception(message);
#pragma warning restore CA1032

/// <summary>Columns of a table, all of one length.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Numbers">Columns of numbers by name, NaN where a cell is empty.</param>
/// <param name="Texts">Columns of words by name, empty where a cell is.</param>
/// <param name="Place">Where a row stands, for messages: line 7, row 3.</param>
public sealed record TableColumns(
    int Rows, IReadOnlyDictionary<string, double[]> Numbers, IReadOnlyDictionary<string, string[]> Texts, Func<int, string> Place);

/// <summary>A table of points in one of three formats: CSV, Parquet, AnnData in HDF5. Only columns that are asked for are held.</summary>
public abstract class TableFile : IDisposable
{
    /// <summary>Rows of a table at most.</summary>
    public const int MostRows = 50_000_000;

    /// <summary>Names of the columns.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Opens a table by the end of its name: .parquet, .h5ad, else CSV.</summary>
    /// <exception cref="TableFileException">It is damaged, or of another format.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static TableFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PARQUET" => Guard("Parquet", () => (TableFile)new ParquetTable(path)),
            ".H5AD" or ".H5" => Guard("HDF5", () => (TableFile)new H5adTable(path)),
            _ => new CsvFile(path),
        };
    }

    /// <summary>Reads columns.</summary>
    /// <param name="numbers">Names of columns of numbers.</param>
    /// <param name="texts">Names of columns of words.</param>
    /// <exception cref="TableFileException">A cell is no number, a column is of another type, or the file is damaged.</exception>
    public abstract TableColumns Load(IReadOnlyCollection<string> numbers, IReadOnlyCollection<string> texts);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    // Libraries answer damage with whatever they stumble over.
#pragma warning disable CA1031
    private protected static T Guard<T>(string format, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is TableFileException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw;
        }
        catch (Exception e)
        {
            throw new TableFileException($"it cannot be read as {format}: {e.Message.Split('\n')[0].TrimEnd('.', ' ', '\r')}");
        }
    }
#pragma warning restore CA1031

    private protected static int Count(long rows) => rows is >= 0 and <= MostRows ? (int)rows
        : throw new TableFileException($"it has {rows} rows; at most {MostRows} can be read");
}
