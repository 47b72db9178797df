namespace TmeSim.Engine.State;

/// <summary>Macrophages of one lesion.</summary>
public sealed class MacrophageStore : ImmuneStore
{
    internal MacrophageStore()
    {
        Score = NewColumn<float>();
        Polarisability = NewColumn<float>();
    }

    /// <summary>CD163 score: 0 = M1-like, 1 = M2-like.</summary>
    public Column<float> Score { get; }

    /// <summary>The cell's own factor on polarisation, log-normal with median 1.</summary>
    public Column<float> Polarisability { get; }

    internal int Add(ulong id, int site, float score, float polarisability)
    {
        int i = Add(id, site);
        Score[i] = score;
        Polarisability[i] = polarisability;
        return i;
    }
}
