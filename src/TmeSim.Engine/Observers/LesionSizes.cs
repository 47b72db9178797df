using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Observers;

/// <summary>Sizes of the lesions by cell count, scaled to the clinical ones at t = 0 (MODEL.md 4.6).</summary>
internal sealed class LesionSizes(SimulationPlan plan, IReadOnlyList<LesionState> lesions)
{
    /// <summary>Sum of the diameters [mm].</summary>
    public double SumOfDiametersMm
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < lesions.Count; i++)
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
            for (int i = 0; i < lesions.Count; i++)
            {
                double mm = DiameterMm(i), start = plan.Lesions[i].DiameterMm;
                volume += mm * mm * mm;
                volumeAtStart += start * start * start;
            }

            return volume / volumeAtStart - 1;
        }
    }

    /// <summary>Tumour cells of all lesions.</summary>
    public int TumorCells
    {
        get
        {
            int cells = 0;
            for (int i = 0; i < lesions.Count; i++)
            {
                cells += lesions[i].TumorCells;
            }

            return cells;
        }
    }

    /// <summary>Diameter of a lesion [mm].</summary>
    public double DiameterMm(int lesion)
    {
        LesionState state = lesions[lesion];
        int dimensions = Math.Max(1, state.Shape.Dimensions);
        int start = state.TumorCellsAtStart > 0 ? state.TumorCellsAtStart : plan.Tissue.CellsWithin(plan.Lesions[lesion].RadiusUm);
        double ratio = (double)state.TumorCells / start;
        return plan.Lesions[lesion].DiameterMm * (ratio <= 0 ? 0 : DetMath.Pow(ratio, 1.0 / dimensions));
    }
}
