using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// CD8 T cells of one lesion, structure of arrays. The order of cells carries no meaning: every rule and the state hash
/// go by lineage or by site. Removing swaps the last cell into the gap.
/// </summary>
public sealed class Cd8Store
{
    /// <summary>Bytes of a cell.</summary>
    internal const int BytesPerCell = sizeof(ulong) + (2 * sizeof(int)) + (2 * sizeof(float)) + (2 * sizeof(byte));

    /// <summary>Lineage id, unique in the lesion.</summary>
    public ulong[] Id { get; private set; } = new ulong[64];

    /// <summary>Site of the cell.</summary>
    public int[] Site { get; private set; } = new int[64];

    /// <summary>Site of the engaged tumour cell, 0 when free (0 is never a site of the tissue).</summary>
    public int[] Target { get; private set; } = new int[64];

    /// <summary>Hours left of the present engagement.</summary>
    public float[] EngagedHours { get; private set; } = new float[64];

    /// <summary>Exhaustion score 0–1.</summary>
    public float[] Exhaustion { get; private set; } = new float[64];

    /// <summary>Divisions done in the tissue.</summary>
    public byte[] Divisions { get; private set; } = new byte[64];

    /// <summary>Value of <see cref="Reactive"/> of a cell that knows the tumour.</summary>
    public const byte TumorReactive = 1;

    /// <summary>Value of <see cref="Reactive"/> of a tumour-reactive cell that waits in its cycle for ATR.</summary>
    public const byte Arrested = 2;

    /// <summary>0 for a bystander, else <see cref="TumorReactive"/> or <see cref="Arrested"/>.</summary>
    public byte[] Reactive { get; private set; } = new byte[64];

    /// <summary>Cells in the store.</summary>
    public int Count { get; private set; }

    internal int Add(ulong id, int site, float exhaustion, byte divisions, byte reactive)
    {
        if (Count == Id.Length)
        {
            Resize(Count * 2);
        }

        int i = Count++;
        Id[i] = id;
        Site[i] = site;
        Target[i] = 0;
        EngagedHours[i] = 0;
        Exhaustion[i] = exhaustion;
        Divisions[i] = divisions;
        Reactive[i] = reactive;
        return i;
    }

    /// <summary>Removes cell i by moving the last cell there; returns true when a cell was moved into place i.</summary>
    internal bool RemoveAt(int i)
    {
        int last = --Count;
        if (i == last)
        {
            return false;
        }

        Id[i] = Id[last];
        Site[i] = Site[last];
        Target[i] = Target[last];
        EngagedHours[i] = EngagedHours[last];
        Exhaustion[i] = Exhaustion[last];
        Divisions[i] = Divisions[last];
        Reactive[i] = Reactive[last];
        return true;
    }

    internal void CopyFrom(Cd8Store other)
    {
        if (Id.Length < other.Count)
        {
            Resize(other.Id.Length);
        }

        int n = Count = other.Count;
        Array.Copy(other.Id, Id, n);
        Array.Copy(other.Site, Site, n);
        Array.Copy(other.Target, Target, n);
        Array.Copy(other.EngagedHours, EngagedHours, n);
        Array.Copy(other.Exhaustion, Exhaustion, n);
        Array.Copy(other.Divisions, Divisions, n);
        Array.Copy(other.Reactive, Reactive, n);
    }

    internal void Transfer(StateTransfer transfer, long most)
    {
        int n = Count = transfer.Count(Count, most);
        if (Id.Length < n)
        {
            Resize(n);
        }

        transfer.Values(Id.AsSpan(0, n));
        transfer.Values(Site.AsSpan(0, n));
        transfer.Values(Target.AsSpan(0, n));
        transfer.Values(EngagedHours.AsSpan(0, n));
        transfer.Values(Exhaustion.AsSpan(0, n));
        transfer.Values(Divisions.AsSpan(0, n));
        transfer.Values(Reactive.AsSpan(0, n));
    }

    /// <summary>Element i becomes what was element order[i]. The order is scratch during the call and comes back as it was.</summary>
    internal void Reorder(int[] order)
    {
        StoreArrays.Permute(Id, order, Count);
        StoreArrays.Permute(Site, order, Count);
        StoreArrays.Permute(Target, order, Count);
        StoreArrays.Permute(EngagedHours, order, Count);
        StoreArrays.Permute(Exhaustion, order, Count);
        StoreArrays.Permute(Divisions, order, Count);
        StoreArrays.Permute(Reactive, order, Count);
    }

    private void Resize(int capacity)
    {
        Id = StoreArrays.Grown(Id, capacity);
        Site = StoreArrays.Grown(Site, capacity);
        Target = StoreArrays.Grown(Target, capacity);
        EngagedHours = StoreArrays.Grown(EngagedHours, capacity);
        Exhaustion = StoreArrays.Grown(Exhaustion, capacity);
        Divisions = StoreArrays.Grown(Divisions, capacity);
        Reactive = StoreArrays.Grown(Reactive, capacity);
    }
}

internal static class StoreArrays
{
    internal static T[] Grown<T>(T[] array, int capacity)
    {
        var grown = new T[capacity];
        Array.Copy(array, grown, Math.Min(array.Length, capacity));
        return grown;
    }

    /// <summary>array[i] becomes what was array[order[i]], for i below count; follows the cycles, so it needs no second array.</summary>
    internal static void Permute<T>(T[] array, int[] order, int count)
    {
        for (int start = 0; start < count; start++)
        {
            if (order[start] < 0)
            {
                continue;
            }

            // Places that are done carry the complement of their entry.
            T first = array[start];
            int i = start;
            while (order[i] != start)
            {
                int next = order[i];
                array[i] = array[next];
                order[i] = ~next;
                i = next;
            }

            array[i] = first;
            order[i] = ~start;
        }

        for (int i = 0; i < count; i++)
        {
            order[i] = ~order[i];
        }
    }
}
