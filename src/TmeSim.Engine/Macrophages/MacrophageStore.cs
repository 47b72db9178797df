using TmeSim.Engine.Cd8;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Macrophages of one lesion, structure of arrays; the order of cells carries no meaning (see <see cref="Cd8Store"/>).</summary>
public sealed class MacrophageStore
{
    /// <summary>Bytes of a cell.</summary>
    internal const int BytesPerCell = sizeof(ulong) + sizeof(int) + (2 * sizeof(float));

    /// <summary>Lineage id, unique in the lesion.</summary>
    public ulong[] Id { get; private set; } = new ulong[64];

    /// <summary>Site of the cell.</summary>
    public int[] Site { get; private set; } = new int[64];

    /// <summary>CD163 score: 0 = M1-like, 1 = M2-like.</summary>
    public float[] Score { get; private set; } = new float[64];

    /// <summary>The cell's own factor on polarisation, log-normal with median 1.</summary>
    public float[] Polarisability { get; private set; } = new float[64];

    /// <summary>Cells in the store.</summary>
    public int Count { get; private set; }

    internal int Add(ulong id, int site, float score, float polarisability)
    {
        if (Count == Id.Length)
        {
            Resize(Count * 2);
        }

        int i = Count++;
        Id[i] = id;
        Site[i] = site;
        Score[i] = score;
        Polarisability[i] = polarisability;
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
        Score[i] = Score[last];
        Polarisability[i] = Polarisability[last];
        return true;
    }

    internal void CopyFrom(MacrophageStore other)
    {
        if (Id.Length < other.Count)
        {
            Resize(other.Id.Length);
        }

        int n = Count = other.Count;
        Array.Copy(other.Id, Id, n);
        Array.Copy(other.Site, Site, n);
        Array.Copy(other.Score, Score, n);
        Array.Copy(other.Polarisability, Polarisability, n);
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
        transfer.Values(Score.AsSpan(0, n));
        transfer.Values(Polarisability.AsSpan(0, n));
    }

    /// <summary>Element i becomes what was element order[i]. The order is scratch during the call and comes back as it was.</summary>
    internal void Reorder(int[] order)
    {
        StoreArrays.Permute(Id, order, Count);
        StoreArrays.Permute(Site, order, Count);
        StoreArrays.Permute(Score, order, Count);
        StoreArrays.Permute(Polarisability, order, Count);
    }

    private void Resize(int capacity)
    {
        Id = StoreArrays.Grown(Id, capacity);
        Site = StoreArrays.Grown(Site, capacity);
        Score = StoreArrays.Grown(Score, capacity);
        Polarisability = StoreArrays.Grown(Polarisability, capacity);
    }
}
