using TmeSim.Engine.Cd8;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Vessels;

/// <summary>Vessel sections of one lesion, at most one per site, structure of arrays; the order carries no meaning.</summary>
public sealed class VesselStore
{
    /// <summary>Bytes of a vessel.</summary>
    internal const int BytesPerVessel = sizeof(int) + (4 * sizeof(float));

    /// <summary>Site of the vessel.</summary>
    public int[] Site { get; private set; } = new int[64];

    /// <summary>Lumen density 0–1: 1 is a full vessel.</summary>
    public float[] Density { get; private set; } = new float[64];

    /// <summary>Pericyte cover 0–1.</summary>
    public float[] Maturity { get; private set; } = new float[64];

    /// <summary>Perfusion 0–1: density × (immature + (1 − immature) × maturity).</summary>
    public float[] Perfusion { get; private set; } = new float[64];

    /// <summary>Share of the T-cell adhesion left by endothelial anergy, 0–1.</summary>
    public float[] Adhesion { get; private set; } = new float[64];

    /// <summary>Vessels in the store; elements of the arrays from here on are rubbish.</summary>
    public int Count { get; private set; }

    internal int Add(int site, float density, float maturity, float perfusion)
    {
        if (Count == Site.Length)
        {
            Resize(Count * 2);
        }

        int i = Count++;
        Site[i] = site;
        Density[i] = density;
        Maturity[i] = maturity;
        Perfusion[i] = perfusion;
        Adhesion[i] = 1;
        return i;
    }

    /// <summary>Removes vessel i by moving the last one there.</summary>
    internal void RemoveAt(int i)
    {
        int last = --Count;
        Site[i] = Site[last];
        Density[i] = Density[last];
        Maturity[i] = Maturity[last];
        Perfusion[i] = Perfusion[last];
        Adhesion[i] = Adhesion[last];
    }

    internal void CopyFrom(VesselStore other)
    {
        if (Site.Length < other.Count)
        {
            Resize(other.Site.Length);
        }

        int n = Count = other.Count;
        Array.Copy(other.Site, Site, n);
        Array.Copy(other.Density, Density, n);
        Array.Copy(other.Maturity, Maturity, n);
        Array.Copy(other.Perfusion, Perfusion, n);
        Array.Copy(other.Adhesion, Adhesion, n);
    }

    internal void Transfer(StateTransfer transfer, long most)
    {
        int n = Count = transfer.Count(Count, most);
        if (Site.Length < n)
        {
            Resize(n);
        }

        transfer.Values(Site.AsSpan(0, n));
        transfer.Values(Density.AsSpan(0, n));
        transfer.Values(Maturity.AsSpan(0, n));
        transfer.Values(Perfusion.AsSpan(0, n));
        transfer.Values(Adhesion.AsSpan(0, n));
    }

    /// <summary>Element i becomes what was element order[i]. The order is scratch during the call and comes back as it was.</summary>
    internal void Reorder(int[] order)
    {
        StoreArrays.Permute(Site, order, Count);
        StoreArrays.Permute(Density, order, Count);
        StoreArrays.Permute(Maturity, order, Count);
        StoreArrays.Permute(Perfusion, order, Count);
        StoreArrays.Permute(Adhesion, order, Count);
    }

    private void Resize(int capacity)
    {
        Site = StoreArrays.Grown(Site, capacity);
        Density = StoreArrays.Grown(Density, capacity);
        Maturity = StoreArrays.Grown(Maturity, capacity);
        Perfusion = StoreArrays.Grown(Perfusion, capacity);
        Adhesion = StoreArrays.Grown(Adhesion, capacity);
    }
}
