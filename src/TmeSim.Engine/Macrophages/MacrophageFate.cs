using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Macrophages;

/// <summary>
/// <see cref="Polarisation"/>, phagocytosis and death of macrophages (MODEL.md 7.7; continuous phenotype after Bull and Byrne 2023,
/// doi:10.1371/journal.pcbi.1010994).
/// </summary>
internal sealed class MacrophageFate
{
    // What happens to a cell.
    private const byte Lives = 0;
    private const byte Dies = 1;
    private const byte Eats = 2;

    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly float _up;
    private readonly float _death;
    private readonly float _csf1rGain;
    private readonly float _phagocytosis;
    private readonly List<(int Target, ulong Rank)> _eaten = new(64);
    private readonly List<int> _dying = new(64);
    private readonly CellDraws _draws;
    private readonly Polarisation _polarisation;
    private readonly PolarisationRates _rates;
    private byte[] _fate = [];

    public MacrophageFate(ProcessSetup setup)
    {
        _setup = setup;
        _draws = new CellDraws(setup.Runner);
        _lesion = setup.Lesion;
        _up = setup.IsOn(Mechanism.MacrophagePolarisation) ? setup.Rate(Parameter.MacrophagePolarisationRate) * (float)setup.Plan.Traits.Csf1
            : 0;
        float down = setup.IsOn(Mechanism.MacrophageRepolarisation) ? setup.Rate(Parameter.MacrophageRepolarisationRate) : 0;
        _rates = new PolarisationRates(0, down, (float)setup.Value(Parameter.MacrophageHypoxiaHalf),
            (float)setup.Value(Parameter.SuppressiveTgfbShare), 0);
        _polarisation = Polarisation.Create(LaneWidths.Widest, _lesion);
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
            _fate = new byte[cells.Capacity];
        }

        _setup.Runner.Run(new Deciding(this, context), cells.Count, Moves.CellsPerBlock);
        _eaten.Clear();
        _dying.Clear();
        for (int i = Next(0); i < cells.Count; i = Next(i + 1))
        {
            if (_fate[i] == Dies)
            {
                _dying.Add(i);
            }
            else
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
        _polarisation.Run(first, end, _rates with { Up = _up * (float)_lesion.Multipliers[Multiplier.Polarisation], StepHours = dt },
            context.Exposure);
        TargetExposure csf1r = context.Exposure[DrugTarget.Csf1r];
        ReadOnlySpan<float> scores = cells.Score.Span;
        ReadOnlySpan<uint> words = _draws.Words;
        Span<byte> fate = _fate;
        for (int i = first; i < end; i++)
        {
            float blocked = LocalDrug.Occupancy(_lesion, csf1r, cells.Site[i]);
            float death = _death * (1 + _csf1rGain * blocked) * dt, meal = _phagocytosis * (1 - scores[i]) * dt;
            float u0 = Draws.Uniform(words[4 * i]), u1 = Draws.Uniform(words[4 * i + 1]);

            // 1 − exp(−k) ≤ k: nearly every cell is settled without an exponential.
            fate[i] = (u0 < death) | (u1 < meal) ? Fate(u0, death, u1, meal) : Lives;
        }
    }

    private static byte Fate(float u0, float death, float u1, float meal) =>
        u0 < DetMath.Probability(death) ? Dies : u1 < DetMath.Probability(meal) ? Eats : Lives;

    // The first cell from one on to which something happens, or the number of cells.
    private int Next(int from)
    {
        ReadOnlySpan<byte> left = _fate.AsSpan(0, _lesion.Macrophages.Count)[from..];
        int at = left.IndexOfAnyExcept(Lives);
        return from + (at < 0 ? left.Length : at);
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

    private readonly struct Deciding(MacrophageFate fate, StepContext context) : IRowKernel
    {
        public void Run(int first, int end) => fate.Decide(first, end, context);
    }
}
