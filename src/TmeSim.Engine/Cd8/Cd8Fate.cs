using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>Exhaustion, differentiation, division and death of CD8 T cells once a step.</summary>
internal sealed class Cd8Fate
{
    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly Exhaustion _exhaustion;
    private readonly Differentiation? _states;
    private readonly float _death;
    private readonly float _proliferation;
    private readonly int _maxDivisions;
    private readonly bool _atr;
    private readonly float _atrKill;
    private readonly float _atrRelease;
    private readonly List<(ulong Id, int Cell)> _dividing = new(64);
    private readonly List<int> _dying = new(64);
    private readonly CellDraws _draws;

    public Cd8Fate(ProcessSetup setup, KillHazard hazard, TargetMap targets)
    {
        _draws = new CellDraws(setup.Runner);
        _lesion = setup.Lesion;
        _runner = setup.Runner;
        _exhaustion = Exhaustion.Create(LaneWidths.Widest, setup, targets);
        _states = setup.IsOn(Mechanism.Cd8Differentiation) ? new Differentiation(setup, hazard, targets) : null;
        _death = setup.IsOn(Mechanism.Cd8Death) ? setup.Rate(Parameter.Cd8DeathRate) : 0;
        _proliferation = setup.IsOn(Mechanism.Cd8Proliferation) ? setup.Rate(Parameter.Cd8ProliferationRate) : 0;
        _maxDivisions = (int)setup.Value(Parameter.Cd8MaxDivisions);
        _atr = setup.IsOn(Mechanism.AtrTcellDeath);
        _atrKill = (float)setup.Value(Parameter.AtrTissueKill);
        _atrRelease = (float)(1 / setup.Parameters.Time(Parameter.AtrReleaseTime));
    }

    public void Step(in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        float dt = (float)context.StepHours;
        float release = DetMath.Probability(_atrRelease * dt);
        _dividing.Clear();
        _dying.Clear();
        _draws.Draw(cells.Id.Values, cells.Count, Purpose.Cd8Fate, context);
        _runner.Run(new Exhausting(this, context), cells.Count, Moves.CellsPerBlock);
        if (_states is null)
        {
            Alike(DetMath.Probability(_death * dt), DetMath.Probability(_proliferation * dt), release, context);
        }
        else
        {
            _states.Change(context);
            ByState(_states, release, context);
        }

        Divide(context);
        for (int k = _dying.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(_lesion, ImmuneKinds.Cd8, _dying[k]);
            _lesion.Ledger.Add(Booking.Cd8Deaths);
        }
    }

    // Who dies and who divides where all cells are alike.
    private void Alike(float death, float divide, float release, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        int[] targets = cells.Target.Values;
        byte[] reactive = cells.Reactive.Values;
        for (int i = 0; i < cells.Count; i++)
        {
            // What is rare is asked first: whether a cell is engaged cannot be predicted.
            PhiloxBlock block = _draws[i];
            if (Draws.Uniform(block.X0) < death)
            {
                _dying.Add(i);
            }
            else if (reactive[i] == Cd8Store.Arrested)
            {
                Release(i, block, release, context);
            }
            else if (Draws.Uniform(block.X1) < divide && targets[i] != 0 && cells.Divisions[i] < _maxDivisions)
            {
                Cycle(i, block, context);
            }
        }
    }

    private void ByState(Differentiation rules, float release, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        byte[] reactive = cells.Reactive.Values, states = cells.State.Values;
        ReadOnlySpan<float> death = rules.Death, division = rules.Division;
        for (int i = 0; i < cells.Count; i++)
        {
            PhiloxBlock block = _draws[i];
            float u = Draws.Uniform(block.X1);
            if (Draws.Uniform(block.X0) < death[states[i]])
            {
                _dying.Add(i);
            }
            else if (reactive[i] == Cd8Store.Arrested)
            {
                Release(i, block, release, context);
            }
            else if (u < division[states[i]] && rules.Divides(i, u, _maxDivisions, context))
            {
                Cycle(i, block, context);
            }
        }
    }

    /// <summary>A cell that enters the cycle divides; one whose ATR is inhibited dies of it or arrests.</summary>
    private void Cycle(int i, in PhiloxBlock block, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        float inhibited = _atr ? LocalDrug.Occupancy(_lesion, context.Exposure[DrugTarget.Atr], cells.Site[i]) : 0;
        float u = Draws.Uniform(block.X2);
        if (u < inhibited * _atrKill)
        {
            _dying.Add(i);
        }
        else if (u < inhibited)
        {
            cells.Reactive[i] = Cd8Store.Arrested;
        }
        else
        {
            _dividing.Add((cells.Id[i], i));
        }
    }

    /// <summary>An arrested cell goes on to divide as far as its ATR is free again: the rebound after the drug.</summary>
    private void Release(int i, in PhiloxBlock block, float release, in StepContext context)
    {
        Cd8Store cells = _lesion.Cd8;
        if (Draws.Uniform(block.X3) < release * (1 - LocalDrug.Occupancy(_lesion, context.Exposure[DrugTarget.Atr], cells.Site[i])))
        {
            cells.Reactive[i] = Cd8Store.TumorReactive;
            _dividing.Add((cells.Id[i], i));
        }
    }

    // Daughters are placed in the order of the mothers' hash; the dead of this step still hold their place.
    private void Divide(in StepContext context)
    {
        for (int k = 0; k < _dividing.Count; k++)
        {
            (ulong id, int cell) = _dividing[k];
            _dividing[k] = (context.Rank(id, Purpose.SiteClaim, 0x8000), cell);
        }

        _dividing.Sort();
        Cd8Store cells = _lesion.Cd8;
        foreach ((ulong _, int mother) in _dividing)
        {
            ulong daughter = context.NewId(cells.Id[mother], Purpose.Cd8Fate, 0);
            int site = Occupancy.FreeSiteNear(_lesion, _lesion.Shape, cells.Site[mother], daughter);
            if (site < 0)
            {
                _lesion.Ledger.Add(Booking.Cd8BirthsBlocked);
                continue;
            }

            (byte state, byte divisions) = _states?.Daughter(mother, context) ?? (cells.State[mother], ++cells.Divisions[mother]);
            Occupancy.AddCd8(_lesion, daughter, site, cells.Exhaustion[mother], divisions, cells.Reactive[mother], state);
            _lesion.Ledger.Add(Booking.Cd8Births);
        }
    }

    private readonly struct Exhausting(Cd8Fate fate, StepContext context) : IRowKernel
    {
        public void Run(int first, int end) => fate._exhaustion.Run(first, end, (float)context.StepHours, context.Exposure);
    }
}
