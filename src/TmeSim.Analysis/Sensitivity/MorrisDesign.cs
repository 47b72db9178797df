using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// One-at-a-time trajectories of Morris: each starts at a random grid point and changes every factor once, in random order.
/// </summary>
/// <remarks>Morris 1991, Technometrics 33, 161, doi:10.1080/00401706.1991.10484804.</remarks>
public static class MorrisDesign
{
    private const ulong Salt = 0x6D6F72726973;

    /// <summary>The rows of a key: trajectory after trajectory, dimensions + 1 rows each.</summary>
    /// <param name="trajectories">Number of trajectories, at least 1; 10 to 50 are usual.</param>
    /// <param name="dimensions">Number of factors, at least 1.</param>
    /// <param name="levels">Levels p of the grid 0, 1/(p − 1), …, 1; even, at least 2, so that all levels are equally likely. Steps are
    /// p/(2(p − 1)).</param>
    /// <param name="key">Key; the first trajectories of a key do not depend on how many follow.</param>
    /// <returns>Row-major (trajectories · (dimensions + 1)) × dimensions, in [0, 1], both ends included.</returns>
    /// <exception cref="ArgumentException">A number lies outside its range, or the points do not fit an array.</exception>
    public static double[] Points(int trajectories, int dimensions, int levels, ulong key)
    {
        if (levels < 2 || levels % 2 != 0)
        {
            throw new ArgumentException($"a Morris design needs an even number of levels, 2 or more, not {levels}", nameof(levels));
        }

        double[] points = UnitPoints.Allocate(trajectories * (dimensions + 1L), dimensions);
        RandomKey random = RandomKey.Create(key ^ Salt, 0, 0);
        var grid = new int[dimensions];
        var order = new int[dimensions];
        int row = 0;
        for (int t = 0; t < trajectories; t++)
        {
            var stream = new PhiloxStream(random, (uint)t, (uint)levels, 0);
            for (int d = 0; d < dimensions; d++)
            {
                grid[d] = stream.NextInt(levels);
                order[d] = d;
            }

            Put(points, row++, grid, levels);
            for (int i = 0; i < dimensions; i++)
            {
                int pick = i + stream.NextInt(dimensions - i);
                (order[i], order[pick]) = (order[pick], order[i]);

                // Half of the levels up or down: exactly one of the two stays on the grid.
                grid[order[i]] += grid[order[i]] < levels / 2 ? levels / 2 : -levels / 2;
                Put(points, row++, grid, levels);
            }
        }

        return points;
    }

    private static void Put(double[] points, int row, int[] grid, int levels)
    {
        for (int d = 0; d < grid.Length; d++)
        {
            points[row * grid.Length + d] = (double)grid[d] / (levels - 1);
        }
    }
}
