using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Chance of a hop in a sub-step, by what a cell does and where it stands.</summary>
/// <param name="Tumor">Outside normal liver.</param>
/// <param name="Liver">On a hepatocyte.</param>
/// <param name="EngagedTumor">As <paramref name="Tumor"/>, of a cell with a target.</param>
/// <param name="EngagedLiver">As <paramref name="Liver"/>, of a cell with a target.</param>
internal readonly record struct HopChances(float Tumor, float Liver, float EngagedTumor, float EngagedLiver);

/// <summary>What lets a cell hop to a free site.</summary>
/// <param name="Permeability">Probability by site that it admits the cell, in parts of <see cref="Parts"/>; null where nothing keeps cells out.</param>
/// <param name="Holds">The site that the cell stands on must admit it as well: the denser of the two decides.</param>
internal readonly record struct HopGate(SiteArray<ushort>? Permeability, bool Holds)
{
    /// <summary>A probability of 1: a uniform number in [0, 1) times this is below the parts of a probability as often as it says.</summary>
    public const int Parts = ushort.MaxValue;
}

/// <summary>Cells that hop more seldom than others.</summary>
/// <param name="Trait">Trait of all cells; null where none is slower.</param>
/// <param name="Value">Value of the trait of those that are.</param>
/// <param name="Factor">Their chance of a hop relative to others, 0–1.</param>
internal readonly record struct HopSlow(byte[]? Trait, byte Value, float Factor);

/// <summary>
/// A motility sub-step of the cells of a kind. Word 0 of a cell's draw says whether it hops, word 1 which way, word 2 whether the matrix
/// lets it. Cells that hop are listed first and looked at afterwards: whether one does is as good as random, and a mispredicted branch for
/// each would take longer than the rest.
/// </summary>
/// <param name="setup">The lesion and its threads.</param>
/// <param name="kind">Place of the kind in <see cref="LesionState.Kinds"/>.</param>
/// <param name="hop">How the direction is found.</param>
internal sealed class HopPass(ProcessSetup setup, int kind, Hop hop)
{
    private readonly LesionState _lesion = setup.Lesion;
    private readonly Moves _moves = new(setup, kind);
    private readonly HopTargets _targets = HopTargets.Create(LaneWidths.Widest, hop);

    /// <summary>Cells that left through the wall, in the order of the store; the caller takes them out.</summary>
    public IReadOnlyList<int> Leaving => _moves.Leaving;

    /// <summary>Moves all cells once.</summary>
    /// <param name="signal">Field that draws them.</param>
    /// <param name="chances">How many hop.</param>
    /// <param name="gate">What may keep them.</param>
    /// <param name="targets">Target of each cell, 0 for none; null for a kind that engages none.</param>
    /// <param name="slow">Who hops more seldom.</param>
    /// <param name="draws">Blocks of the cells for this sub-step.</param>
    /// <param name="context">The step.</param>
    /// <param name="subStep">Part of the step.</param>
    public void SubStep(FieldId signal, in HopChances chances, in HopGate gate, int[]? targets, in HopSlow slow, CellDraws draws,
        in StepContext context, uint subStep)
    {
        ImmuneStore cells = _lesion.Stores[kind];
        _moves.Reserve(cells.Capacity);
        setup.Workspace.Levels(_lesion, signal, setup.Runner);
        setup.Runner.Run(new Deciding(this, signal, chances, gate, targets, slow, draws), cells.Count, Moves.CellsPerBlock);
        _moves.Commit(cells.Id.Values, cells.Site.Values, context, subStep);
    }

