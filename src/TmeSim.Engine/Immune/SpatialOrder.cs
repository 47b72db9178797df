using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// Sorts the stores by site now and then, so that cells that are neighbours in the tissue are neighbours in memory: on large lattices
/// a step over cells in the order of their birth misses the cache at almost every one. Rules do not see the order.
/// </summary>
internal sealed class SpatialOrder(LesionState lesion)
{
    /// <summary>Hours between sorts: in this time a CD8 T cell drifts some ten sites.</summary>
    public const double IntervalHours = 12;

    private int[] _sites = [];
    private int[] _order = [];

    /// <summary>Sorts immune cells and vessels.</summary>
    public void Sort()
    {
        for (int kind = 0; kind < lesion.Stores.Count; kind++)
        {
            ImmuneStore cells = lesion.Stores[kind];
            Sort(cells);
            for (int i = 0; i < cells.Count; i++)
            {
                Occupancy.Place(lesion, kind, i, cells.Site[i]);
            }
        }

        Sort(lesion.Vessels);
    }

    // Sites of a store are unique, so the order is too.
    private void Sort(CellStore store)
    {
        int count = store.Count;
        if (_order.Length < count)
        {
            (_sites, _order) = (new int[store.Capacity], new int[store.Capacity]);
        }

        for (int i = 0; i < count; i++)
        {
            (_sites[i], _order[i]) = (store.Site[i], i);
        }

        Array.Sort(_sites, _order, 0, count);
        store.Reorder(_order);
    }
}
