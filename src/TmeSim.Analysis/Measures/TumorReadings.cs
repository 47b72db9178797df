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
        float[][] levels = [.. Averaged.Select(_ => new float[shape.Nx])];
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            for (int f = 0; f < Averaged.Length; f++)
            {
                lesion.Field(Averaged[f]).CopyRow(row, levels[f]);
            }

            for (int x = 0; x < shape.Nx; x++)
            {
                if (lesion.ParenchymaCodes[start + x] == Parenchyma.Tumor)
                {
                    _cells++;
                    Add(lesion, start + x);
                    for (int f = 0; f < Averaged.Length; f++)
                    {
                        _fieldSums[f] += levels[f][x];
                    }
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
    }

    // Mean of the two middle values, found by their bits: floats not below zero stand in the order of their bits, so counts of
    // eleven, eleven and ten bits place a value, without a sorted copy of all of them.
    private double Median(LesionState lesion, FieldId field)
    {
        if (_cells == 0)
        {
            return double.NaN;
        }

        float low = Ordered(lesion, field, (_cells - 1) / 2);
        return (low + (double)(_cells % 2 == 1 ? low : Ordered(lesion, field, _cells / 2))) / 2;
    }

    private static float Ordered(LesionState lesion, FieldId field, int rank)
    {
        Span<int> counts = stackalloc int[1 << 11];
        uint found = 0;
        for (int shift = 21, known = 32; known > 0; known = shift, shift = Math.Max(0, shift - 11))
        {
            counts.Clear();
            CountBits(lesion, field, found, known, shift, counts);
            int bin = 0;
            for (; rank >= counts[bin]; bin++)
            {
                rank -= counts[bin];
            }

            found |= (uint)bin << shift;
        }

        return BitConverter.UInt32BitsToSingle(found);
    }

    // Counts the bits from `shift` on below bit `known` of the values whose upper bits are those found.
    private static void CountBits(LesionState lesion, FieldId field, uint found, int known, int shift, Span<int> counts)
    {
        LatticeShape shape = lesion.Shape;
        uint mask = (1U << (known - shift)) - 1;
        var values = new float[shape.Nx];
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<byte> codes = lesion.ParenchymaCodes.Span.Slice(shape.RowStart(row), shape.Nx);
            lesion.Field(field).CopyRow(row, values);
            for (int x = 0; x < codes.Length; x++)
            {
                uint bits = BitConverter.SingleToUInt32Bits(Math.Max(values[x], 0));
                if (codes[x] == Parenchyma.Tumor && (ulong)(bits ^ found) >> known == 0)
                {
                    counts[(int)((bits >> shift) & mask)]++;
                }
            }
        }
    }

    private double Share(int cells) => (double)cells / _cells;
}
