using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.State;

/// <summary>Vessel sections of one lesion.</summary>
public sealed class VesselStore : CellStore
{
    internal VesselStore()
    {
        Site = NewColumn<int>();
        Density = NewColumn<float>();
        Maturity = NewColumn<float>();
        Perfusion = NewColumn<float>();
        Adhesion = NewColumn<float>();
    }

    /// <summary>Site of the vessel.</summary>
    public override Column<int> Site { get; }

    /// <summary>Lumen density 0–1: 1 is a full vessel.</summary>
    public Column<float> Density { get; }

    /// <summary>Pericyte cover 0–1.</summary>
    public Column<float> Maturity { get; }

    /// <summary>Perfusion 0–1: density × (immature + (1 − immature) × maturity).</summary>
    public Column<float> Perfusion { get; }

    /// <summary>Share of the T-cell adhesion left by endothelial anergy, 0–1.</summary>
    public Column<float> Adhesion { get; }

    internal int Add(int site, float density, float maturity, float perfusion)
    {
        int i = Add();
        Site[i] = site;
        Density[i] = density;
        Maturity[i] = maturity;
        Perfusion[i] = perfusion;
        Adhesion[i] = 1;
        return i;
    }

    // The four traits are one block, not words.
    internal override void Hash(ref StateHasher hasher, int i)
    {
        hasher.Add((ulong)Site[i]);
        hasher.Add<float>([Density[i], Maturity[i], Perfusion[i], Adhesion[i]]);
    }
}
