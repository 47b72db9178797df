using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// A motility sub-step of one kind of immune cells: where each wants to go, who may, and the moves themselves. Of the cells that want
/// the same site the one with the lowest hash of (lineage, step, sub-step) goes, ties by the lower origin; the others stay.
/// </summary>
/// <remarks>
/// Goals are free sites of the old state next to their cells. So whoever wants the same site stands on one of its face neighbours, each
/// cell can tell for itself whether it wins, and all moves commit at once: no step depends on order or threads.
/// </remarks>
/// <param name="setup">The lesion and its threads.</param>
/// <param name="kind">Place of the kind in <see cref="LesionState.Kinds"/>.</param>
internal sealed class Moves(ProcessSetup setup, int kind)
{
    /// <summary>The cell stays.</summary>
    public const int Stays = 0;

    /// <summary>The cell leaves through the wall.</summary>
    public const int Leaves = -1;

    /// <summary>Cells that a thread should have to decide for: below, waking it costs more than it saves.</summary>
    public const int CellsPerBlock = 512;

    private readonly LesionState _lesion = setup.Lesion;
    private readonly RowRunner _runner = setup.Runner;
    private readonly List<int> _leaving = new(64);
    private bool[] _wins = [];

    /// <summary>The goal of each cell: a free site above 0, <see cref="Stays"/> or <see cref="Leaves"/>.</summary>
    public int[] Goal { get; private set; } = [];

    /// <summary>Cells that leave, in the order of the store; filled by <see cref="Commit"/>.</summary>
    public IReadOnlyList<int> Leaving => _leaving;

    /// <summary>Makes room for so many cells.</summary>
    public void Reserve(int cells)
    {
        if (Goal.Length < cells)
        {
            Goal = new int[cells];
            _wins = new bool[cells];
        }
    }

    /// <summary>Moves the winners.</summary>
    /// <param name="ids">Lineages of the cells.</param>
    /// <param name="sites">Sites of the cells, in and out.</param>
    /// <param name="count">How many cells.</param>
    /// <param name="context">The step.</param>
    /// <param name="subStep">Part of the step.</param>
    public void Commit(ulong[] ids, int[] sites, int count, in StepContext context, uint subStep)
    {
        _runner.Run(new Settling(this, ids, sites, context, subStep), count, CellsPerBlock);
        _runner.Run(new Moving(this, sites), count, CellsPerBlock);
        _leaving.Clear();
        for (int i = 0; i < count; i++)
        {
            if (Goal[i] == Leaves)
            {
                _leaving.Add(i);
            }
        }
    }

    private unsafe void Settle(ulong[] ids, int[] sites, in StepContext context, uint subStep, int first, int end)
    {
        int* immune = _lesion.Immune.Pointer;
        int[] faces = _lesion.Shape.FaceOffsets;
        for (int i = first; i < end; i++)
        {
            _wins[i] = Goal[i] > 0 && Wins(i, Goal[i], immune, faces, ids, sites, context, subStep);
        }
    }

    private unsafe bool Wins(int cell, int goal, int* immune, int[] faces, ulong[] ids, int[] sites, in StepContext context, uint subStep)
    {
        ulong rank = 0;
        bool ranked = false;
        foreach (int offset in faces)
        {
            int other = ImmuneCode.Index(immune[goal + offset], kind);
            if (other < 0 || other == cell || Goal[other] != goal)
            {
                continue;
            }

            rank = ranked ? rank : context.Rank(ids[cell], Purpose.SiteClaim, subStep);
            ranked = true;
            if ((context.Rank(ids[other], Purpose.SiteClaim, subStep), sites[other]).CompareTo((rank, sites[cell])) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct Settling(Moves moves, ulong[] ids, int[] sites, StepContext context, uint subStep) : IRowKernel
    {
        public void Run(int first, int end) => moves.Settle(ids, sites, context, subStep, first, end);
    }

    // Old sites are taken and new ones free, so no two cells touch the same place.
    private readonly struct Moving(Moves moves, int[] sites) : IRowKernel
    {
        public void Run(int first, int end) => moves.Move(sites, first, end);
    }

    private void Move(int[] sites, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (_wins[i])
            {
                _lesion.Immune[sites[i]] = 0;
                sites[i] = Goal[i];
                Occupancy.Place(_lesion, kind, i, sites[i]);
            }
        }
    }
}
