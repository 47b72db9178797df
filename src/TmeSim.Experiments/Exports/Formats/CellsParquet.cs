using TmeSim.Experiments.Cells;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>Cells as a Parquet table: a row a cell, the columns of obs and then the variables, missing where a cell has no such thing.</summary>
internal static class CellsParquet
{
    /// <summary>Writes the table.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="words">What cells are described with.</param>
    /// <param name="batches">The cells, <see cref="ParquetFile.Rows"/> at a time.</param>
    public static void Write(Stream stream, CellVocabulary words, IEnumerable<CellBatch> batches)
    {
        IReadOnlyList<CellColumn> columns = CellColumns.Of(words);
        using var file = ParquetFile.Begin(stream,
        [
            ("cell_id", typeof(string)), .. columns.Select(c => (c.Name, c is CategoryColumn ? typeof(string) : c is WholeColumn ? typeof(int) : typeof(double))),
            .. words.Variables.Select(v => (v.Name, typeof(float))),
        ]);
        foreach (CellBatch batch in batches)
        {
            file.Write([batch.Id[..batch.Count], .. columns.Select(c => Values(c, batch)), .. words.Variables.Select((_, i) => Column(batch, i))]);
        }
    }

    private static Array Values(CellColumn column, CellBatch batch) => column switch
    {
        CategoryColumn c => Array.ConvertAll(c.Codes(batch), code => code < 0 ? null : c.Categories[code]),
        WholeColumn w => Array.ConvertAll(w.Values(batch), v => v < 0 ? (int?)null : v),
        RealColumn r => Array.ConvertAll(r.Values(batch), v => (double?)v),
        _ => throw new ArgumentException(column.Name, nameof(column)),
    };

    private static float?[] Column(CellBatch batch, int variable) => Array.ConvertAll(batch.Column(variable), v => float.IsNaN(v) ? (float?)null : v);
}
