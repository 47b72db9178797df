using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>Finds the nearest site that can take up a pushed cell by looking at offsets in the order of their distance.</summary>
internal sealed class ShellSearch
{
    private readonly LatticeShape _shape;
    private (int Squared, int X, int Y, int Z)[] _offsets = [];
    private int _reach;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        Extend(Math.Min(16, LargestReach));
    }

    private int LargestReach => Math.Max(_shape.Nx, Math.Max(_shape.Ny, _shape.Nz)) * (_shape.Dimensions > 1 ? 2 : 1);

    /// <summary>True for free sites and hepatocytes.</summary>
    public static bool TakesACell(byte code) => code is Parenchyma.Empty or Parenchyma.Hepatocyte;

    /// <summary>
    /// The nearest free or hepatocyte site, ties by lowest hash; −1 when there is none within the Chebyshev distance
    /// <paramref name="chebyshev"/> (1 = Moore neighbours).
    /// </summary>
    public int Nearest(LesionState lesion, int site, int chebyshev, in StepContext context)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        int best = -1, bestSquared = int.MaxValue;
        ulong bestRank = ulong.MaxValue;
        int i = 0;
        while (true)
        {
            for (; i < _offsets.Length; i++)
            {
                (int squared, int dx, int dy, int dz) = _offsets[i];
                if (squared > bestSquared)
                {
                    return best;
                }

                if (chebyshev == 1 && squared > _shape.Dimensions)
                {
                    return best;
                }

                if (!_shape.Contains(x + dx, y + dy, z + dz))
                {
                    continue;
                }

                int candidate = _shape.Site(x + dx, y + dy, z + dz);
                if (!TakesACell(lesion.ParenchymaCodes[candidate]))
                {
                    continue;
                }

                ulong rank = context.Rank(Mix.Hash((ulong)site, (ulong)candidate), Purpose.PushTarget);
                if (rank < bestRank)
                {
                    (best, bestSquared, bestRank) = (candidate, squared, rank);
                }
            }

            if (best >= 0 || _reach >= LargestReach)
            {
                return best;
            }

            Extend(Math.Min(_reach * 2, LargestReach));
        }
    }

    // All offsets with distance ≤ reach, sorted; a prefix of every larger table, so a search can go on where it was.
    private void Extend(int reach)
    {
        var found = new List<(int, int, int, int)>();
        int rx = Math.Min(reach, _shape.Nx - 1), ry = Math.Min(reach, _shape.Ny - 1), rz = Math.Min(reach, _shape.Nz - 1);
        for (int z = -rz; z <= rz; z++)
        {
            for (int y = -ry; y <= ry; y++)
            {
                for (int x = -rx; x <= rx; x++)
                {
                    int squared = x * x + y * y + z * z;
                    if (squared > 0 && squared <= reach * reach)
                    {
                        found.Add((squared, x, y, z));
                    }
                }
            }
        }

        found.Sort();
        _offsets = [.. found];
        _reach = reach;
    }
}
