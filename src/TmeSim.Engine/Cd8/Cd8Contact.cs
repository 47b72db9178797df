using System.Numerics;
using System.Runtime.CompilerServices;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// Engagement and killing in one sub-step. A tumour-reactive CD8 T cell engages the tumour cell at its own site, else one
/// of its Moore neighbours by hash, for the engagement time or until the target is gone or out of reach. Every engaged
/// cell draws the waiting time of its own hazard; the earliest within the sub-step kills, so hazards add, one cell dies,
/// and the kill is credited in proportion to the hazards. Several CD8 on one target are settled by (time, lineage).
/// </summary>
internal sealed unsafe class Cd8Contact
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly KillHazard _hazard;
    private readonly TargetMap _targets;
    private readonly float _engagementHours;
    private readonly bool _barrier;
    private readonly StromaGate _gate;
    private readonly List<(int Target, double Time, ulong Id)> _kills = new(64);
    private int[] _reactive = [];

    public Cd8Contact(ProcessSetup setup, KillHazard hazard, TargetMap targets)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        (_hazard, _targets) = (hazard, targets);
        _engagementHours = setup.Hours(Parameter.Cd8EngagementTime);
        _barrier = setup.IsOn(Mechanism.StromaBarrier) && setup.IsOn(Mechanism.StromaContact);
        _gate = new StromaGate(setup.Parameters);
    }

    public void SubStep(in StepContext context, uint subStep, float subHours, CellDraws draws)
    {
        Cd8Store cells = _lesion.Cd8;
        if (_reactive.Length < cells.Capacity)
        {
            _reactive = new int[cells.Capacity];
        }

        _kills.Clear();
        SiteArray<ushort>? permeability = _barrier ? _setup.Workspace.Permeability.Of(_lesion, _gate, _setup.Runner) : null;
        _setup.Runner.Run(new Deciding(this, permeability, context, subStep, subHours, draws), cells.Count, Moves.CellsPerBlock);
        Commit();
    }

    private void Commit()
    {
        if (_kills.Count == 0)
        {
            return;
        }

        // Sorted by target, then by time: the first of each target is the killer, the others come too late.
        _kills.Sort();
        int previous = 0;
        foreach ((int target, double _, ulong _) in _kills)
        {
            if (target != previous)
            {
                TumorCellEnds.Kill(_lesion, target, Booking.TumorDeathsCd8);
                _targets.Remove(target);
                previous = target;
            }
        }
    }

    // Rare, and the order does not matter: the list is sorted.
    private void AddKill(int target, double time, ulong id)
    {
        lock (_kills)
        {
            _kills.Add((target, time, id));
        }
    }

    private readonly struct Deciding(
        Cd8Contact contact, SiteArray<ushort>? permeability, StepContext context, uint subStep, float subHours, CellDraws draws) : IRowKernel
    {
        /// <summary>
        /// Targets of a range of cells and kills within the sub-step, from the old state. The reactive ones are listed first: whether a
        /// cell is one cannot be predicted.
        /// </summary>
        public void Run(int first, int end)
        {
            Cd8Store cells = contact._lesion.Cd8;
            byte[] reactive = cells.Reactive.Values;
            fixed (int* buffer = contact._reactive, sites = cells.Site.Values, targets = cells.Target.Values)
            fixed (float* hours = cells.EngagedHours.Values)
            fixed (uint* words = draws.Words)
            {
                int* list = buffer + first;
                int count = 0;
                for (int i = first; i < end; i++)
                {
                    list[count] = i;
                    count += reactive[i] != 0 ? 1 : 0;
                }

                float bound = contact._hazard.BoundPerHour * subHours;
                int seeking = Hold(list, count, sites, targets, hours, words, bound);
                Seek(list, seeking, sites, targets, hours, words, bound);
            }
        }

        /// <summary>
        /// Cells of a list whose engagement lasts hold on to their target; the list keeps the others. Whether it lasts is no branch: one in
        /// a few ends, and nobody can tell which.
        /// </summary>
        private int Hold(int* list, int count, int* sites, int* targets, float* hours, uint* words, float bound)
        {
            TargetMap map = contact._targets;
            int seeking = 0;
            for (int k = 0; k < count; k++)
            {
                // Without a target it is 0, where none stands.
                int i = list[k], target = targets[i];
                float left = hours[i] - subHours;
                bool holds = map[target] & (left > 0) & map.Touch(sites[i], target);
                hours[i] = left;
                list[seeking] = i;
                seeking += holds ? 0 : 1;
                if (holds & (Draws.Uniform(words[4L * i + 3]) < bound))
                {
                    Kill(i, target, Draws.Uniform(words[4L * i + 3]));
                }
            }

            return seeking;
        }

        /// <summary>Cells of a list find a new target in their neighbourhood, or none.</summary>
        private void Seek(int* list, int count, int* sites, int* targets, float* hours, uint* words, float bound)
        {
            TargetMap map = contact._targets;
            for (int k = 0; k < count; k++)
            {
                int i = list[k], site = sites[i];
                uint around = map.Around(site);
                int found = (around & map.Own) != 0 ? site : around == 0 ? 0 : Choose(i, site, around);
                found = found == 0 || Reaches(i, found) ? found : 0;
                (targets[i], hours[i]) = (found, found == 0 ? 0 : contact._engagementHours);

                // 1 − exp(−h) ≤ h ≤ bound: nearly every draw is settled without evaluating the hazard.
                if (found != 0 && Draws.Uniform(words[4L * i + 3]) < bound)
                {
                    Kill(i, found, Draws.Uniform(words[4L * i + 3]));
                }
            }
        }

        // The neighbour with the lowest hash; of equal ones the first.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private int Choose(int i, int site, uint around)
        {
            ulong id = contact._lesion.Cd8.Id[i], bestRank = ulong.MaxValue;
            int best = 0;
            for (; around != 0; around &= around - 1)
            {
                int candidate = contact._targets.SiteOf(site, BitOperations.TrailingZeroCount(around));
                ulong rank = context.Rank(Mix.Hash(id, (ulong)candidate), Purpose.Cd8Engage, subStep);
                if (best == 0 || rank < bestRank)
                {
                    (best, bestRank) = (candidate, rank);
                }
            }

            return best;
        }

        // Dense matrix around a tumour cell hinders contact as it hinders a hop: a T cell that it keeps off tries again in the next
        // sub-step.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool Reaches(int i, int target) =>
            permeability is null || permeability[target] == HopGate.Parts || Admits(i, permeability[target]);

        private bool Admits(int i, int open) =>
            Draws.Uniform(context.Draw(contact._lesion.Cd8.Id[i], Purpose.StromaContact, subStep).X0) * HopGate.Parts < open;

        // The kill falls within the sub-step [its length] when the draw is below the probability.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Kill(int i, int target, float u)
        {
            float hazard = contact._hazard.PerHour(i, target, context.Exposure) * subHours;
            if (u < DetMath.Probability(hazard))
            {
                contact.AddKill(target, -DetMath.Log(1 - (double)u) / hazard, contact._lesion.Cd8.Id[i]);
            }
        }
    }
}
