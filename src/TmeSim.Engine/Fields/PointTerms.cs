using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Exchange with a vessel of perfusion f: diagonal += e f, rhs += e f b. Runs over vessels, of which a site has at most one.
/// </summary>
internal readonly unsafe struct VesselExchange(LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float exchange,
    float beyond) : IRowKernel
{
    public void Run(int first, int end)
    {
        int[] sites = lesion.Vessels.Site.Values;
        float[] perfusion = lesion.Vessels.Perfusion.Values;
        float* d = diagonal.Pointer, rhs = source.Pointer;
        for (int i = first; i < end; i++)
        {
            float supply = exchange * perfusion[i];
            d[sites[i]] += supply;
            rhs[sites[i]] += supply * beyond;
        }
    }
}

/// <summary>The same term for each cell of a store: target += amount. Runs over its cells, of which a site has at most one.</summary>
internal readonly unsafe struct SameTerm(int[] sites, SiteArray<float> target, float amount) : IRowKernel
{
    public void Run(int first, int end)
    {
        float* to = target.Pointer;
        for (int i = first; i < end; i++)
        {
            to[sites[i]] += amount;
        }
    }
}

/// <summary>Output of macrophages by their CD163 score p: rhs += m2 · p, or m1 · (1 − p). Runs over macrophages.</summary>
internal readonly unsafe struct MacrophageOutput(LesionState lesion, SiteArray<float> source, float amount, bool m2) : IRowKernel
{
    public void Run(int first, int end)
    {
        int[] sites = lesion.Macrophages.Site.Values;
        float[] score = lesion.Macrophages.Score.Values;
        float* rhs = source.Pointer;
        for (int i = first; i < end; i++)
        {
            rhs[sites[i]] += amount * (m2 ? score[i] : 1 - score[i]);
        }
    }
}

/// <summary>IFN-γ of CD8 T cells: in contact by how little they are exhausted, else the idle rate. Runs over CD8 T cells.</summary>
internal readonly unsafe struct Cd8Output(LesionState lesion, SiteArray<float> source, float contact, float idle) : IRowKernel
{
    public void Run(int first, int end)
    {
        Cd8Store cells = lesion.Cd8;
        float* rhs = source.Pointer;
        for (int i = first; i < end; i++)
        {
            rhs[cells.Site[i]] += cells.Target[i] != 0 ? contact * (1 - cells.Exhaustion[i]) : idle;
        }
    }
}

/// <summary>CXCL9/10 of M1-like macrophages, induced as in other cells. Runs over macrophages.</summary>
internal readonly unsafe struct MacrophageChemokine(LesionState lesion, SiteArray<float> source, float amount, float ifngGain,
    float dampGain) : IRowKernel
{
    public void Run(int first, int end)
    {
        MacrophageStore cells = lesion.Macrophages;
        float* ifng = lesion.Field(FieldId.Ifng).Pointer, damp = lesion.Field(FieldId.Damp).Pointer, rhs = source.Pointer;
        for (int i = first; i < end; i++)
        {
            int site = cells.Site[i];
            rhs[site] += amount * (1 - cells.Score[i]) * Chemokine.Induction(ifng[site], damp[site], ifngGain, dampGain);
        }
    }
}
