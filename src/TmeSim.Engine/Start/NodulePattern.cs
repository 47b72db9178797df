using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Start;

/// <summary>
/// Septa: the tumour is split into the cells of a Voronoi diagram whose seeds stand in the boxes of a grid, one in each, and what lies
/// within half a width of the plane between two nodules is septum (MODEL.md 7.12a).
/// </summary>
internal sealed class NodulePattern
{
    private readonly LayoutHash _hash;
    private readonly double _box;
    private readonly double _half;
    private readonly int _axes;

    public NodulePattern(LatticeShape shape, ParameterSet parameters, RandomKey key)
    {
        _hash = new LayoutHash(key, LayoutHash.Septa);
        _box = parameters[Parameter.TumorSeptumDistance];
        _half = parameters[Parameter.TumorSeptumWidth] / 2;
        _axes = shape.Dimensions;
    }

    /// <summary>True in a septum. Places [µm] along open axes; 0 along others.</summary>
    public bool IsSeptum(double x, double y, double z)
    {
        // Two seeds are less than a box's diagonal away, so the next box but one on each side is far enough.
        int reachY = _axes > 1 ? 2 : 0, reachZ = _axes > 2 ? 2 : 0;
        (int i0, int j0, int k0) = (Box(x), Box(y), Box(z));
        (double x, double y, double z) first = default;
        double nearest = double.MaxValue;
        Span<(double X, double Y, double Z)> seeds = stackalloc (double, double, double)[5 * 5 * 5];
        int count = 0;
        for (int k = -reachZ; k <= reachZ; k++)
        {
            for (int j = -reachY; j <= reachY; j++)
            {
                for (int i = -2; i <= 2; i++)
                {
                    (double X, double Y, double Z) seed = Seed(i0 + i, j0 + j, k0 + k);
                    double squared = Squared(x - seed.X, y - seed.Y, z - seed.Z);
                    seeds[count++] = seed;
                    if (squared < nearest)
                    {
                        (nearest, first) = (squared, seed);
                    }
                }
            }
        }

        foreach ((double X, double Y, double Z) seed in seeds[..count])
        {
            double apart = Squared(seed.X - first.x, seed.Y - first.y, seed.Z - first.z);
            double beyond = Squared(x - seed.X, y - seed.Y, z - seed.Z) - nearest;

            // Distance from the plane half way between the two: (b² − a²)/2d.
            if (apart > 0 && beyond * beyond < 4 * _half * _half * apart)
            {
                return true;
            }
        }

        return false;
    }

    private int Box(double at) => (int)Math.Floor(at / _box);

    private (double X, double Y, double Z) Seed(int i, int j, int k) =>
        ((i + Within(i, j, k, 0)) * _box, _axes > 1 ? (j + Within(i, j, k, 1)) * _box : 0, _axes > 2 ? (k + Within(i, j, k, 2)) * _box : 0);

    // Not at the walls of its box, so that no two seeds all but meet.
    private double Within(int i, int j, int k, int axis) => 0.15 + (0.7 * _hash.Uniform(i, j, k, axis));

    private static double Squared(double x, double y, double z) => (x * x) + (y * y) + (z * z);
}
