using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;
using TmeSim.Experiments.Cells;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>AnnData in one HDF5 file (.h5ad). Datasets are declared first and written batch by batch, so memory does not grow with the number of cells.</summary>
internal sealed class H5adFile
{
    /// <summary>Cells of a chunk, and of a batch.</summary>
    public const int Rows = 65536;

    // As h5py writes a truth value.
    private enum Truth : byte
    {
        FALSE = 0,
        TRUE = 1,
    }

    private readonly ulong _count;
    private readonly List<Action<H5NativeWriter, CellBatch>> _streams = [];

    private H5adFile(long count) => _count = (ulong)count;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where to; it can seek.</param>
    /// <param name="layout">What it holds.</param>
    /// <param name="count">Number of cells, at least 1.</param>
    /// <param name="batches">The cells, <see cref="Rows"/> at a time.</param>
    public static void Write(Stream stream, AnnDataGroup layout, long count, IEnumerable<CellBatch> batches)
    {
        var writing = new H5adFile(count);
        var file = new H5File();
        writing.Fill(file, layout);
        using H5NativeWriter writer = file.BeginWrite(stream);
        foreach (CellBatch batch in batches)
        {
            foreach (Action<H5NativeWriter, CellBatch> write in writing._streams)
            {
                write(writer, batch);
            }
        }
    }

    private void Fill(H5Group group, AnnDataGroup layout)
    {
        Attributes(group, layout);
        foreach ((string name, AnnDataNode node) in layout.Children)
        {
            group[name] = node switch
            {
                AnnDataGroup g => Group(g),
                AnnDataText t => Attributes(new H5Dataset(t.Value), t),
                AnnDataTexts t => Attributes(new H5Dataset(t.Values), t),
                AnnDataNumber n => Attributes(new H5Dataset(n.Value), n),
                AnnDataCells c when c.Element == typeof(sbyte) => Stream<sbyte>(c),
                AnnDataCells c when c.Element == typeof(short) => Stream<short>(c),
                AnnDataCells c when c.Element == typeof(int) => Stream<int>(c),
                AnnDataCells c when c.Element == typeof(float) => Stream<float>(c),
                AnnDataCells c when c.Element == typeof(double) => Stream<double>(c),
                AnnDataCells c => Stream<string>(c),
                _ => throw new ArgumentException(name, nameof(layout)),
            };
        }
    }

    private H5Group Group(AnnDataGroup layout)
    {
        var group = new H5Group();
        Fill(group, layout);
        return group;
    }

    private H5Dataset<T[]> Stream<T>(AnnDataCells cells)
    {
        uint rows = (uint)Math.Min(_count, Rows), width = (uint)cells.Width;
        var cache = new OneChunkCache();
        H5DatasetCreation creation = new(ChunkCache: cache, Filters: [new H5Filter(DeflateFilter.Id, new() { [DeflateFilter.COMPRESSION_LEVEL] = 1 })]);
        H5Dataset<T[]> data = width == 0 ? new([_count], [rows], creation) : new([_count, width], [rows, width], creation);
        _streams.Add((writer, batch) =>
        {
            ulong first = (ulong)batch.First, count = (ulong)batch.Count;
            writer.Write(data, (T[])cells.Read(batch), fileSelection: width == 0 ? new HyperslabSelection(first, count)
                : new HyperslabSelection(2, [first, 0], [count, width]));
            cache.Complete();
        });
        return Attributes(data, cells);
    }

    private static T Attributes<T>(T target, AnnDataNode node)
        where T : H5Object
    {
        target.Attributes["encoding-type"] = node.Encoding;
        target.Attributes["encoding-version"] = node.Version;
        foreach ((string name, object value) in node.Attributes)
        {
            target.Attributes[name] = value is bool truth ? truth ? Truth.TRUE : Truth.FALSE : value;
        }

        return target;
    }
}
