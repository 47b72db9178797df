using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>Readings over the living tumour cells of a lesion, taken in site order so that the bits depend on the state alone.</summary>
internal sealed class TumorReadings
{
    private static readonly FieldId[] Averaged = [FieldId.Ifng, FieldId.Vegf, FieldId.Cxcl, FieldId.Suppressive, FieldId.Myeloid,
        FieldId.Damp];
    private readonly double[] _fieldSums = new double[Averaged.Length];
    private readonly int _cells;
    private double _pdl1;
    private double _mhc1;
    private int _below10;
    private int _below5;
    private int _below2;

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
                    _cells++;
                    Add(lesion, site);
                }
            }
        }

        OxygenMedian = Median(lesion, FieldId.Oxygen);
    }

    public int[] ClonesCells { get; }

    public double HypoxicFraction10 => Share(_below10);

    public double HypoxicFraction5 => Share(_below5);

    /// <summary>Below 2.5 mmHg.</summary>
    public double HypoxicFraction2 => Share(_below2);

    public double Pdl1Mean => _pdl1 / _cells;

    public double Mhc1Mean => _mhc1 / _cells;

    public double OxygenMedian { get; }

    public double Mean(FieldId field) => _fieldSums[Array.IndexOf(Averaged, field)] / _cells;

    private void Add(LesionState lesion, int site)
    {
        float oxygen = lesion.Field(FieldId.Oxygen)[site];
        _below10 += oxygen < 10 ? 1 : 0;
        _below5 += oxygen < 5 ? 1 : 0;
        _below2 += oxygen < 2.5f ? 1 : 0;
        _pdl1 += lesion.Pdl1[site];
        _mhc1 += lesion.Mhc1[site];
        ClonesCells[lesion.CloneIndex[site]]++;
        for (int f = 0; f < Averaged.Length; f++)
        {
            _fieldSums[f] += lesion.Field(Averaged[f])[site];
        }
    }

    // Mean of the two middle values, found by their bits: floats not below zero stand in the order of their bits, so two
    // counts of 16 bits each place a value, without a sorted copy of all of them.
    private double Median(LesionState lesion, FieldId field)
    {
        if (_cells == 0)
        {
            return double.NaN;
        }

        var counts = new int[1 << 16];
        CountBits(lesion, field, counts, bits => (int)(bits >> 16));
        float low = Ordered(lesion, field, counts, (_cells - 1) / 2),
            high = _cells % 2 == 1 ? low : Ordered(lesion, field, counts, _cells / 2);
        return (low + (double)high) / 2;
    }

    private static float Ordered(LesionState lesion, FieldId field, int[] counts, int rank)
    {
        int upper = Pick(counts, ref rank);
        var lower = new int[1 << 16];
        CountBits(lesion, field, lower, bits => bits >> 16 == (uint)upper ? (int)(bits & 0xFFFF) : -1);
        return BitConverter.UInt32BitsToSingle(((uint)upper << 16) | (uint)Pick(lower, ref rank));
    }

    // The bin that holds the value of a rank; the rank becomes that within the bin.
    private static int Pick(int[] counts, ref int rank)
    {
        int bin = 0;
        for (; rank >= counts[bin]; bin++)
        {
            rank -= counts[bin];
        }

        return bin;
    }

    private static void CountBits(LesionState lesion, FieldId field, int[] counts, Func<uint, int> bin)
    {
        LatticeShape shape = lesion.Shape;
        SiteArray<float> values = lesion.Field(field);
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor
                    && bin(BitConverter.SingleToUInt32Bits(Math.Max(values[site], 0))) is >= 0 and int at)
                {
                    counts[at]++;
                }
            }
        }
    }

    private double Share(int cells) => (double)cells / _cells;
}
