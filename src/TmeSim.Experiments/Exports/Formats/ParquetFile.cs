using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>A Parquet file that is written a row group at a time, compressed by Zstandard. Numbers may be missing.</summary>
internal sealed class ParquetFile : IDisposable
{
    /// <summary>Rows of a group.</summary>
    public const int Rows = 1 << 17;

    private readonly DataField[] _fields;
    private readonly ParquetWriter _writer;

    private ParquetFile(DataField[] fields, ParquetWriter writer) => (_fields, _writer) = (fields, writer);

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="columns">Names and types of the columns: string, int, long, float or double.</param>
    public static ParquetFile Begin(Stream stream, IEnumerable<(string Name, Type Type)> columns)
    {
        DataField[] fields = [.. columns.Select(c => new DataField(c.Name, c.Type, isNullable: true))];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal };
        return new ParquetFile(fields, ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options).GetAwaiter().GetResult());
    }

    /// <summary>Writes rows.</summary>
    /// <param name="columns">By column an array of string?, int?, long?, float? or double?, all of one length.</param>
    public void Write(IEnumerable<Array> columns)
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        foreach ((DataField field, Array values) in _fields.Zip(columns))
        {
            (values switch
            {
                string?[] v => group.WriteAsync(field, v!),
                int?[] v => group.WriteAsync<int>(field, v),
                long?[] v => group.WriteAsync<long>(field, v),
                float?[] v => group.WriteAsync<float>(field, v),
                _ => group.WriteAsync<double>(field, (double?[])values),
            }).GetAwaiter().GetResult();
        }
    }

    public void Dispose() => _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
