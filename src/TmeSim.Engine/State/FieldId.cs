namespace TmeSim.Engine.State;

/// <summary>
/// The nine fields of the engine; those of an extension count on (<see cref="FieldTable.Further"/>). Cytokines are in units of their own
/// half-maximal constant.
/// </summary>
public enum FieldId : byte
{
    /// <summary>Oxygen tension [mmHg].</summary>
    Oxygen,

    /// <summary>VEGF-A, total (free and bound) [half-maximal constant of sprouting].</summary>
    Vegf,

    /// <summary>IFN-γ [half-maximal constant of PD-L1 induction].</summary>
    Ifng,

    /// <summary>CXCL9/10 [half-maximal constant of CD8 entry].</summary>
    Cxcl,

    /// <summary>TGF-β/IL-10 [half-maximal constant of polarisation].</summary>
    Suppressive,

    /// <summary>CCL2/CSF1 [half-maximal constant of recruitment].</summary>
    Myeloid,

    /// <summary>DAMPs and IFN-I [half-maximal constant of their response].</summary>
    Damp,

    /// <summary>Antibody concentration in tissue relative to plasma [1].</summary>
    AntibodyDelivery,

    /// <summary>Small-molecule concentration in tissue relative to plasma [1].</summary>
    SmallMoleculeDelivery,
}

/// <summary>Name, unit and text of a field.</summary>
public readonly record struct FieldInfo(FieldId Id, string Key, string Label, string Unit);

/// <summary>The fields with their scenario names, in enum order.</summary>
public static class FieldTable
{
    /// <summary>One of the six secreted signals of the engine, which may live on a lattice of twice the spacing.</summary>
    public static bool IsSignal(FieldId id) =>
        id is FieldId.Vegf or FieldId.Ifng or FieldId.Cxcl or FieldId.Suppressive or FieldId.Myeloid or FieldId.Damp;

    /// <summary>Id of a field of an extension, by its place among them.</summary>
    public static FieldId Further(int i) => (FieldId)(All.Count + i);

    public static IReadOnlyList<FieldInfo> All { get; } =
    [
        new(FieldId.Oxygen, "oxygen", "Oxygen", "mmHg"),
        new(FieldId.Vegf, "vegf", "VEGF", "V50"),
        new(FieldId.Ifng, "ifng", "IFN-γ", "half-max"),
        new(FieldId.Cxcl, "cxcl", "CXCL9/10", "half-max"),
        new(FieldId.Suppressive, "suppressive", "TGF-β/IL-10", "half-max"),
        new(FieldId.Myeloid, "myeloid", "CCL2/CSF1", "half-max"),
        new(FieldId.Damp, "damp", "DAMP/IFN-I", "half-max"),
        new(FieldId.AntibodyDelivery, "antibody_delivery", "Antibody delivery", "tissue : plasma"),
        new(FieldId.SmallMoleculeDelivery, "small_molecule_delivery", "Small-molecule delivery", "tissue : plasma"),
    ];
}
