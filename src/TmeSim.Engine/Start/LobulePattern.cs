using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Start;

/// <summary>A portal tract or central vein in the plane of the first two open axes; along a third it is a column.</summary>
/// <param name="X">Place along the first open axis from the centre of the lattice [µm].</param>
/// <param name="Y">The same along the second.</param>
/// <param name="AlongX">Unit vector of its longer axis.</param>
/// <param name="AlongY">The same.</param>
/// <param name="Aspect">Length over width of a tract; 0 for a central vein.</param>
internal readonly record struct LobulePoint(double X, double Y, double AlongX, double AlongY, double Aspect)
{
    /// <summary>A portal tract, else a central vein.</summary>
    public bool IsTract => Aspect > 0;

    /// <summary>Squared distance of a place in radii of a tract of this diameter [µm]: at most 1 inside.</summary>
    public double Squared(double x, double y, double diameterUm)
    {
        (double dx, double dy) = (x - X, y - Y);
        double along = ((dx * AlongX) + (dy * AlongY)) / Math.Sqrt(Aspect), across = ((dy * AlongX) - (dx * AlongY)) * Math.Sqrt(Aspect);
        return ((along * along) + (across * across)) * 4 / (diameterUm * diameterUm);
    }
}

/// <summary>
/// Liver lobules: central veins on a triangular lattice, portal tracts at the corners of the hexagons around them, turned and shifted at
/// random, each off its place a little (MODEL.md 7.12a).
/// </summary>
internal static class LobulePattern
{
    /// <summary>A tract is at most this much longer than wide.</summary>
    private const double LongestTract = 1.8;

    /// <summary>Tracts and veins of a lattice and a margin of one lobule around it, in a fixed order.</summary>
    public static IReadOnlyList<LobulePoint> Of(LatticeShape shape, ParameterSet parameters, RandomKey key)
    {
        double edge = parameters[Parameter.LiverTractDistance], jitter = parameters[Parameter.LiverLobuleJitter] * edge;
        double across = Math.Sqrt(3.0) * edge;
        var axes = new TissueAxes(shape);
        var hash = new LayoutHash(key, LayoutHash.Lobules);
        (double cos, double sin) = hash.Direction(0, 0, 0);
        (double shiftX, double shiftY) = (hash.Uniform(1, 0, 0), hash.Uniform(1, 0, 1));
        double reach = axes.HalfDiagonalUm(2) + (2 * edge);
        int most = (int)(reach / (1.5 * edge)) + 2;
        var points = new List<LobulePoint>();
        for (int j = -most; j <= most; j++)
        {
            // A row is half a lobule off for each row before it.
            int back = (int)Math.Floor(j / 2.0);
            for (int i = -most - back; i <= most - back; i++)
            {
                double x = across * (i + shiftX + ((j + shiftY) / 2)), y = 1.5 * edge * (j + shiftY);
                Add(i, j, 0, x, y, 0);
                Add(i, j, 1, x, y + edge, 1);
                Add(i, j, 2, x, y - edge, 1);
            }
        }

        return points;

        void Add(int i, int j, int kind, double x, double y, double aspect)
        {
            double atX = (cos * x) - (sin * y) + (jitter * ((2 * hash.Uniform(i, j, 10 + kind)) - 1));
            double atY = (sin * x) + (cos * y) + (jitter * ((2 * hash.Uniform(i, j, 20 + kind)) - 1));
            if (Math.Abs(atX) < reach && Math.Abs(atY) < reach)
            {
                (double along, double beside) = hash.Direction(i, j, 30 + kind);
                points.Add(new LobulePoint(atX, atY, along, beside, aspect * (1 + ((LongestTract - 1) * hash.Uniform(i, j, 40 + kind)))));
            }
        }
    }
}
