using TmeSim.Engine.State;

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
        Adjuvant,
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

    /// <summary>DAMP (IFN-I) that drains to the lymph node, 1 where it raises maturation by half of its gain.</summary>
    public double Adjuvant => Values[(int)Slot.Adjuvant];

    /// <summary>
    /// Central-memory CD8 T cells of the lymph node, in units of the priming that they come from, 1 at the reference; 0 where nothing
    /// forms them.
    /// </summary>
    public double Memory { get; internal set; }

    /// <summary>Neutrophil-to-lymphocyte ratio.</summary>
    public double Nlr => Neutrophils / Lymphocytes;

    internal ref double this[Slot slot] => ref Values[(int)slot];

    /// <summary>Radiation kills this share (0–1) of the circulating lymphocytes and effectors.</summary>
    internal void Irradiate(double killed)
    {
        this[Slot.Lymphocytes] *= 1 - killed;
        this[Slot.Effectors] *= 1 - killed;
    }

    // Memory that was never formed leaves no trace in the fingerprint.
    internal void Visit(StateVisitor visitor)
    {
        visitor.Values(Values.AsSpan());
        Memory = visitor.Count(Memory > 0 ? 1 : 0, 1) > 0 ? visitor.Number(Memory) : 0;
    }
}
