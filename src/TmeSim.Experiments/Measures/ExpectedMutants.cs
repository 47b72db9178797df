using TmeSim.Engine;
using TmeSim.Engine.Clones;
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
    /// <summary>Mutants with which the lattice was to be seeded, before the burn-in; 0 without <c>clones.standing</c>.</summary>
    public double StandingTile { get; init; }

    /// <summary>Mutants that stood in the clinical lesion then.</summary>
    public double StandingLesion { get; init; }

    /// <summary>Mutants with which the lattice was seeded.</summary>
    public long StandingFound { get; init; }

    /// <summary>Of the arm that has just run.</summary>
    /// <param name="simulation">State at the end of the arm.</param>
    /// <param name="arm">Arm.</param>
    /// <param name="booksAtStart">Counts of every tissue when the arm began.</param>
    public static ExpectedMutants[] Of(Simulation simulation, ArmPlan arm, long[][] booksAtStart)
    {
        double rate = arm.Mechanisms.IsOn(Mechanism.ClonesMutation) ? arm.Parameters[Parameter.ClonesMutationRate] : 0;
        return
        [
            .. simulation.Plan.Lesions.Select((lesion, i) =>
            {
                int[] tissues = [.. Enumerable.Range(simulation.TissueOf(i), simulation.Plan.Tissue.Tiles)];
                long Since(Booking b) => tissues.Sum(t => simulation.Lesions[t].Ledger[b] - booksAtStart[t][(int)b]);
                long births = Since(Booking.TumorBirths);
                double tile = births * rate * Genes.Losable(arm.Mechanisms);
                StandingMutants[] standing = [.. tissues.Select(simulation.StandingMutants)];
                return new ExpectedMutants(
                    lesion.Name, births, rate, tile, tile * simulation.RepresentedCells(tissues[0]),
                    Since(Booking.TumorMutations) + Since(Booking.TumorMutationsJoined) + Since(Booking.TumorMutationsDropped))
                {
                    StandingTile = standing.Sum(s => s.Tile),
                    StandingLesion = standing[0].RepresentedLesion,
                    StandingFound = standing.Sum(s => s.Found),
                };
            }),
        ];
    }
}
