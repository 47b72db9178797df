using System.Runtime.CompilerServices;
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
/// cell can tell for itself whether it wins, and all moves commit at once: no step depends on order or threads. Two bits a site say
/// whether one cell wants it or more, so that only cells with a rival look at the neighbours.
/// </remarks>
/// <param name="setup">The lesion and its threads.</param>
/// <param name="kind">Place of the kind in <see cref="LesionState.Kinds"/>.</param>
internal sealed unsafe class Moves(ProcessSetup setup, int kind)
{
    /// <summary>The cell stays.</summary>
    public const int Stays = 0;

    /// <summary>The cell leaves through the wall.</summary>
    public const int Leaves = -1;

    /// <summary>Cells that a thread should have to decide for: below, waking it costs more than it saves.</summary>
    public const int CellsPerBlock = 512;

    // Some cell with a lower hash wants the same site.
    private const int Loses = int.MinValue;

    private readonly LesionState _lesion = setup.Lesion;
    private readonly RowRunner _runner = setup.Runner;
    private readonly SiteBits _wanted = setup.Workspace.Wanted;
    private readonly SiteBits _contested = setup.Workspace.Contested;
    private readonly List<int> _leaving = new(64);
    private readonly (int First, int Movers)[] _blocks = new (int, int)[setup.Runner.Threads];
    private int _blocksEnded;

    /// <summary>The goal of each cell: a free site above 0, <see cref="Stays"/> or <see cref="Leaves"/>. All stay between uses.</summary>
    public int[] Goal { get; private set; } = [];

    /// <summary>
    /// Cells that do not stay. Who decides for cells first to end − 1 lists them from place <c>first</c> on, in ascending order, and says
    /// with <see cref="EndBlock"/> how many there are.
    /// </summary>
    public int[] Movers { get; private set; } = [];

    /// <summary>Cells that leave, in the order of the store; filled by <see cref="Commit"/>.</summary>
    public IReadOnlyList<int> Leaving => _leaving;

    /// <summary>Makes room for so many cells.</summary>
    public void Reserve(int cells)
    {
        if (Goal.Length < cells)
        {
            (Goal, Movers) = (new int[cells], new int[cells]);
        }
    }

    /// <summary>All of a block of cells have decided. There are no more blocks than threads.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="movers">How many stand in <see cref="Movers"/> from place <paramref name="first"/> on.</param>
    public void EndBlock(int first, int movers) => _blocks[Interlocked.Increment(ref _blocksEnded) - 1] = (first, movers);

    /// <summary>Moves the winners. Afterwards all cells stay.</summary>
    /// <param name="ids">Lineages of the cells.</param>
    /// <param name="sites">Sites of the cells, in and out.</param>
    /// <param name="context">The step.</param>
    /// <param name="subStep">Part of the step.</param>
    public void Commit(ulong[] ids, int[] sites, in StepContext context, uint subStep)
    {
        int movers = Gather();
        _runner.Run(new Settling(this, ids, sites, context, subStep), movers, CellsPerBlock);
        _runner.Run(new Moving(this, sites), movers, CellsPerBlock);
    }

    // Lists the movers of all blocks without a gap, those who leave apart, and marks what they want.
    private int Gather()
    {
        ulong* wanted = _wanted.Words.Pointer, contested = _contested.Words.Pointer;
        int all = 0;
        _leaving.Clear();
        Span<(int First, int Movers)> blocks = _blocks.AsSpan(0, _blocksEnded);
        blocks.Sort();
        _blocksEnded = 0;
        fixed (int* goals = Goal, movers = Movers)
        {
            foreach ((int first, int listed) in blocks)
            {
                for (int k = first; k < first + listed; k++)
                {
                    int cell = movers[k], goal = goals[cell];
                    if (goal < 0)
                    {
                        _leaving.Add(cell);
                        goals[cell] = Stays;
                        continue;
                    }

                    movers[all++] = cell;
                    ulong bit = 1UL << (goal & 63), before = wanted[goal >> 6];
                    wanted[goal >> 6] = before | bit;
                    contested[goal >> 6] |= before & bit;
                }
            }
        }

        return all;
    }

    private void Settle(ulong[] ids, int[] sites, in StepContext context, uint subStep, int first, int end)
    {
        int[] goals = Goal, movers = Movers;
        for (int k = first; k < end; k++)
        {
            int cell = movers[k], goal = goals[cell];
            if (_contested[goal] && !Wins(cell, goal, ids, sites, context, subStep))
            {
                goals[cell] = Loses;
            }
        }
    }

    // A rival that has lost already is not seen here: it lost against one who is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Wins(int cell, int goal, ulong[] ids, int[] sites, in StepContext context, uint subStep)
    {
        int* immune = _lesion.Immune.Pointer;
        ulong rank = context.Rank(ids[cell], Purpose.SiteClaim, subStep);
        foreach (int offset in _lesion.Shape.FaceOffsets)
        {
            int other = ImmuneCode.Index(immune[goal + offset], kind);
            if (other >= 0 && other != cell && Goal[other] == goal
                && (context.Rank(ids[other], Purpose.SiteClaim, subStep), sites[other]).CompareTo((rank, sites[cell])) < 0)
            {
                return false;
            }
        }

        return true;
    }

    // Old sites are taken and new ones free, so no two cells touch the same place. Words of bits are shared, but all write zero.
    private void Move(int[] sites, int first, int end)
    {
        int* immune = _lesion.Immune.Pointer;
        ulong* wanted = _wanted.Words.Pointer, contested = _contested.Words.Pointer;
        int[] goals = Goal, movers = Movers;
        for (int k = first; k < end; k++)
        {
            int cell = movers[k], goal = goals[cell];
            goals[cell] = Stays;
            if (goal > 0)
            {
                (wanted[goal >> 6], contested[goal >> 6]) = (0, 0);
                immune[sites[cell]] = 0;
                immune[goal] = ImmuneCode.Of(kind, cell);
                sites[cell] = goal;
            }
        }
    }

    private readonly struct Settling(Moves moves, ulong[] ids, int[] sites, StepContext context, uint subStep) : IRowKernel
    {
        public void Run(int first, int end) => moves.Settle(ids, sites, context, subStep, first, end);
    }

    private readonly struct Moving(Moves moves, int[] sites) : IRowKernel
    {
        public void Run(int first, int end) => moves.Move(sites, first, end);
    }
}
