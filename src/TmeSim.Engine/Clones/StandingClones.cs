using System.Numerics;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>
/// Mutants that stand in a lesion when it is seeded. A lesion of W cells that grew from one has lost a neutral gene in the share
/// s = 1 − exp(−μ ln W/(1 − φ)) of its cells; its tile is a sample of them (MODEL.md 7.5b).
/// </summary>
internal static class StandingClones
{
    /// <summary>Chance that a cell has lost one of the genes, 0–1: with s of each gene, 1 − (1 − s)^genes.</summary>
    /// <param name="rate">Chance per gene and division, 0–1.</param>
    /// <param name="cellLoss">Deaths for each birth while the lesion grew, 0 to below 1.</param>
    /// <param name="lesionCells">Cells of the lesion; up to 1: none.</param>
    /// <param name="genes">Genes that can be lost.</param>
    public static double Share(double rate, double cellLoss, double lesionCells, int genes) =>
        lesionCells <= 1 ? 0 : 1 - DetMath.Exp(-genes * rate * DetMath.Log(lesionCells) / (1 - cellLoss));

    /// <summary>
    /// Gives the seeded tumour cells their losses, at most one each. One that the clone of the cell lacks already changes nothing.
    /// </summary>
    /// <param name="setup">Lesion, parameters and switches of the burn-in.</param>
    /// <param name="context">Draws of the seeding.</param>
    /// <param name="represented">Cells of the lesion for one of the tile.</param>
    /// <returns>What was to be expected and what there is; nothing with the switch off.</returns>
    public static StandingMutants Seed(ProcessSetup setup, in StepContext context, double represented)
    {
        LesionState lesion = setup.Lesion;
        if (!setup.IsOn(Mechanism.ClonesStanding))
        {
            return default;
        }

        int genes = Genes.Losable(setup.Mechanisms);
        double share = Share(setup.Value(Parameter.ClonesMutationRate), setup.Value(Parameter.ClonesCellLoss),
            represented * lesion.TumorCells, genes), expected = 0;
        int found = 0;
        for (int row = 0; row < lesion.Shape.Rows; row++)
        {
            int start = lesion.Shape.RowStart(row);
            for (int site = start; site < start + lesion.Shape.Nx; site++)
            {
                if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                {
                    uint lost = (uint)lesion.Clones[lesion.CloneIndex[site]].Genotype & ((1u << genes) - 1);
                    expected += share * (genes - BitOperations.PopCount(lost)) / genes;
                    found += Lose(lesion, site, context, share, genes) ? 1 : 0;
                }
            }
        }

        return new StandingMutants(expected, expected * represented, found);
    }

    private static bool Lose(LesionState lesion, int site, in StepContext context, double share, int genes)
    {
        PhiloxBlock block = context.Draw(site, Purpose.StandingLoss);
        double u = Draws.Uniform(block.X0, block.X1);
        if (u >= share)
        {
            return false;
        }

        int parent = lesion.CloneIndex[site];
        Genotype gene = Genes.Flag(Math.Min(genes - 1, (int)(u / share * genes)));
        int clone = (lesion.Clones[parent].Genotype & gene) != 0 ? -1 : lesion.Clones.Stand(parent, gene);
        if (clone < 0)
        {
            return false;
        }

        lesion.Clones.Add(parent, -1);
        lesion.Clones.Add(clone, 1);
        lesion.CloneIndex[site] = (ushort)clone;
        return true;
    }
}

/// <summary>Mutants that stood in a lesion when it was seeded; all 0 without <see cref="Mechanism.ClonesStanding"/>.</summary>
/// <param name="Tile">Cells to expect on the lattice.</param>
/// <param name="RepresentedLesion">Cells to expect in the clinical lesion.</param>
/// <param name="Found">Cells that there were on the lattice.</param>
public readonly record struct StandingMutants(double Tile, double RepresentedLesion, int Found);
