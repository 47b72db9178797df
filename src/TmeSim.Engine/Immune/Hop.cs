using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// Direction of a hop to a face neighbour, weighted by (c_neighbour / c_here)^β, so β = 0 is an unbiased walk. Beyond the
/// wall the signal is taken to go on falling by the same factor as in the field's wall condition.
/// </summary>
internal readonly struct Hop(LatticeShape shape, float beta, float floor, float wallFactor)
{
    /// <summary>Index step of the hop, 0 on a lattice without open axes.</summary>
    public unsafe int Direction(float* field, byte* codes, int site, float u)
    {
        int[] faces = shape.FaceOffsets;
        float* weights = stackalloc float[6];
        float here = field[site] + floor, total = 0;
        for (int j = 0; j < faces.Length; j++)
        {
            int to = site + faces[j];
            float there = codes[to] == Parenchyma.Wall ? field[site] * wallFactor + floor : field[to] + floor;
            weights[j] = beta == 0 ? 1 : beta == 1 ? there / here : DetMath.Pow(there / here, beta);
            total += weights[j];
        }

        float x = u * total;
        for (int j = 0; j < faces.Length; j++)
        {
            x -= weights[j];
            if (x < 0)
            {
                return faces[j];
            }
        }

        return faces.Length == 0 ? 0 : faces[^1];
    }
}
