using TmeSim.Engine.Cells;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>Output of one site per hour, by what lives there. Hypoxia multiplies the tumour's by 1 + boost/(1 + (p/half)²).</summary>
internal struct SignalSources
{
    public float Tumor;
    public float Hepatocyte;
    public float Dying;
    public float Necrotic;
    public float HypoxiaBoost;

    /// <summary>Factor of each clone on the tumour's output; null for 1.</summary>
    public float[]? CloneFactors;
}

/// <summary>Dense part of a signal that does not depend on other signals.</summary>
internal readonly unsafe struct SignalKernel(
    LesionState lesion, SiteArray<float> field, SiteArray<float> diagonal, SiteArray<float> source,
    float diagonalValue, float dt, SignalSources sources, float hypoxiaHalf) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* oxygen = lesion.Field(FieldId.Oxygen).Pointer;
        float* c = field.Pointer, rhs = source.Pointer;
        ushort* clone = lesion.CloneIndex.Pointer;
        float* table = stackalloc float[5];
        table[Parenchyma.Empty] = 0;
        table[Parenchyma.Hepatocyte] = dt * sources.Hepatocyte;
        table[Parenchyma.Tumor] = dt * sources.Tumor;
        table[Parenchyma.Dying] = dt * sources.Dying;
        table[Parenchyma.Necrotic] = dt * sources.Necrotic;
        bool hypoxia = sources.HypoxiaBoost != 0 && sources.Tumor != 0;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            diagonal.Span[start..stop].Fill(diagonalValue);
            for (int site = start; site < stop; site++)
            {
                byte code = codes[site];
                float output = table[code];
                if (code == Parenchyma.Tumor && hypoxia)
                {
                    float depth = oxygen[site] / hypoxiaHalf;
                    output *= 1 + sources.HypoxiaBoost / (1 + depth * depth);
                }

                if (code == Parenchyma.Tumor && sources.CloneFactors is not null)
                {
                    output *= sources.CloneFactors[clone[site]];
                }

                rhs[site] = c[site] + output;
            }
        }
    }
}

/// <summary>CXCL9/10: induced by IFN-γ and DAMPs (IFN-I) in tumour cells and hepatocytes.</summary>
internal readonly unsafe struct ChemokineKernel(
    LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float[] cloneFactors,
    float diagonalValue, float tumor, float hepatocyte, float ifngGain, float dampGain) : IRowKernel
{
    /// <summary>Induction 0–1: H(I) + gain · H(D), at most 1.</summary>
    public static float Induction(float ifng, float damp, float ifngGain, float dampGain) =>
        MathF.Min(1, ifngGain * ifng / (1 + ifng) + dampGain * damp / (1 + damp));

    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* ifng = lesion.Field(FieldId.Ifng).Pointer;
        float* damp = lesion.Field(FieldId.Damp).Pointer;
        float* c = lesion.Field(FieldId.Cxcl).Pointer, rhs = source.Pointer;
        ushort* clone = lesion.CloneIndex.Pointer;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            diagonal.Span[start..stop].Fill(diagonalValue);
            for (int site = start; site < stop; site++)
            {
                byte code = codes[site];
                float output = code == Parenchyma.Tumor ? tumor * cloneFactors[clone[site]] : code == Parenchyma.Hepatocyte ? hepatocyte : 0;
                rhs[site] = c[site] + output * Induction(ifng[site], damp[site], ifngGain, dampGain);
            }
        }
    }
}

/// <summary>Decay and Michaelis–Menten uptake of oxygen by tumour cells and hepatocytes.</summary>
internal readonly unsafe struct OxygenKernel(
    LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float decay, float uptake, float km) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* p = lesion.Field(FieldId.Oxygen).Pointer;
        float* d = diagonal.Pointer;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            source.Span[start..stop].Clear();
            for (int site = start; site < stop; site++)
            {
                bool living = codes[site] is Parenchyma.Tumor or Parenchyma.Hepatocyte;
                d[site] = living ? decay + uptake / (p[site] + km) : decay;
            }
        }
    }
}

/// <summary>Clearance of a drug class by tumour bed and liver.</summary>
internal readonly unsafe struct DeliveryKernel(
    LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float tumor, float liver) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* d = diagonal.Pointer;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            source.Span[start..stop].Clear();
            for (int site = start; site < stop; site++)
            {
                d[site] = codes[site] == Parenchyma.Hepatocyte ? liver : tumor;
            }
        }
    }
}
