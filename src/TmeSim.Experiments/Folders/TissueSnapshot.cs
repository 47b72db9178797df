using TmeSim.Engine.State;
using TmeSim.Reports.Domain;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// The tissue of one lesion at one time, or a section of it, without halo: arrays are row-major, x fastest, then y, then z.
/// </summary>
public sealed record TissueSnapshot
{
    public required string Arm { get; init; }

    public required int Replicate { get; init; }

    public required string Lesion { get; init; }

    /// <summary>Time after t = 0 [d].</summary>
    public required double TimeDays { get; init; }

    public required int Nx { get; init; }

    public required int Ny { get; init; }

    public required int Nz { get; init; }

    /// <summary>Spacing of the sites that are here [µm].</summary>
    public required double SpacingUm { get; init; }

    /// <summary>Layer of the lattice that the first one here is.</summary>
    public int FirstLayer { get; init; }

    /// <summary>Row of the lattice that the first one here is.</summary>
    public int FirstRow { get; init; }

    /// <summary>Rows of a layer of the lattice.</summary>
    public int LatticeRows { get; init; }

    /// <summary>Every n-th layer of the lattice from the first is here; 1 = all.</summary>
    public int LayersBetween { get; init; } = 1;

    /// <summary>Layers of the lattice.</summary>
    public required int LatticeLayers { get; init; }

    /// <summary>Every n-th site of the lattice along x and y is here; 1 = all.</summary>
    public int Every { get; init; } = 1;

    /// <summary>0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic, 5 septum or sinusoidal track.</summary>
    public required byte[] Parenchyma { get; init; }

    /// <summary>
    /// 0 none, else one of <see cref="Codes"/>: 1 CD8 T cell, 2 exhausted CD8 T cell, 3 macrophage CD163−, 4 macrophage CD163+.
    /// </summary>
    public required byte[] Immune { get; init; }

    /// <summary>Clone of the tumour cell at a site; 0 elsewhere too.</summary>
    public required ushort[] CloneIndex { get; init; }

    /// <summary>Perfusion of the vessel at a site; NaN for none. Files of the first format do not hold vessels without perfusion.</summary>
    public required float[] VesselPerfusion { get; init; }

    /// <summary>What the codes of immune cells mean, from 1 on.</summary>
    public IReadOnlyList<CellCode> Codes { get; init; } = ImmuneKinds.Codes;

    /// <summary>Name and unit of each field.</summary>
    public IReadOnlyList<FieldInfo> FieldRows { get; init; } = FieldTable.All;

    /// <summary>The fields by <see cref="FieldId"/>.</summary>
    public required IReadOnlyList<float[]> Fields { get; init; }

    /// <summary>Whether its CD8 T cells are told apart by their differentiation.</summary>
    public bool HasCd8States => Detail is { } detail && detail.Cd8.State.AsSpan().ContainsAnyExcept(Cd8State.Effector);

    /// <summary>Whether the whole snapshot tells them apart, of which this may be a part.</summary>
    public bool ListsCd8States { get; init; }

    /// <summary><see cref="Immune"/> for pictures, in the codes of <see cref="Cd8StateCodes"/>.</summary>
    public byte[] ShownImmune() => HasCd8States ? Cd8StateCodes.Write(Immune, Codes.Count, Detail!.Cd8) : Immune;

    /// <summary>As a picture of an arm.</summary>
    public TissueFrame Frame(string arm) => new(arm, TimeDays, Nx, Ny, SpacingUm, Parenchyma, ShownImmune(), VesselPerfusion)
    {
        Codes = Cd8StateCodes.Codes(Codes, HasCd8States),
        Stroma = Detail?.Stroma,
    };

    /// <summary>What later formats hold beyond the first; null in a file of the first.</summary>
    public SnapshotDetail? Detail { get; init; }
}
