using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>
/// Direction of a hop to a face neighbour, weighted by (c_neighbour / c_here)^β, so β = 0 is an unbiased walk. Beyond the
/// wall the signal is taken to go on falling by the same factor as in the field's wall condition.
/// </summary>
internal readonly unsafe struct Hop(LatticeShape shape, float beta, float floor, float wallFactor)
{
    private readonly int[] _faces = shape.FaceOffsets;

    // In the plane the four ratios are one division.
    private readonly bool _four = beta == 1 && shape.FaceOffsets.Length == 4 && Vector128.IsHardwareAccelerated;

    /// <summary>The site that a cell hops to; its own on a lattice without open axes.</summary>
    /// <param name="field">The signal.</param>
    /// <param name="codes">Parenchyma codes.</param>
    /// <param name="site">Where the cell stands.</param>
    /// <param name="u">Uniform draw in [0, 1).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Target(float* field, byte* codes, int site, float u)
    {
        return _four ? Four(field, codes, site, u) : Any(field, codes, site, u);
    }

    // Which way is as good as random, so a branch on it would be mispredicted: x falls from face to face, and those where it is not
    // yet below 0 are counted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Four(float* field, byte* codes, int site, float u)
    {
        ref int faces = ref _faces[0];
        int a = site + faces, b = site + Unsafe.Add(ref faces, 1), c = site + Unsafe.Add(ref faces, 2), d = site + Unsafe.Add(ref faces, 3);
        Vector128<float> there = Vector128.Create(field[a], field[b], field[c], field[d]) + Vector128.Create(floor);
        if (codes[a] == Parenchyma.Wall | codes[b] == Parenchyma.Wall | codes[c] == Parenchyma.Wall | codes[d] == Parenchyma.Wall)
        {
            there = AtWall(there, codes, site, field[site] * wallFactor + floor);
        }

        Vector128<float> weights = there / Vector128.Create(field[site] + floor);
        float w0 = weights[0], w1 = weights[1], w2 = weights[2];
        float x0 = u * (w0 + w1 + w2 + weights[3]) - w0, x1 = x0 - w1, x2 = x1 - w2;
        return site + Unsafe.Add(ref faces, (x0 >= 0 ? 1 : 0) + (x1 >= 0 ? 1 : 0) + (x2 >= 0 ? 1 : 0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector128<float> AtWall(Vector128<float> there, byte* codes, int site, float beyond)
    {
        for (int j = 0; j < 4; j++)
        {
            there = codes[site + _faces[j]] == Parenchyma.Wall ? there.WithElement(j, beyond) : there;
        }

        return there;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Any(float* field, byte* codes, int site, float u)
    {
        float* weights = stackalloc float[6];
        float here = field[site] + floor, total = 0;
        for (int j = 0; j < _faces.Length; j++)
        {
            int to = site + _faces[j];
            float there = codes[to] == Parenchyma.Wall ? field[site] * wallFactor + floor : field[to] + floor;
            weights[j] = beta == 0 ? 1 : beta == 1 ? there / here : DetMath.Pow(there / here, beta);
            total += weights[j];
        }

        float x = u * total;
        int way = 0;
        for (int j = 0; j < _faces.Length - 1; j++)
        {
            x -= weights[j];
            way += x >= 0 ? 1 : 0;
        }

        return _faces.Length == 0 ? site : site + _faces[way];
    }
}
