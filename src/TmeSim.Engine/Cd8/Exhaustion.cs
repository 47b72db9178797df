using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// Exhaustion score of CD8 T cells: de/dt = k (1 − e)(1 + g S)/(1 + g) − recovery · blockade · e, the first term while the cell is engaged
/// (MODEL.md 7.6), the second below the terminal score; where states are told apart, in precursors alone and from any score. Compiled
/// for a register width; all widths give the same bits.
/// </summary>
internal abstract class Exhaustion
{
    public static Exhaustion Create(LaneWidth width, ProcessSetup setup, TargetMap targets) =>
        LaneWidths.Make<Factory, Exhaustion>(width, new Factory(setup, targets));

    /// <summary>New scores of cells first to end − 1, each for itself.</summary>
    public abstract void Run(int first, int end, float stepHours, in Exposure exposure);

    private readonly struct Factory(ProcessSetup setup, TargetMap targets) : ILaneFactory<Exhaustion>
    {
        public Exhaustion Create<TLane>()
            where TLane : struct, ILanes<TLane> => new Exhaustion<TLane>(setup, targets);
    }
}

/// <inheritdoc/>
internal sealed unsafe class Exhaustion<TLane>(ProcessSetup setup, TargetMap targets) : Exhaustion
    where TLane : struct, ILanes<TLane>
{
    // Cells that are listed before the lanes take over: whole registers of any width.
    private const int Group = 64;

    private readonly LesionState _lesion = setup.Lesion;
    private readonly float _rate = setup.IsOn(Mechanism.Cd8Exhaustion) ? setup.Rate(Parameter.Cd8ExhaustionRate) : 0;
    private readonly float _gain = (float)setup.Value(Parameter.Cd8ExhaustionPd1Gain);
    private readonly float _recovery = setup.IsOn(Mechanism.Cd8Recovery) ? setup.Rate(Parameter.Cd8RecoveryRate) : 0;
    private readonly bool _states = setup.IsOn(Mechanism.Cd8Differentiation);

    // Scores from here on do not recover; none is as high as 2.
    private readonly float _terminal = setup.IsOn(Mechanism.Cd8Differentiation) ? 2 : (float)setup.Value(Parameter.Cd8TerminalExhaustion);
    private readonly float _pd1 = setup.IsOn(Mechanism.Pd1Suppression) ? (float)setup.Value(Parameter.Pd1Density) : 0;
    private readonly float _kd = (float)setup.Value(Parameter.Pd1Kd);
    private readonly float _half = (float)setup.Value(Parameter.Pd1HalfBonds);
    private readonly float _hill = (float)setup.Value(Parameter.Pd1Hill);

    public override void Run(int first, int end, float stepHours, in Exposure exposure)
    {
        int* cells = stackalloc int[Group], own = stackalloc int[Group], other = stackalloc int[Group];
        float* score = stackalloc float[Group], rate = stackalloc float[Group], pdl1 = stackalloc float[Group],
            pd1Bound = stackalloc float[Group], pdl1Bound = stackalloc float[Group], recovery = stackalloc float[Group];
        TargetExposure onPd1 = exposure[DrugTarget.Pd1], onPdl1 = exposure[DrugTarget.PdL1];
        bool drugs = !onPd1.IsNone || !onPdl1.IsNone;
        Cd8Store store = _lesion.Cd8;
        float* levels = _lesion.Pdl1.Pointer;
        fixed (int* sites = store.Site.Values, engaged = store.Target.Values)
        fixed (float* scores = store.Exhaustion.Values)
        fixed (byte* states = store.State.Values)
        {
            for (int next = first; next < end;)
            {
                int count = List(ref next, end, _recovery > 0 && drugs, engaged, scores, states, cells);
                for (int j = 0; j < count; j++)
                {
                    int i = cells[j], target = engaged[i];
                    bool isTarget = targets[target];
                    score[j] = scores[i];
                    rate[j] = isTarget ? _rate : 0;
                    recovery[j] = Recovers(states[i]) ? _recovery : 0;
                    pdl1[j] = isTarget ? 1 : 0;
                    own[j] = sites[i];
                    other[j] = isTarget ? target : sites[i];
                    Prefetch.Line(levels + other[j]);
                }

                for (int j = 0; j < count; j++)
                {
                    pdl1[j] = pdl1[j] == 0 ? 0 : levels[other[j]];
                }

                LocalDrug.Occupancies(_lesion, onPd1, own, count, pd1Bound);
                LocalDrug.Occupancies(_lesion, onPdl1, other, count, pdl1Bound);
                for (int j = 0; j < count; j += TLane.Width)
                {
                    TLane.Store(Next(TLane.Load(score + j), TLane.Load(rate + j), TLane.Load(pdl1 + j), TLane.Load(recovery + j),
                        TLane.Load(pd1Bound + j), TLane.Load(pdl1Bound + j), stepHours), score + j);
                }

                for (int j = 0; j < count; j++)
                {
                    scores[cells[j]] = score[j];
                }
            }
        }
    }

    // The next cells whose score can change: engaged ones, and exhausted ones that a drug lets recover.
    private int List(ref int next, int end, bool recover, int* engaged, float* scores, byte* states, int* cells)
    {
        int count = 0, i = next;
        for (; i < end && count < Group; i++)
        {
            cells[count] = i;
            count += targets[engaged[i]] | (recover & (scores[i] > 0) & (scores[i] < _terminal) & Recovers(states[i])) ? 1 : 0;
        }

        next = i;
        return count;
    }

    private bool Recovers(byte state) => !_states | (state == Cd8State.Precursor);

    private TLane Next(TLane score, TLane rate, TLane pdl1, TLane recovery, TLane pd1Bound, TLane pdl1Bound, float stepHours)
    {
        TLane none = TLane.Splat(0), one = TLane.Splat(1), pd1Free = one - pd1Bound, pdl1Free = one - pdl1Bound;
        TLane bonds = CheckpointLanes.Bonds(TLane.Splat(_pd1) * pd1Free, pdl1 * pdl1Free, TLane.Splat(_kd));
        TLane suppression = CheckpointLanes.Suppression(bonds, TLane.Splat(_half), _hill);
        TLane up = rate * (one + TLane.Splat(_gain) * suppression) / TLane.Splat(1 + _gain);
        TLane down = TLane.IfLess(score, TLane.Splat(_terminal), recovery * (one - pdl1Free * pd1Free), none);
        TLane total = up + down;
        TLane next = score + (up / total - score) * TLane.Probability(total * TLane.Splat(stepHours));
        return TLane.IfLess(none, total, next, score);
    }
}
