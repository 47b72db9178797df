using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Stroma;

/// <summary>Cleared ground scars: its matrix moves by a share of its way up to the density of scar, nowhere down (MODEL.md 7.8a).</summary>
/// <param name="lesion">The tissue.</param>
/// <param name="density">Matrix density of scar.</param>
/// <param name="share">Share of the way.</param>
internal readonly struct ScarPass(LesionState lesion, float density, float share) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row);
            for (int site = start; site < start + shape.Nx; site++)
            {
                float now = lesion.Stroma[site];
                if (now < density && ClearedGround.Holds(lesion, site))
                {
                    lesion.Stroma[site] = now + ((density - now) * share);
                }
            }
        }
    }
}
