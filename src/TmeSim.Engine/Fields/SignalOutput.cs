using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>IFN-I of irradiated cells: rhs += amount · capacity at each site, living or dying.</summary>
internal readonly struct SignalOutput(LatticeShape shape, SiteArray<float> signal, SiteArray<float> source, float amount) : IRowKernel
{
    public void Run(int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row);
            ReadOnlySpan<float> capacity = signal.Span.Slice(start, shape.Nx);
            Span<float> rhs = source.Writable.Slice(start, shape.Nx);
            for (int x = 0; x < rhs.Length; x++)
            {
                rhs[x] += amount * capacity[x];
            }
        }
    }
}
