using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// Direction of a hop to a face neighbour, weighted by (c_neighbour / c_here)^β, so β = 0 is an unbiased walk. Beyond the
/// wall the signal is taken to go on falling by the same factor as in the field's wall condition.
/// </summary>
/// <param name="shape">The lattice.</param>
/// <param name="beta">Exponent β.</param>
/// <param name="floor">Added to every level, so that a ratio is never that of two zeros.</param>
/// <param name="wallFactor">Level beyond the wall, relative to that before it.</param>
internal readonly unsafe struct Hop(LatticeShape shape, float beta, float floor, float wallFactor)
{
    /// <summary>Face neighbours at most.</summary>
    public const int MaxFaces = 6;

    /// <summary>Offsets of the face neighbours.</summary>
    public int[] Faces { get; } = shape.FaceOffsets;

    /// <inheritdoc cref="Hop" path="/param[@name='beta']"/>
    public float Beta { get; } = beta;

    /// <inheritdoc cref="Hop" path="/param[@name='floor']"/>
    public float Floor { get; } = floor;

    /// <inheritdoc cref="Hop" path="/param[@name='wallFactor']"/>
    public float WallFactor { get; } = wallFactor;

    /// <summary>The site that a cell hops to; its own on a lattice without open axes.</summary>
    /// <param name="field">The signal.</param>
    /// <param name="codes">Parenchyma codes.</param>
    /// <param name="site">Where the cell stands.</param>
    /// <param name="u">Uniform draw in [0, 1).</param>
    public int Target(float* field, byte* codes, int site, float u)
    {
        float* weights = stackalloc float[MaxFaces];
        float here = field[site] + Floor, total = 0;
        for (int j = 0; j < Faces.Length; j++)
        {
            int to = site + Faces[j];
            float there = codes[to] == Parenchyma.Wall ? field[site] * WallFactor + Floor : field[to] + Floor;
            weights[j] = Beta == 0 ? 1 : Beta == 1 ? there / here : DetMath.Pow(there / here, Beta);
            total += weights[j];
        }

        float x = u * total;
        int way = 0;
        for (int j = 0; j < Faces.Length - 1; j++)
        {
            x -= weights[j];
            way += x >= 0 ? 1 : 0;
        }

        return Faces.Length == 0 ? site : site + Faces[way];
    }
}
