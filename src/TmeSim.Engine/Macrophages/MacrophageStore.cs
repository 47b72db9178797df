using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Macrophages of one lesion.</summary>
public sealed class MacrophageStore : CellStore
{
    internal MacrophageStore()
    {
        Id = NewColumn<ulong>();
        Site = NewColumn<int>();
        Score = NewColumn<float>();
        Polarisability = NewColumn<float>();
    }

    /// <summary>Lineage id, unique in the lesion.</summary>
    public Column<ulong> Id { get; }

    /// <inheritdoc/>
    public override Column<int> Site { get; }

    /// <summary>CD163 score: 0 = M1-like, 1 = M2-like.</summary>
    public Column<float> Score { get; }

    /// <summary>The cell's own factor on polarisation, log-normal with median 1.</summary>
    public Column<float> Polarisability { get; }

    internal int Add(ulong id, int site, float score, float polarisability)
    {
        int i = Add();
        Id[i] = id;
        Site[i] = site;
        Score[i] = score;
        Polarisability[i] = polarisability;
        return i;
    }
}
