using System.Buffers;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Observers;

/// <summary>Sums over the sites of a lesion, in their order: they have the same bits whatever the threads.</summary>
internal static class LesionSums
{
    /// <summary>A field summed over all sites.</summary>
    public static double Total(LesionState lesion, FieldId id)
    {
        LatticeShape shape = lesion.Shape;
        TissueField field = lesion.Field(id);
        float[] buffer = ArrayPool<float>.Shared.Rent(shape.Nx);
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            foreach (float level in field.SeenRow(row, buffer))
            {
                sum += level;
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
        return sum;
    }

    /// <summary>Mean of a field over the tumour bed; 0 without a bed.</summary>
    public static double MeanInBed(LesionState lesion, FieldId id)
    {
        LatticeShape shape = lesion.Shape;
        TissueField field = lesion.Field(id);
        float[] buffer = ArrayPool<float>.Shared.Rent(shape.Nx);
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> levels = field.SeenRow(row, buffer);
            ReadOnlySpan<byte> codes = lesion.ParenchymaCodes.Span.Slice(shape.RowStart(row), levels.Length);
            for (int x = 0; x < levels.Length; x++)
            {
                sum = codes[x] != Parenchyma.Hepatocyte ? sum + levels[x] : sum;
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
        return lesion.TumorBedSites == 0 ? 0 : sum / lesion.TumorBedSites;
    }

    /// <summary>Mean VEGF that no drug binds over the living tumour cells [half-maximal constants]; NaN without any.</summary>
    public static double MeanFreeVegf(LesionState lesion, in Exposure exposure)
    {
        LatticeShape shape = lesion.Shape;
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                sum += lesion.ParenchymaCodes[site] == Parenchyma.Tumor ? LocalDrug.FreeVegf(lesion, exposure, site) : 0;
            }
        }

        return sum / lesion.TumorCells;
    }
}
