using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// Sorts the stores by site now and then, so that cells that are neighbours in the tissue are neighbours in memory: on large lattices
/// a step over cells in the order of their birth misses the cache at almost every one. Rules do not see the order.
/// </summary>
internal sealed class SpatialOrder
{
    /// <summary>Hours between sorts: in this time a CD8 T cell drifts some ten sites.</summary>
    public const double IntervalHours = 12;

    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly Scratch[] _scratch;

    public SpatialOrder(LesionState lesion, RowRunner runner)
    {
        (_lesion, _runner) = (lesion, runner);
        _scratch = [.. Enumerable.Range(0, lesion.Stores.Count + 1).Select(_ => new Scratch())];
    }

    /// <summary>Sorts immune cells and vessels, stores side by side.</summary>
    public void Sort() => _runner.Run(new Sorting(this), _scratch.Length, 1);

    // The last store is that of the vessels.
    private void Sort(int kind)
    {
        if (kind == _lesion.Stores.Count)
        {
            Sort(_lesion.Vessels, _scratch[kind]);
            return;
        }

        ImmuneStore cells = _lesion.Stores[kind];
        Sort(cells, _scratch[kind]);
        for (int i = 0; i < cells.Count; i++)
        {
            Occupancy.Place(_lesion, kind, i, cells.Site[i]);
        }
    }

    // Sites of a store are unique, so the order is too.
    private static void Sort(CellStore store, Scratch scratch)
    {
        int count = store.Count;
        if (scratch.Order.Length < count)
        {
            (scratch.Sites, scratch.Order) = (new int[store.Capacity], new int[store.Capacity]);
        }

        for (int i = 0; i < count; i++)
        {
            (scratch.Sites[i], scratch.Order[i]) = (store.Site[i], i);
        }

        Array.Sort(scratch.Sites, scratch.Order, 0, count);
        store.Reorder(scratch.Order);
    }

    private sealed class Scratch
    {
        public int[] Sites = [], Order = [];
    }

    private readonly struct Sorting(SpatialOrder order) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int kind = first; kind < end; kind++)
            {
                order.Sort(kind);
            }
        }
    }
}
