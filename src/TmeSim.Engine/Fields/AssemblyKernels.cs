using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// A number per parenchyma code, as <see cref="ILanes{T}.Lookup"/> takes it. Kernels that read codes in whole registers run past
/// the end of a row into its padding, where nothing is read afterwards.
/// </summary>
internal unsafe struct CodeTable
{
    private fixed float _values[16];

    public float this[byte code]
    {
        set => _values[code] = value;
    }

    public readonly void CopyTo(float* target)
    {
        for (int i = 0; i < 16; i++)
        {
            target[i] = _values[i];
        }
    }
}

/// <summary>Output of one site per hour, by what lives there. Hypoxia multiplies the tumour's by 1 + boost/(1 + (p/half)²).</summary>
internal struct SignalSources
{
    public float Tumor;
    public float Hepatocyte;
    public float Dying;
    public float Necrotic;
    public float HypoxiaBoost;

    /// <summary>Factors of clones on the tumour's output; none when all are 1.</summary>
    public OutputPass Clones;
}

/// <summary>
/// Dense part of a signal that does not depend on other signals: rhs = c + dt · output. Without a diagonal none is filled.
/// </summary>
internal readonly unsafe struct SignalKernel<TLane>(
    LesionState lesion, SiteArray<float> field, SiteArray<float>? diagonal, SiteArray<float> source,
    float diagonalValue, float dt, SignalSources sources, float hypoxiaHalf) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* oxygen = lesion.Field(FieldId.Oxygen).Pointer;
        float* c = field.Pointer, rhs = source.Pointer;
        float* output = stackalloc float[16], boost = stackalloc float[16];
        CodeTable table = default;
        table[Parenchyma.Hepatocyte] = dt * sources.Hepatocyte;
        table[Parenchyma.Tumor] = dt * sources.Tumor;
        table[Parenchyma.Dying] = dt * sources.Dying;
        table[Parenchyma.Necrotic] = dt * sources.Necrotic;
        table.CopyTo(output);
        table = default;
        table[Parenchyma.Tumor] = sources.HypoxiaBoost;
        table.CopyTo(boost);
        bool hypoxia = sources.HypoxiaBoost != 0 && sources.Tumor != 0, byClone = !sources.Clones.IsNone;
        TLane half = TLane.Splat(hypoxiaHalf), one = TLane.Splat(1);
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            diagonal?.Writable[start..stop].Fill(diagonalValue);
            for (int site = start; site < stop; site += TLane.Width)
            {
                TLane amount = TLane.Lookup(codes + site, output);
                if (hypoxia)
                {
                    TLane depth = TLane.Load(oxygen + site) / half;
                    amount *= one + TLane.Lookup(codes + site, boost) / (one + depth * depth);
                }

                TLane.Store(byClone ? amount : TLane.Load(c + site) + amount, rhs + site);
            }

            if (byClone)
            {
                sources.Clones.Add<TLane>(lesion, c, rhs, start, stop);
            }
        }
    }
}

/// <summary>Induction of CXCL9/10 at one site.</summary>
internal static class Chemokine
{
    /// <summary>Induction 0–1: H(I) + gain · H(D), at most 1.</summary>
    public static float Induction(float ifng, float damp, float ifngGain, float dampGain) =>
        MathF.Min(1, ifngGain * ifng / (1 + ifng) + dampGain * damp / (1 + damp));
}

/// <summary>CXCL9/10: induced by IFN-γ and DAMPs (IFN-I) in tumour cells and hepatocytes.</summary>
internal readonly unsafe struct ChemokineKernel<TLane>(
    LesionState lesion, SiteArray<float> source, OutputPass clones, float tumor, float hepatocyte, float ifngGain,
        float dampGain) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* ifng = lesion.Field(FieldId.Ifng).Pointer;
        float* damp = lesion.Field(FieldId.Damp).Pointer;
        float* c = lesion.Field(FieldId.Cxcl).Pointer, rhs = source.Pointer;
        float* output = stackalloc float[16];
        CodeTable table = default;
        table[Parenchyma.Tumor] = tumor;
        table[Parenchyma.Hepatocyte] = hepatocyte;
        table.CopyTo(output);
        bool byClone = !clones.IsNone;
        TLane one = TLane.Splat(1), byIfng = TLane.Splat(ifngGain), byDamp = TLane.Splat(dampGain);
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            for (int site = start; site < stop; site += TLane.Width)
            {
                TLane i = TLane.Load(ifng + site), d = TLane.Load(damp + site);
                TLane induction = TLane.Min(one, byIfng * i / (one + i) + byDamp * d / (one + d));
                TLane amount = TLane.Lookup(codes + site, output) * induction;
                TLane.Store(byClone ? amount : TLane.Load(c + site) + amount, rhs + site);
            }

            if (byClone)
            {
                clones.Add<TLane>(lesion, c, rhs, start, stop);
            }
        }
    }
}

/// <summary>Decay and Michaelis–Menten uptake of oxygen by tumour cells and hepatocytes.</summary>
internal readonly unsafe struct OxygenKernel<TLane>(
    LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float decay, float uptake, float km) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* p = lesion.Field(FieldId.Oxygen).Pointer;
        float* d = diagonal.Pointer;
        float* living = stackalloc float[16];
        CodeTable table = default;
        table[Parenchyma.Tumor] = uptake;
        table[Parenchyma.Hepatocyte] = uptake;
        table.CopyTo(living);
        TLane loss = TLane.Splat(decay), half = TLane.Splat(km);
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            source.Writable[start..stop].Clear();
            for (int site = start; site < stop; site += TLane.Width)
            {
                TLane.Store(loss + TLane.Lookup(codes + site, living) / (TLane.Load(p + site) + half), d + site);
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
            source.Writable[start..stop].Clear();
            for (int site = start; site < stop; site++)
            {
                d[site] = codes[site] == Parenchyma.Hepatocyte ? liver : tumor;
            }
        }
    }
}
