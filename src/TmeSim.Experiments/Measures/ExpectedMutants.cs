using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Measures;

/// <summary>
/// How many mutants an arm was to expect: births · rate · genes. A tile has few cells, so a mutation there is rare where the lesion
/// that it stands for has many; mutants of the tile are too few and too large a share of it to be read one by one.
/// </summary>
/// <param name="Lesion">Lesion.</param>
/// <param name="Births">Tumour cells born in the arm.</param>
/// <param name="RatePerGene">Chance per gene and division.</param>
/// <param name="Tile">Mutants to expect on the lattice.</param>
/// <param name="RepresentedLesion">Mutants to expect in the clinical lesion.</param>
/// <param name="Born">Mutants that there were on the lattice.</param>
public sealed record ExpectedMutants(string Lesion, long Births, double RatePerGene, double Tile, double RepresentedLesion, long Born)
{
    /// <summary>Of the arm that has just run.</summary>
    /// <param name="simulation">State at the end of the arm.</param>
    /// <param name="arm">Arm.</param>
    /// <param name="booksAtStart">Counts of every lesion when the arm began.</param>
    public static ExpectedMutants[] Of(Simulation simulation, ArmPlan arm, long[][] booksAtStart)
    {
        double rate = arm.Mechanisms.IsOn(Mechanism.ClonesMutation) ? arm.Parameters[Parameter.ClonesMutationRate] : 0;
        return
        [
            .. simulation.Lesions.Select((lesion, i) =>
            {
                long Since(Booking b) => lesion.Ledger[b] - booksAtStart[i][(int)b];
                long births = Since(Booking.TumorBirths);
                double tile = births * rate * Genes.Count;
                return new ExpectedMutants(
                    simulation.Plan.Lesions[i].Name, births, rate, tile, tile * simulation.RepresentedCells(i),
                    Since(Booking.TumorMutations) + Since(Booking.TumorMutationsJoined) + Since(Booking.TumorMutationsDropped));
            }),
        ];
    }
}
