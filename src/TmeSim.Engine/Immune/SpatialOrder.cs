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

    /// <summary>Sorts CD8 T cells, macrophages and vessels.</summary>
    public void Sort()
    {
        Sort(lesion.Cd8);
        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            lesion.Immune[lesion.Cd8.Site[i]] = i + 1;
        }

        Sort(lesion.Macrophages);
        for (int i = 0; i < lesion.Macrophages.Count; i++)
        {
            lesion.Immune[lesion.Macrophages.Site[i]] = -(i + 1);
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
