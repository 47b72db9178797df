using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// What a coarse lattice leaves out: the level at the very site of a cell that puts a signal out is higher than what is interpolated there,
/// by κ q h²/D for an output q [1/h] per site of tissue. κ is the difference of the Green's functions of both lattices at their source
/// (MODEL.md 8.4); it does not depend on decay or step, because over one site a signal is steady within seconds.
/// </summary>
internal static class OwnLevels
{
    /// <summary>κ by the number of open axes.</summary>
    private static readonly float[] Kappa = [0, 0.3672f, 0.2723f, 0.1945f];

    /// <summary>Level that an output of one per step leaves at its own site.</summary>
    /// <param name="shape">The lattice of the tissue.</param>
    /// <param name="coupling">D dt/h².</param>
    public static float PerOutput(LatticeShape shape, double coupling) => (float)(Kappa[shape.Dimensions] / coupling);

    /// <summary>levels[site] += m1 (1 − p) + m2 p of the macrophage there. Runs over macrophages.</summary>
    internal readonly struct OfMacrophages(LesionState lesion, SiteArray<float> levels, float m1, float m2) : IRowKernel
    {
        public void Run(int first, int end)
        {
            int[] sites = lesion.Macrophages.Site.Values;
            float[] score = lesion.Macrophages.Score.Values;
            for (int i = first; i < end; i++)
            {
                levels[sites[i]] += m1 * (1 - score[i]) + m2 * score[i];
            }
        }
    }

    /// <summary>levels[site] += output of the CD8 T cell there. Runs over CD8 T cells.</summary>
    internal readonly struct OfCd8(LesionState lesion, SiteArray<float> levels, float contact, float idle) : IRowKernel
    {
        public void Run(int first, int end)
        {
            Cd8Store cells = lesion.Cd8;
            for (int i = first; i < end; i++)
            {
                levels[cells.Site[i]] += cells.Target[i] != 0 ? contact * (1 - cells.Exhaustion[i]) : idle;
            }
        }
    }
}
