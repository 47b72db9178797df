using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Cells;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>AnnData in a folder of Zarr 2, as <see cref="H5adFile"/> holds it in a file.</summary>
internal sealed class AnnDataZarr
{
    private readonly long _count;
    private readonly int _rows;
    private readonly List<Action<CellBatch>> _streams = [];

    private AnnDataZarr(long count) => (_count, _rows) = (count, RowsOf(count));

    /// <summary>Cells of a chunk, and of a batch: more where there are many, so that there are not too many files.</summary>
    public static int RowsOf(long count) => (int)Math.Min(count, Math.Clamp(count / 64, H5adFile.Rows, 1 << 20));

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="layout">What it holds.</param>
    /// <param name="count">Number of cells, at least 1.</param>
    /// <param name="batches">The cells, <see cref="RowsOf"/> at a time.</param>
    public static void Write(string folder, AnnDataGroup layout, long count, IEnumerable<CellBatch> batches)
    {
        var writing = new AnnDataZarr(count);
        writing.Group(folder, layout);
        foreach (CellBatch batch in batches)
        {
            foreach (Action<CellBatch> write in writing._streams)
            {
                write(batch);
            }
        }
    }

    private void Group(string folder, AnnDataGroup group)
    {
        ZarrArray.Group(folder, Attributes(group));
        foreach ((string name, AnnDataNode node) in group.Children)
        {
            string path = Path.Combine(folder, name);
            switch (node)
            {
                case AnnDataGroup g:
                    Group(path, g);
                    continue;
                case AnnDataText t:
                    new ZarrArray(path, [], [], "|O").Write(ZarrArray.Texts([t.Value], 1));
                    break;
                case AnnDataTexts t:
                    var texts = new ZarrArray(path, [t.Values.Length], [Math.Max(1, t.Values.Length)], "|O");
                    if (t.Values.Length > 0)
                    {
                        texts.Write(ZarrArray.Texts(t.Values, t.Values.Length), 0);
                    }

                    break;
                case AnnDataNumber n:
                    new ZarrArray(path, [], [], "<f8").Write(BitConverter.GetBytes(n.Value));
                    break;
                case AnnDataCells c:
                    Stream(path, c);
                    break;
            }

            ZarrArray.Attributes(path, Attributes(node));
        }
    }

    private void Stream(string path, AnnDataCells cells)
    {
        string type = cells.Element == typeof(sbyte) ? "|i1" : cells.Element == typeof(short) ? "<i2" : cells.Element == typeof(int) ? "<i4"
            : cells.Element == typeof(float) ? "<f4" : cells.Element == typeof(double) ? "<f8" : "|O";
        int width = Math.Max(1, cells.Width);
        var array = cells.Width == 0 ? new ZarrArray(path, [_count], [_rows], type) : new ZarrArray(path, [_count, width], [_rows, width], type);
        _streams.Add(batch =>
        {
            Array values = cells.Read(batch);
            byte[] bytes = values is string[] texts ? ZarrArray.Texts(texts, _rows) : Bytes(values, _rows * width);
            long chunk = batch.First / _rows;
            array.Write(bytes, cells.Width == 0 ? [chunk] : [chunk, 0]);
        });
    }

    private static byte[] Bytes(Array values, int length) => values switch
    {
        sbyte[] v => Padded<sbyte>(v, length),
        short[] v => Padded<short>(v, length),
        int[] v => Padded<int>(v, length),
        float[] v => Padded<float>(v, length),
        _ => Padded<double>((double[])values, length),
    };

    private static byte[] Padded<T>(T[] values, int length)
        where T : unmanaged
    {
        ReadOnlySpan<byte> own = MemoryMarshal.AsBytes<T>(values);
        byte[] bytes = new byte[length * Marshal.SizeOf<T>()];
        own.CopyTo(bytes);
        return bytes;
    }

    private static JsonObject Attributes(AnnDataNode node)
    {
        var attributes = new JsonObject { ["encoding-type"] = node.Encoding, ["encoding-version"] = node.Version };
        foreach ((string name, object value) in node.Attributes)
        {
            attributes[name] = value switch
            {
                bool truth => truth,
                string[] texts => new JsonArray([.. texts.Select(t => (JsonNode)t)]),
                _ => (string)value,
            };
        }

        return attributes;
    }
}
