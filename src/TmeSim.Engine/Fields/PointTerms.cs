using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
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

/// <summary>
/// The same uptake for each vessel: diagonal += amount / sites under a site of the signals' lattice. Equal terms, so their order does not
/// matter.
/// </summary>
internal readonly unsafe struct VesselUptake(LesionState lesion, SignalLattice lattice, SiteArray<float> diagonal, float amount, bool shared)
    : IRowKernel
{
    public void Run(int first, int end)
    {
        int[] sites = lesion.Vessels.Site.Values;
        float* to = diagonal.Pointer;
        for (int i = first; i < end; i++)
        {
            float* sum = to + lattice.Cell(sites[i]);
            float part = amount * lattice.Share(sites[i]);
            if (shared)
            {
                AddShared((int*)sum, part);
            }
            else
            {
                *sum += part;
            }
        }
    }

    private static void AddShared(int* bits, float part)
    {
        for (int seen = Volatile.Read(ref *bits); ;)
        {
            int next = BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(seen) + part);
            int before = Interlocked.CompareExchange(ref *bits, next, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