    private readonly unsafe struct Deciding(
        HopPass pass, FieldId signal, HopChances chances, HopGate gate, int[]? engaged, HopSlow slow, CellDraws draws) : IRowKernel
    {
        public void Run(int first, int end)
        {
            LesionState lesion = pass._lesion;
            fixed (int* sites = lesion.Stores[pass.Kind].Site.Values, targets = engaged)
            fixed (byte* traits = slow.Trait)
            fixed (int* goals = pass._moves.Goal, movers = pass._moves.Movers)
            fixed (uint* words = draws.Words)
            {
                int hoppers = List(first, end, sites, targets, words, lesion.ParenchymaCodes.Pointer, movers + first);
                hoppers = traits == null ? hoppers : TakeOutSlow(movers + first, hoppers, sites, targets, traits, words);
                pass._targets.Run(
                    lesion.Field(signal).Present.Pointer, lesion.ParenchymaCodes.Pointer, movers + first, hoppers, sites, words, goals);
                int moving = Admit(movers + first, hoppers, sites, goals, words);
                pass._moves.EndBlock(first, moving);
            }
        }

        private int List(int first, int end, int* sites, int* targets, uint* words, byte* codes, int* hoppers)
        {
            float* chance = stackalloc float[4] { chances.Tumor, chances.Liver, chances.EngagedTumor, chances.EngagedLiver };
            int count = 0;
            for (int i = first; i < end; i++)
            {
                Prefetch.Line(codes + sites[Math.Min(i + Prefetch.Ahead, end - 1)]);
                hoppers[count] = i;
                count += Draws.Uniform(words[4L * i]) < chance[Class(i, sites, targets, codes)] ? 1 : 0;
            }

            return count;
        }

        // Few of those that hop are slow, so these are looked at once more.
        private int TakeOutSlow(int* hoppers, int count, int* sites, int* targets, byte* traits, uint* words)
        {
            float* chance = stackalloc float[4] { chances.Tumor, chances.Liver, chances.EngagedTumor, chances.EngagedLiver };
            byte* codes = pass._lesion.ParenchymaCodes.Pointer;
            int kept = 0;
            for (int k = 0; k < count; k++)
            {
                int i = hoppers[k];
                hoppers[kept] = i;
                kept += traits[i] != slow.Value
                    || Draws.Uniform(words[4L * i]) < slow.Factor * chance[Class(i, sites, targets, codes)] ? 1 : 0;
            }

            return kept;
        }

        private static int Class(int i, int* sites, int* targets, byte* codes) =>
            (codes[sites[i]] == Parenchyma.Hepatocyte ? 1 : 0) + (targets != null && targets[i] != 0 ? 2 : 0);

        // Who may go where it wants to, from the old state; the list keeps those who do not stay.
        private int Admit(int* hoppers, int count, int* sites, int* goals, uint* words)
        {
            byte* codes = pass._lesion.ParenchymaCodes.Pointer;
            ushort* permeability = gate.Permeability is { } map ? map.Pointer : null;
            int* immune = pass._lesion.Immune.Pointer;
            int moving = 0;
            for (int k = 0; k < count; k++)
            {
                if (k + Prefetch.Ahead < count)
                {
                    int next = hoppers[k + Prefetch.Ahead];
                    Prefetch.Line(immune + goals[next]);
                    if (permeability != null)
                    {
                        Prefetch.Line(permeability + goals[next]);
                        Prefetch.Line(permeability + sites[next]);
                    }
                }

                int i = hoppers[k], site = sites[i], to = goals[i];
                int goal = Moves.Leaves;
                if (codes[to] != Parenchyma.Wall)
                {
                    bool admitted = immune[to] == 0;
                    if (permeability != null)
                    {
                        float u = Draws.Uniform(words[4L * i + 2]) * HopGate.Parts;
                        admitted &= (u < permeability[to]) & (!gate.Holds | (u < permeability[site]));
                    }

                    // Not a branch: it would be mispredicted, and the next cells could not be looked at meanwhile.
                    goal = to & -(admitted ? 1 : 0);
                }

                goals[i] = goal;
                hoppers[moving] = i;
                moving += goal != Moves.Stays ? 1 : 0;
            }

            return moving;
        }
    }

    private int Kind => kind;
}
