using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>
/// Loss of genes at division: one of the two daughters loses each gene with the same small probability, at most one gene a division. One
/// hit is enough (MODEL.md 7.5b). Called in the order in which divisions commit.
/// </summary>
internal sealed class MutationProcess
{
    private readonly LesionState _lesion;
    private readonly double _perGene;
    private readonly int _genes;

    public MutationProcess(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _perGene = setup.IsOn(Mechanism.ClonesMutation) ? setup.Value(Parameter.ClonesMutationRate) : 0;
        _genes = Genes.Losable(setup.Mechanisms);
    }

    /// <summary>Draws for the division at a site, whose one daughter now stands at another.</summary>
    public void Divide(int mother, int daughter, in StepContext context)
    {
        if (_perGene <= 0)
        {
            return;
        }

        PhiloxBlock block = context.Draw(mother, Purpose.Mutation);
        double u = Draws.Uniform(block.X0, block.X1);
        if (u < _perGene * _genes)
        {
            Lose(daughter, Genes.Flag(Math.Min(_genes - 1, (int)(u / _perGene))));
        }
    }

    private void Lose(int site, Genotype gene)
    {
        int parent = _lesion.CloneIndex[site];
        if ((_lesion.Clones[parent].Genotype & gene) != 0)
        {
            return;
        }

        int clone = _lesion.Clones.Mutate(parent, gene, out bool joined);
        if (clone < 0)
        {
            _lesion.Ledger.Add(Booking.TumorMutationsDropped);
            return;
        }

        _lesion.Clones.Add(parent, -1);
        _lesion.Clones.Add(clone, 1);
        _lesion.CloneIndex[site] = (ushort)clone;
        _lesion.Ledger.Add(joined ? Booking.TumorMutationsJoined : Booking.TumorMutations);
    }
}
