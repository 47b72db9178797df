using Parquet;
using Parquet.Schema;
using TmeSim.Scenarios.Files;

namespace TmeSim.Scenarios.Tables;

/// <summary>A table of Parquet with flat columns.</summary>
internal sealed class ParquetTable : TableFile
{
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;

    public ParquetTable(string path)
    {
        _stream = RegularFile.OpenRead(path);
        try
        {
            ParquetShape.Check(_stream);
            _reader = Wait(ParquetReader.CreateAsync(_stream));
            Names = [.. _reader.Schema.DataFields.Select(f => f.Name)];
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Names { get; }

    public override TableColumns Load(IReadOnlyCollection<string> numbers, IReadOnlyCollection<string> texts) => Guard("Parquet", () =>
    {
        long rows = 0;
        for (int g = 0; g < _reader.RowGroupCount; g++)
        {
            rows = Count(rows + Group(g).RowCount);
        }

        return new TableColumns((int)rows, numbers.Distinct().ToDictionary(n => n, n => All((int)rows, n, Numbers)),
            texts.Distinct().ToDictionary(n => n, n => All((int)rows, n, Texts)), row => FormattableString.Invariant($"row {row + 1}"));
    });

    protected override void Dispose(bool disposing)
    {
        Wait(_reader.DisposeAsync().AsTask());
        _stream.Dispose();
        base.Dispose(disposing);
    }

    private ParquetRowGroupReader Group(int g)
    {
        ParquetRowGroupReader group = _reader.OpenRowGroupReader(g);

        // Every value takes a bit at least, and a run of equal ones some bytes: more rows than that are a lie.
        return group.RowCount >= 0 && group.RowCount <= Math.Max(1 << 20, 4096 * _stream.Length) ? group
            : throw new TableFileException($"it says that it has {group.RowCount} rows, which it cannot hold");
    }

    private T[] All<T>(int rows, string name, Func<ParquetRowGroupReader, DataField, T[]> read)
    {
        DataField field = _reader.Schema.DataFields.FirstOrDefault(f => f.Name == name) ?? throw new TableFileException($"it has no column '{name}'");
        var all = new T[rows];
        int at = 0;
        for (int g = 0; g < _reader.RowGroupCount; g++)
        {
            T[] part = read(Group(g), field);
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }

    private static double[] Numbers(ParquetRowGroupReader group, DataField field) => field.ClrType switch
    {
        { } t when t == typeof(double) => Real<double>(group, field, v => v),
        { } t when t == typeof(float) => Real<float>(group, field, v => v),
        { } t when t == typeof(int) => Real<int>(group, field, v => v),
        { } t when t == typeof(long) => Real<long>(group, field, v => v),
        { } t when t == typeof(short) => Real<short>(group, field, v => v),
        { } t when t == typeof(sbyte) => Real<sbyte>(group, field, v => v),
        { } t when t == typeof(byte) => Real<byte>(group, field, v => v),
        { } t when t == typeof(uint) => Real<uint>(group, field, v => v),
        { } t when t == typeof(ulong) => Real<ulong>(group, field, v => v),
        { } t => throw new TableFileException($"column '{field.Name}' holds {t.Name} and no numbers"),
    };

    private static double[] Real<T>(ParquetRowGroupReader group, DataField field, Func<T, double> convert)
        where T : struct
    {
        int rows = Count(group.RowCount);
        if (field.IsNullable)
        {
            var values = new T?[rows];
            Wait(group.ReadAsync<T>(field, values.AsMemory()).AsTask());
            return Array.ConvertAll(values, v => v is { } value ? convert(value) : double.NaN);
        }

        var whole = new T[rows];
        Wait(group.ReadAsync<T>(field, whole.AsMemory()).AsTask());
        return Array.ConvertAll(whole, v => convert(v));
    }

    private static string[] Texts(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType != typeof(string) && field.ClrType != typeof(ReadOnlyMemory<char>))
        {
            return Array.ConvertAll(Numbers(group, field), v => double.IsNaN(v) ? "" : v.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        var values = new string?[Count(group.RowCount)];
        Wait(group.ReadAsync(field, values.AsMemory()).AsTask());
        return Array.ConvertAll(values, v => v ?? "");
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
