using TmeSim.Analysis;
using TmeSim.Engine;
using TmeSim.Engine.Cells;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;

namespace TmeSim.Experiments;

/// <summary>Readings over the living tumour cells of a lesion, taken in site order so that the bits depend on the state alone.</summary>
internal sealed class TumorReadings
{
    private static readonly FieldId[] Averaged = [FieldId.Ifng, FieldId.Vegf, FieldId.Cxcl, FieldId.Suppressive, FieldId.Myeloid];
    private readonly double[] _fieldSums = new double[Averaged.Length];
    private readonly List<float> _oxygen = [];
    private double _pdl1;
    private double _mhc1;
    private int _below10;
    private int _below5;

    public TumorReadings(LesionState lesion)
    {
        ClonesCells = new int[lesion.Clones.Count];
        LatticeShape shape = lesion.Shape;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    Add(lesion, site);
                }
            }
        }

        _oxygen.Sort();
    }

    public int[] ClonesCells { get; }

    public double HypoxicFraction10 => Share(_below10);

    public double HypoxicFraction5 => Share(_below5);

    public double Pdl1Mean => _pdl1 / _oxygen.Count;

    public double Mhc1Mean => _mhc1 / _oxygen.Count;

    public double OxygenMedian
    {
        get
        {
            int n = _oxygen.Count;
            return n == 0 ? double.NaN : (_oxygen[(n - 1) / 2] + (double)_oxygen[n / 2]) / 2;
        }
    }

    public double Mean(FieldId field) => _fieldSums[Array.IndexOf(Averaged, field)] / _oxygen.Count;

    /// <summary>CD8 per mm² of core and margin: <see cref="TumorMask"/> of the living cells, band of ±100 µm around its edge.</summary>
    public static CoreMarginResult CoreAndMargin(LesionState lesion)
    {
        LatticeShape shape = lesion.Shape;
        var grid = new MaskGrid(shape.Nx, shape.Ny, shape.Nz, shape.SpacingUm);
        bool[] tumor = new bool[grid.Length];
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            for (int x = 0; x < shape.Nx; x++)
            {
                tumor[(row * shape.Nx) + x] = lesion.ParenchymaCodes[start + x] == Parenchyma.Tumor;
            }
        }

        int[] sites = new int[lesion.Cd8.Count];
        for (int i = 0; i < sites.Length; i++)
        {
            (int x, int y, int z) = shape.Coordinates(lesion.Cd8.Site[i]);
            sites[i] = grid.Index(x, y, z);
        }

        const double bandUm = 100;
        return CoreMargin.Measure(TumorMask.Build(tumor, grid), grid, sites, bandUm);
    }

    private void Add(LesionState lesion, int site)
    {
        float oxygen = lesion.Field(FieldId.Oxygen)[site];
        _oxygen.Add(oxygen);
        _below10 += oxygen < 10 ? 1 : 0;
        _below5 += oxygen < 5 ? 1 : 0;
        _pdl1 += lesion.Pdl1[site];
        _mhc1 += lesion.Mhc1[site];
        ClonesCells[lesion.CloneIndex[site]]++;
        for (int f = 0; f < Averaged.Length; f++)
        {
            _fieldSums[f] += lesion.Field(Averaged[f])[site];
        }
    }

    private double Share(int cells) => (double)cells / _oxygen.Count;
}
