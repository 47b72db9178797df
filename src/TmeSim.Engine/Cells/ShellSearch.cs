using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>
/// Finds the nearest site that can take up a pushed cell: near ones from a table of offsets in the order of their distance,
/// farther ones on the faces of growing cubes, which need no table (one for 200 sites around would take half a gigabyte in 3D).
/// </summary>
internal sealed class ShellSearch
{
    /// <summary>Largest reach of the table [sites] by number of open axes: some 3 MB at most.</summary>
    private static readonly int[] TableReach = [1, 4096, 256, 32];

    private readonly LatticeShape _shape;
    private (int Squared, int X, int Y, int Z)[] _offsets = [];
    private int _reach;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        Extend(Math.Min(16, LargestTable));
    }

    private int LargestTable => Math.Min(TableReach[_shape.Dimensions], LargestReach);

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

            if (_reach >= LargestTable)
            {
                return NearestBeyond(lesion, site, context);
            }

            Extend(Math.Min(_reach * 2, LargestTable));
        }
    }

    // Nothing lies within the reach of the table. Sites at Chebyshev distance r are at least r away, so the search ends with
    // the first cube whose half edge is more than the best distance.
    private int NearestBeyond(LesionState lesion, int site, in StepContext context)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        var nearest = new Candidate(-1, long.MaxValue, ulong.MaxValue);
        for (long r = _reach / 2; r <= Math.Max(_shape.Nx, Math.Max(_shape.Ny, _shape.Nz)) && r * r <= nearest.Squared; r++)
        {
            int reach = (int)r;
            for (int dz = -Math.Min(reach, z); dz <= Math.Min(reach, _shape.Nz - 1 - z); dz++)
            {
                for (int dy = -Math.Min(reach, y); dy <= Math.Min(reach, _shape.Ny - 1 - y); dy++)
                {
                    // Inside the cube only the two ends of a row lie on its surface.
                    bool face = Math.Abs(dz) == reach || Math.Abs(dy) == reach;
                    for (int dx = -reach; dx <= reach; dx += face ? 1 : Math.Max(1, 2 * reach))
                    {
                        if ((uint)(x + dx) < (uint)_shape.Nx)
                        {
                            Consider(lesion, site, _shape.Site(x + dx, y + dy, z + dz), (long)dx * dx + (long)dy * dy + (long)dz * dz, context, ref nearest);
                        }
                    }
                }
            }
        }

        return nearest.Site;
    }

    private static void Consider(LesionState lesion, int from, int site, long squared, in StepContext context, ref Candidate nearest)
    {
        if (squared > nearest.Squared || !TakesACell(lesion.ParenchymaCodes[site]))
        {
            return;
        }

        ulong rank = context.Rank(Mix.Hash((ulong)from, (ulong)site), Purpose.PushTarget);
        if (squared < nearest.Squared || rank < nearest.Rank)
        {
            nearest = new Candidate(site, squared, rank);
        }
    }

    private readonly record struct Candidate(int Site, long Squared, ulong Rank);

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
