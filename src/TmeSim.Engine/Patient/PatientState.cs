namespace TmeSim.Engine.Patient;

/// <summary>Blood and lymph node of one patient. Levels are relative to the reference patient unless said otherwise.</summary>
public sealed class PatientState
{
    internal double[] Values { get; } = new double[Enum.GetValues<Slot>().Length];

    internal enum Slot
    {
        Effectors,
        Neutrophils,
        Lymphocytes,
        Monocytes,
        Antigen,
        MatureDendritic,
        Expanding1,
        Expanding2,
        Expanding3,
    }

    /// <summary>Circulating effector CD8 T cells.</summary>
    public double Effectors => Values[(int)Slot.Effectors];

    /// <summary>Circulating neutrophils.</summary>
    public double Neutrophils => Values[(int)Slot.Neutrophils];

    /// <summary>Circulating lymphocytes.</summary>
    public double Lymphocytes => Values[(int)Slot.Lymphocytes];

    /// <summary>Circulating monocytes.</summary>
    public double Monocytes => Values[(int)Slot.Monocytes];

    /// <summary>Tumour antigen in the lymph node, 1 at the reference release.</summary>
    public double Antigen => Values[(int)Slot.Antigen];

    /// <summary>Mature dendritic cells, 1 at antigen 1 and VEGF at its half-blocking level.</summary>
    public double MatureDendritic => Values[(int)Slot.MatureDendritic];

    /// <summary>Effectors that leave the lymph node, in units of the effector level.</summary>
    public double Egress => Values[(int)Slot.Expanding3];

    /// <summary>Neutrophil-to-lymphocyte ratio.</summary>
    public double Nlr => Neutrophils / Lymphocytes;

    internal ref double this[Slot slot] => ref Values[(int)slot];

    internal void Transfer(StateTransfer transfer) => transfer.Values(Values.AsSpan());

    internal void CopyFrom(PatientState other) => Array.Copy(other.Values, Values, Values.Length);
}
