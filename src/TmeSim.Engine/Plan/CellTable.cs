namespace TmeSim.Engine.Plan;

/// <summary>What a cell of a table is.</summary>
public enum TableCell : byte
{
    /// <summary>Living tumour cell.</summary>
    Tumor,

    /// <summary>Dying tumour cell.</summary>
    Dying,

    /// <summary>Debris of a tumour cell that died of hypoxia.</summary>
    Necrotic,

    /// <summary>Cell of normal liver.</summary>
    Hepatocyte,

    /// <summary>Fibroblast: matrix at its site and around.</summary>
    Fibroblast,

    /// <summary>CD8 T cell.</summary>
    Cd8,

    /// <summary>Macrophage.</summary>
    Macrophage,

    /// <summary>Vessel.</summary>
    Vessel,
}

/// <summary>A number that a table may give for a cell.</summary>
public enum CellMark : byte
{
    /// <summary>MHC-I of a tumour cell relative to rest.</summary>
    Mhc1,

    /// <summary>PD-L1 of a tumour cell [molecules/µm²].</summary>
    Pdl1,

    /// <summary>Exhaustion of a CD8 T cell, 0–1.</summary>
    Exhaustion,

    /// <summary>CD163 score of a macrophage, 0–1.</summary>
    Cd163,

    /// <summary>Perfusion of a vessel, 0–1.</summary>
    Perfusion,

    /// <summary>Lumen density of a vessel, 0–1.</summary>
    Lumen,

    /// <summary>Pericyte cover of a vessel, 0–1.</summary>
    Maturity,
}

/// <summary>
/// Cells that a tissue is laid out with in place of a nodule, say those of a biopsy: places from the low corner of the lattice [µm], in the
/// order of the table, which decides who takes a site first.
/// </summary>
public sealed class CellTable
{
    private readonly float[]?[] _marks = new float[7][];

    /// <param name="x">Along x [µm], finite.</param>
    /// <param name="y">Along y [µm], as many.</param>
    /// <param name="z">Along z [µm], as many.</param>
    /// <param name="cells">What they are, as many.</param>
    /// <exception cref="ArgumentException">Numbers of places and cells differ, or a place is not finite.</exception>
    public CellTable(double[] x, double[] y, double[] z, TableCell[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(z);
        if (x.Length != cells.Length || y.Length != cells.Length || z.Length != cells.Length)
        {
            throw new ArgumentException("places and cells differ in number", nameof(cells));
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i] + y[i] + z[i]))
            {
                throw new ArgumentException($"the place of cell {i} is not finite", nameof(x));
            }
        }

        (X, Y, Z, Cells) = (x, y, z, cells);
    }

    /// <summary>Places along x [µm].</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Places along y [µm].</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Places along z [µm].</summary>
    public IReadOnlyList<double> Z { get; }

    /// <summary>What stands there.</summary>
    public IReadOnlyList<TableCell> Cells { get; }

    /// <summary>Number of cells.</summary>
    public int Count => Cells.Count;

    /// <summary>A mark of a cell; NaN where the table gives none and the rule of the seeding holds.</summary>
    public float Mark(CellMark mark, int cell) => _marks[(int)mark] is { } values ? values[cell] : float.NaN;

    /// <summary>Gives a mark of all cells, NaN for those that have none.</summary>
    /// <exception cref="ArgumentException">Not as many as there are cells.</exception>
    public void Set(CellMark mark, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _marks[(int)mark] = values.Length == Count ? values : throw new ArgumentException("marks and cells differ in number", nameof(values));
    }
}
