using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Macrophages;

/// <summary>
/// Polarisation, phagocytosis and death of macrophages. Score: dp/dt = k12 · x · (H(S) + hypoxia)(1 − p) − k21 · H(I) · p,
/// integrated exactly over the step with the fields held (MODEL.md 7.7; continuous phenotype after Bull and Byrne
/// 2023, doi:10.1371/journal.pcbi.1010994).
/// </summary>
internal sealed class MacrophageFate
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly float _up;
    private readonly float _down;
    private readonly float _hypoxiaHalf;
    private readonly float _tgfbShare;
    private readonly float _death;
    private readonly float _csf1rGain;
    private readonly float _phagocytosis;
    private readonly List<(int Target, ulong Rank)> _eaten = new(64);
    private readonly List<int> _dying = new(64);
    private readonly CellDraws _draws = new();
    private Event[] _fate = [];

    public MacrophageFate(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _up = setup.IsOn(Mechanism.MacrophagePolarisation) ? setup.Rate(Parameter.MacrophagePolarisationRate) : 0;
        _down = setup.IsOn(Mechanism.MacrophageRepolarisation) ? setup.Rate(Parameter.MacrophageRepolarisationRate) : 0;
        _hypoxiaHalf = (float)setup.Value(Parameter.MacrophageHypoxiaHalf);
        _tgfbShare = (float)setup.Value(Parameter.SuppressiveTgfbShare);
        _death = setup.IsOn(Mechanism.MacrophageDeath) ? setup.Rate(Parameter.MacrophageDeathRate) : 0;
        _csf1rGain = (float)setup.Value(Parameter.MacrophageCsf1rDeathGain);
        _phagocytosis = setup.IsOn(Mechanism.MacrophagePhagocytosis) ? setup.Rate(Parameter.MacrophagePhagocytosisRate) : 0;
    }

    public void Step(in StepContext context)
    {
        MacrophageStore cells = _lesion.Macrophages;
        _draws.Draw(cells.Id.Values, cells.Count, Purpose.MacrophageFate, context);
        if (_fate.Length < cells.Capacity)
        {
            _fate = new Event[cells.Capacity];
        }

        _setup.Runner.Run(new Deciding(this, context), cells.Count, Moves.CellsPerBlock);
        _eaten.Clear();
        _dying.Clear();
        for (int i = 0; i < cells.Count; i++)
        {
            if (_fate[i] == Event.Dies)
            {
                _dying.Add(i);
            }
            else if (_fate[i] == Event.Eats)
            {
                ClaimMeal(cells.Id[i], cells.Site[i], context);
            }
        }

        Commit();
    }

    /// <summary>New scores and what happens, each cell for itself.</summary>
    private void Decide(int first, int end, in StepContext context)
    {
        MacrophageStore cells = _lesion.Macrophages;
        float dt = (float)context.StepHours;
        float polarisation = _up * (float)_lesion.Multipliers[Multiplier.Polarisation];
        for (int i = first; i < end; i++)
        {
            int site = cells.Site[i];
            float blocked = LocalDrug.Occupancy(_lesion, context.Exposure[DrugTarget.Csf1r], site);
            Polarise(i, site, polarisation * (1 - blocked), dt, context.Exposure);
            PhiloxBlock block = _draws[i];
            _fate[i] = Happens(block.X0, _death * (1 + _csf1rGain * blocked) * dt) ? Event.Dies
                : Happens(block.X1, _phagocytosis * (1 - cells.Score[i]) * dt) ? Event.Eats : Event.None;
        }
    }

    // 1 − exp(−k) ≤ k: nearly every draw is settled without an exponential.
    private static bool Happens(uint word, float hazard)
    {
        float u = Draws.Uniform(word);
        return u < hazard && u < DetMath.Probability(hazard);
    }

    private void Polarise(int i, int site, float rate, float dt, in Exposure exposure)
    {
        float suppressive = LocalDrug.FreeSuppressive(_lesion, exposure, _tgfbShare, site);
        float ifng = _lesion.Field(FieldId.Ifng)[site];
        float depth = _lesion.Field(FieldId.Oxygen)[site] / _hypoxiaHalf;
        float up = rate * _lesion.Macrophages.Polarisability[i] * (suppressive / (1 + suppressive) + 1 / (1 + depth * depth));
        float down = _down * ifng / (1 + ifng);
        float total = up + down;
        if (total > 0)
        {
            float score = _lesion.Macrophages.Score[i];
            _lesion.Macrophages.Score[i] = score + (up / total - score) * DetMath.Probability(total * dt);
        }
    }

    private void ClaimMeal(ulong id, int site, in StepContext context)
    {
        int best = 0;
        ulong bestRank = ulong.MaxValue;
        if (_lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
        {
            best = site;
        }
        else
        {
            foreach (int offset in _lesion.Shape.MooreOffsets)
            {
                int candidate = site + offset;
                ulong rank = context.Rank(Mix.Hash(id, (ulong)candidate), Purpose.MacrophageTarget);
                if (_lesion.ParenchymaCodes[candidate] == Parenchyma.Tumor && (best == 0 || rank < bestRank))
                {
                    (best, bestRank) = (candidate, rank);
                }
            }
        }

        if (best != 0)
        {
            _eaten.Add((best, context.Rank(id, Purpose.MacrophageTarget)));
        }
    }

    private void Commit()
    {
        _eaten.Sort();
        int previous = 0;
        foreach ((int target, ulong _) in _eaten)
        {
            if (target != previous)
            {
                TumorCellEnds.Phagocytose(_lesion, target);
                previous = target;
            }
        }

        for (int k = _dying.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(_lesion, ImmuneKinds.Macrophages, _dying[k]);
            _lesion.Ledger.Add(Booking.MacrophageDeaths);
        }
    }

    private enum Event : byte
    {
        None,
        Dies,
        Eats,
    }

    private readonly struct Deciding(MacrophageFate fate, StepContext context) : IRowKernel
    {
        public void Run(int first, int end) => fate.Decide(first, end, context);
    }
}
