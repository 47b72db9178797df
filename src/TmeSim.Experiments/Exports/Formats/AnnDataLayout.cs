using TmeSim.Experiments.Cells;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>A node of an AnnData file, in HDF5 and Zarr alike.</summary>
/// <param name="Encoding">Its encoding-type.</param>
/// <param name="Version">Its encoding-version.</param>
internal abstract record AnnDataNode(string Encoding, string Version)
{
    /// <summary>Attributes beside those two: a text, texts or a truth value.</summary>
    public IReadOnlyList<(string Name, object Value)> Attributes { get; init; } = [];
}

/// <summary>A group.</summary>
internal sealed record AnnDataGroup(string Encoding, string Version, IReadOnlyList<(string Name, AnnDataNode Node)> Children)
    : AnnDataNode(Encoding, Version);

/// <summary>A text.</summary>
internal sealed record AnnDataText(string Value) : AnnDataNode("string", "0.2.0");

/// <summary>Texts.</summary>
internal sealed record AnnDataTexts(string[] Values) : AnnDataNode("string-array", "0.2.0");

/// <summary>A number.</summary>
internal sealed record AnnDataNumber(double Value) : AnnDataNode("numeric-scalar", "0.2.0");

/// <summary>Values of all cells, which come in batches.</summary>
/// <param name="Element">sbyte, short, int, float, double or string.</param>
/// <param name="Width">Values of a cell in a table; 0 for one in a column.</param>
/// <param name="Read">Those of a batch, an array of the element.</param>
internal sealed record AnnDataCells(Type Element, int Width, Func<CellBatch, Array> Read)
    : AnnDataNode(Element == typeof(string) ? "string-array" : "array", "0.2.0");

/// <summary>
/// Cells as AnnData: X are the variables (markers, NaN for cells of other types, then fields), obs what describes a cell, obsm/spatial its place
/// [um], uns where it all comes from.
/// </summary>
internal static class AnnDataLayout
{
    private const string Index = "_index";

    public static AnnDataGroup Of(CellSource source, IReadOnlyList<(string Name, AnnDataNode Node)> provenance)
    {
        CellVocabulary words = source.Words;
        int width = words.Variables.Count;
        IReadOnlyList<CellColumn> columns = CellColumns.Of(words);
        AnnDataCells ids = new(typeof(string), 0, b => Enumerable.Range(0, b.Count).Select(i => FormattableString.Invariant($"{b.Sample[i]}-{b.Id[i]}")).ToArray());
        AnnDataCells cellIds = new(typeof(string), 0, b => b.Id[..b.Count]);
        return new AnnDataGroup("anndata", "0.1.0",
        [
            ("X", new AnnDataCells(typeof(float), width, b => b.Values[..(b.Count * width)])),
            ("obs", Frame([(Index, ids), ("cell_id", cellIds), .. columns.Select(c => (c.Name, Node(c)))])),
            ("var", Frame(
            [
                (Index, Texts(words.Variables.Select(v => v.Name))), ("kind", Texts(words.Variables.Select(v => v.Kind))),
                ("unit", Texts(words.Variables.Select(v => v.Unit))),
            ])),
            ("obsm", Dictionary(("spatial", new AnnDataCells(typeof(double), source.Dimensions, source.Places)))),
            ("uns", Dictionary([.. provenance, ("spacing_um", new AnnDataNumber(source.SpacingUm)),
                ("columns", Dictionary([.. columns.Select(c => (c.Name, (AnnDataNode)new AnnDataText(c.Text)))]))])),
            ("layers", Dictionary()), ("varm", Dictionary()), ("obsp", Dictionary()), ("varp", Dictionary()),
        ]);
    }

    public static AnnDataGroup Dictionary(params (string Name, AnnDataNode Node)[] children) => new("dict", "0.1.0", children);

    private static AnnDataGroup Frame((string Name, AnnDataNode Node)[] columns) => new("dataframe", "0.2.0", columns)
    {
        Attributes = [(Index, Index), ("column-order", columns.Select(c => c.Name).Where(n => n != Index).ToArray())],
    };

    private static AnnDataNode Node(CellColumn column) => column switch
    {
        CategoryColumn c => new AnnDataGroup("categorical", "0.2.0", [("categories", Texts(c.Categories)), ("codes", Codes(c))])
        {
            Attributes = [("ordered", false)],
        },
        WholeColumn w => new AnnDataCells(typeof(int), 0, w.Values),
        RealColumn r => new AnnDataCells(typeof(double), 0, r.Values),
        _ => throw new ArgumentException(column.Name, nameof(column)),
    };

    // As pandas does: the narrowest signed type.
    private static AnnDataCells Codes(CategoryColumn c) => c.Categories.Count switch
    {
        <= sbyte.MaxValue => new(typeof(sbyte), 0, b => Array.ConvertAll(c.Codes(b), code => (sbyte)code)),
        <= short.MaxValue => new(typeof(short), 0, b => Array.ConvertAll(c.Codes(b), code => (short)code)),
        _ => new(typeof(int), 0, c.Codes),
    };

    private static AnnDataTexts Texts(IEnumerable<string> values) => new([.. values]);
}
