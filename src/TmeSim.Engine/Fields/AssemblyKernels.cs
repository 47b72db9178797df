using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>Decay and Michaelis–Menten uptake of oxygen by tumour cells and hepatocytes.</summary>
internal readonly unsafe struct OxygenKernel<TLane>(
    LesionState lesion, SiteArray<float> diagonal, SiteArray<float> source, float decay, float uptake, float km) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* p = lesion.Field(FieldId.Oxygen).Values.Pointer;
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
