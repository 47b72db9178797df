using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Observers;

/// <summary>Sizes of the lesions by cell count, scaled to the clinical ones at t = 0 (MODEL.md 4.6).</summary>
internal sealed class LesionSizes(SimulationPlan plan, IReadOnlyList<LesionState> tissues)
{
    /// <summary>Sum of the diameters [mm].</summary>
    public double SumOfDiametersMm
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < plan.Lesions.Count; i++)
            {
                sum += DiameterMm(i);
            }

            return sum;
        }
    }

    /// <summary>Change of the volume of all lesions since t = 0, relative to what it was.</summary>
    public double VolumeChange
    {
        get
        {
            double volume = 0, volumeAtStart = 0;
            for (int i = 0; i < plan.Lesions.Count; i++)
            {
                double mm = DiameterMm(i), start = plan.Lesions[i].DiameterMm;
                volume += mm * mm * mm;
                volumeAtStart += start * start * start;
            }

            return volume / volumeAtStart - 1;
        }
    }

    /// <summary>Tumour cells of all lesions.</summary>
    public int TumorCells => (int)Math.Min(int.MaxValue, Cells(0, tissues.Count).Now);

    /// <summary>Diameter of a lesion [mm] by the cells of all its tiles.</summary>
    public double DiameterMm(int lesion) => DiameterMm(lesion, plan.Tissue.TissueOf(lesion), plan.Tissue.Tiles);

    /// <summary>Diameter of a lesion [mm] all of which is like one of its tiles.</summary>
    public double TileDiameterMm(int tissue) => DiameterMm(plan.Tissue.LesionOf(tissue), tissue, 1);

    /// <summary>
    /// Change of volume since t = 0 by the cells of some tissues: their ratio to the power of 3 over the dimensions, less 1; NaN without
    /// tumour at t = 0.
    /// </summary>
    public double VolumeChangeOf(int first, int count)
    {
        (long now, long start) = Cells(first, count);
        double ratio = start == 0 ? double.NaN : (double)now / start;
        return tissues[first].Shape.Dimensions switch { 2 => ratio * Math.Sqrt(ratio), 1 => ratio * ratio * ratio, _ => ratio } - 1;
    }

    private double DiameterMm(int lesion, int first, int count)
    {
        (long now, long start) = Cells(first, count);
        double ratio = now / (double)(start > 0 ? start : (long)count * plan.Tissue.CellsWithin(plan.Lesions[lesion].RadiusUm));
        int dimensions = Math.Max(1, tissues[first].Shape.Dimensions);
        return plan.Lesions[lesion].DiameterMm * (ratio <= 0 ? 0 : DetMath.Pow(ratio, 1.0 / dimensions));
    }

    private (long Now, long Start) Cells(int first, int count)
    {
        long now = 0, start = 0;
        for (int i = first; i < first + count; i++)
        {
            now += tissues[i].TumorCells;
            start += tissues[i].TumorCellsAtStart;
        }

        return (now, start);
    }
}
