namespace TmeSim.Experiments.Folders;

/// <summary>
/// What a snapshot holds beyond the first format: with the plan enough to compute the sources of all fields again. Arrays over sites are
/// shaped as those of the <see cref="TissueSnapshot"/>, lists are in the order of their sites.
/// </summary>
public sealed record SnapshotDetail
{
    /// <summary>ECM/CAF density of each site, 0–1.</summary>
    public required float[] Stroma { get; init; }

    /// <summary>MHC-I of the tumour cell at a site relative to rest; 0 elsewhere.</summary>
    public required float[] Mhc1 { get; init; }

    /// <summary>PD-L1 of the tumour cell at a site [molecules/µm²]; 0 elsewhere.</summary>
    public required float[] Pdl1 { get; init; }

    /// <summary>
    /// Capacity of a site to put out IFN-I after radiation, 1 = that of a dying cell; null in a lesion that is not irradiated.
    /// </summary>
    public float[]? RadiationSignal { get; init; }

    public required Cd8List Cd8 { get; init; }

    public required MacrophageList Macrophages { get; init; }

    public required VesselList Vessels { get; init; }

    /// <summary>Numbers of the whole lesion and patient.</summary>
    public required SnapshotLevels Levels { get; init; }
}

/// <summary>CD8 T cells.</summary>
/// <param name="Site">Place in the arrays over sites.</param>
/// <param name="Id">Lineage, the same as long as the cell lives.</param>
/// <param name="Exhaustion">Exhaustion, 0–1.</param>
/// <param name="Engaged">1 when it engages a tumour cell, else 0.</param>
/// <param name="Reactive">0 a bystander, 1 knows the tumour, 2 knows it and waits in its cycle.</param>
/// <param name="State">0 effector, 1 precursor, 2 terminally exhausted, 3 resident; all 0 in a run that does not tell them apart.</param>
public sealed record Cd8List(int[] Site, ulong[] Id, float[] Exhaustion, byte[] Engaged, byte[] Reactive, byte[] State);

/// <summary>Macrophages.</summary>
/// <param name="Site">Place in the arrays over sites.</param>
/// <param name="Id">Lineage, the same as long as the cell lives.</param>
/// <param name="Cd163">CD163 score: 0 M1-like, 1 M2-like.</param>
public sealed record MacrophageList(int[] Site, ulong[] Id, float[] Cd163);

/// <summary>Vessels, those without perfusion too.</summary>
/// <param name="Site">Place in the arrays over sites.</param>
/// <param name="Density">Lumen density, 0–1.</param>
/// <param name="Maturity">Pericyte cover, 0–1.</param>
/// <param name="Perfusion">Perfusion, 0–1.</param>
public sealed record VesselList(int[] Site, float[] Density, float[] Maturity, float[] Perfusion);
