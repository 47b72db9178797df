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
internal sealed class Cd8Contact
{
    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly KillHazard _hazard;
    private readonly float _engagementHours;
    private readonly bool _barrier;
    private readonly StromaGate _gate;
    private readonly List<(int Target, double Time, ulong Id)> _kills = new(64);
    private double[] _killTimes = [];

    public Cd8Contact(ProcessSetup setup, KillHazard hazard)
    {
        _lesion = setup.Lesion;
        _runner = setup.Runner;
        _hazard = hazard;
        _engagementHours = setup.Hours(Parameter.Cd8EngagementTime);
        _barrier = setup.IsOn(Mechanism.StromaBarrier) && setup.IsOn(Mechanism.StromaContact);
        _gate = new StromaGate(setup.Parameters);
    }

    public void SubStep(in StepContext context, uint subStep, float subHours, CellDraws draws)
    {
        Cd8Store cells = _lesion.Cd8;
        if (_killTimes.Length < cells.Capacity)
        {
            _killTimes = new double[cells.Capacity];
        }

        _runner.Run(new Deciding(this, context, subStep, subHours, draws), cells.Count, Moves.CellsPerBlock);
        _kills.Clear();
        for (int i = 0; i < cells.Count; i++)
        {
            if (_killTimes[i] < double.PositiveInfinity)
            {
                _kills.Add((cells.Target[i], _killTimes[i], cells.Id[i]));
            }
        }

        Commit();
    }

    /// <summary>
    /// Target and time of the kill within the sub-step [its length] of each cell of a range, from the old state; +∞ for none.
    /// </summary>
    private void Decide(int first, int end, in StepContext context, uint subStep, float subHours, CellDraws draws)
    {
        byte[] reactive = _lesion.Cd8.Reactive.Values;
        float bound = _hazard.BoundPerHour * subHours;
        for (int i = first; i < end; i++)
        {
            _killTimes[i] = double.PositiveInfinity;
            if (reactive[i] == 0)
            {
                continue;
            }

            int target = Engage(i, context, subStep, subHours);
            if (target == 0 || bound <= 0)
            {
                continue;
            }

            // 1 − exp(−h) ≤ h ≤ bound: nearly every draw is settled without evaluating the hazard.
            float u = Draws.Uniform(draws[i].X3);
            if (u < bound)
            {
                float hazard = _hazard.PerHour(i, target, context.Exposure) * subHours;
                if (u < DetMath.Probability(hazard))
                {
                    _killTimes[i] = -DetMath.Log(1 - (double)u) / hazard;
                }
            }
        }
    }

    /// <summary>The target of a cell in this sub-step: the old one while it lasts, else a new one, 0 for none.</summary>
    private int Engage(int i, in StepContext context, uint subStep, float subHours)
    {
        Cd8Store cells = _lesion.Cd8;
        int target = cells.Target[i];
        if (target != 0)
        {
            cells.EngagedHours[i] -= subHours;
            if (cells.EngagedHours[i] <= 0 || !InReach(cells.Site[i], target))
            {
                target = 0;
            }
        }

        if (target == 0)
        {
            target = FindTarget(cells.Site[i], cells.Id[i], context, subStep);
            target = cells.Target[i] = target == 0 || Reaches(target, cells.Id[i], context, subStep) ? target : 0;
            cells.EngagedHours[i] = target == 0 ? 0 : _engagementHours;
        }

        return target;
    }

    // Dense matrix around a tumour cell hinders contact as it hinders a hop: a T cell that it keeps off tries again in the next sub-step.
    private bool Reaches(int target, ulong id, in StepContext context, uint subStep)
    {
        float permeability = _barrier ? _gate.Permeability(_lesion.Stroma[target]) : 1;
        return permeability >= 1 || Draws.Uniform(context.Draw(id, Purpose.StromaContact, subStep).X0) < permeability;
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
                previous = target;
            }
        }
    }

    private bool InReach(int site, int target)
    {
        if (!_hazard.IsTarget(target))
        {
            return false;
        }

        if (site == target)
        {
            return true;
        }

        foreach (int offset in _lesion.Shape.MooreOffsets)
        {
            if (site + offset == target)
            {
                return true;
            }
        }

        return false;
    }

    private int FindTarget(int site, ulong id, in StepContext context, uint subStep)
    {
        if (_hazard.IsTarget(site))
        {
            return site;
        }

        int best = 0;
        ulong bestRank = ulong.MaxValue;
        foreach (int offset in _lesion.Shape.MooreOffsets)
        {
            int candidate = site + offset;
            if (!_hazard.IsTarget(candidate))
            {
                continue;
            }

            ulong rank = context.Rank(Mix.Hash(id, (ulong)candidate), Purpose.Cd8Engage, subStep);
            if (best == 0 || rank < bestRank)
            {
                (best, bestRank) = (candidate, rank);
            }
        }

        return best;
    }

    private readonly struct Deciding(Cd8Contact contact, StepContext context, uint subStep, float subHours, CellDraws draws) : IRowKernel
    {
        public void Run(int first, int end) => contact.Decide(first, end, context, subStep, subHours, draws);
    }
}
