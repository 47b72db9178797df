using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Radiation;

/// <summary>
/// One fraction on the tumour cells of a lesion: each survives with S(d, pO₂) or is doomed to a geometric number of further divisions;
/// stress and the capacity for IFN-I rise with the local dose. Decisions use draws by site, so rows may go to any thread.
/// </summary>
internal readonly struct FractionKernel(LesionState lesion, RadiationTraits traits, RadiationRates rates, RadiationBeam beam,
    Fraction fraction) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        for (int row = first; row < end; row++)
        {
            for (int site = shape.RowStart(row), stop = site + shape.Nx; site < stop; site++)
            {
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    Irradiate(site);
                }
            }
        }
    }

    private void Irradiate(int site)
    {
        double gy = fraction.Gy * beam.Share(site);
        if (gy <= 0)
        {
            return;
        }

        float inhibited = LocalDrug.Occupancy(lesion, fraction.Context.Exposure[DrugTarget.Atr], site);
        CellSurvival cell = rates.Cell(lesion.Field(FieldId.Oxygen)[site], inhibited, fraction.LinearAbove);
        PhiloxBlock block = fraction.Context.Draw(site, Purpose.RadiationCell, fraction.Ordinal);
        if (Draws.UniformOpen(block.X0) >= cell.Surviving(gy))
        {
            byte damage = (byte)(1 + rates.DivisionsLeft(Draws.Uniform(block.X1)));
            traits.Damage[site] = traits.Damage[site] == 0 ? damage : Math.Min(traits.Damage[site], damage);
        }

        float stress = traits.Stress[site];
        traits.Stress[site] = stress + (1 - stress) * rates.StressOf(gy);
        if (traits.Damage[site] != 0)
        {
            traits.Signal[site] += rates.SignalOf(gy, inhibited);
        }
    }
}

/// <summary>A fraction that is due.</summary>
/// <param name="Gy">Dose in the full field [Gy].</param>
/// <param name="LinearAbove">LQ-L instead of LQ.</param>
/// <param name="Ordinal">Numbers of course and fraction, which keep the draws of two fractions in one step apart; 16 bits.</param>
/// <param name="Context">The step.</param>
internal readonly record struct Fraction(double Gy, bool LinearAbove, uint Ordinal, StepContext Context);
