using TmeSim.Reports.Plots.Ticks;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>Lines of equal value on a grid (marching squares, linear between grid points); none beside a missing value. Those of ScottPlot lack one of the two lines of a saddle.</summary>
internal static class Contours
{
    private const int MaxLevels = 6;

    // Means of a hundred equal cells span six standard errors in one of twenty maps (the studentised range).
    private const double RangeOfChance = 6;

    /// <summary>Round levels between the lowest and the highest value; none when those are the same, or lie apart by no more than chance puts them.</summary>
    /// <param name="low">Lowest value.</param>
    /// <param name="high">Highest value.</param>
    /// <param name="log">Levels at powers of ten.</param>
    /// <param name="noise">Standard error of a value; 0 for none, and on logarithmic scales.</param>
    public static IReadOnlyList<double> Levels(double low, double high, bool log, double noise = 0)
    {
        if (!(high - low > Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9) || high - low <= RangeOfChance * noise || !double.IsFinite(high - low))
        {
            return [];
        }

        IReadOnlyList<double> levels = log ? RoundTicks.Of(low, high, MaxLevels, log: true) : [];
        levels = levels.Count >= 2 ? levels : RoundTicks.Of(low, high, noise > 0 ? (int)Math.Min(MaxLevels, (high - low) / (2 * noise)) : MaxLevels);
        return [.. levels.Where(level => level > low && level < high)];
    }

    /// <summary>Runs of points at one level; a closed one ends where it begins.</summary>
    /// <param name="x">Columns, rising.</param>
    /// <param name="y">Rows, rising.</param>
    /// <param name="value">Value at column and row; not finite where missing.</param>
    /// <param name="level">Level.</param>
    public static IReadOnlyList<IReadOnlyList<(double X, double Y)>> At(double[] x, double[] y, Func<int, int, double> value, double level)
    {
        var points = new Dictionary<int, (double X, double Y)>();
        var next = new Dictionary<int, List<int>>();
        for (int row = 0; row + 1 < y.Length; row++)
        {
            for (int column = 0; column + 1 < x.Length; column++)
            {
                AddSquare(column, row);
            }
        }

        return Join(points, next);

        void AddSquare(int c, int r)
        {
            double[] corners = [value(c, r), value(c + 1, r), value(c + 1, r + 1), value(c, r + 1)];
            if (!corners.All(double.IsFinite))
            {
                return;
            }

            // Sides below, right, above, left, each between two corners.
            var crossed = new List<int>();
            int[] keys = [2 * ((r * x.Length) + c), (2 * ((r * x.Length) + c + 1)) + 1, 2 * (((r + 1) * x.Length) + c), (2 * ((r * x.Length) + c)) + 1];
            (double X, double Y)[] at = [(x[c], y[r]), (x[c + 1], y[r]), (x[c + 1], y[r + 1]), (x[c], y[r + 1])];
            for (int side = 0; side < 4; side++)
            {
                int to = (side + 1) % 4;
                if (corners[side] >= level != corners[to] >= level)
                {
                    double part = (level - corners[side]) / (corners[to] - corners[side]);
                    points[keys[side]] = (at[side].X + ((at[to].X - at[side].X) * part), at[side].Y + ((at[to].Y - at[side].Y) * part));
                    crossed.Add(keys[side]);
                }
            }

            if (crossed.Count == 2)
            {
                Link(crossed[0], crossed[1]);
            }
            else if (crossed.Count == 4)
            {
                // A saddle: its middle says which corners hang together.
                bool middle = corners.Average() >= level;
                bool first = corners[0] >= level;
                (int a, int b) = middle == first ? (1, 3) : (3, 1);
                Link(crossed[0], crossed[a]);
                Link(crossed[2], crossed[b]);
            }
        }

        void Link(int a, int b)
        {
            (next.TryGetValue(a, out List<int>? fromA) ? fromA : next[a] = []).Add(b);
            (next.TryGetValue(b, out List<int>? fromB) ? fromB : next[b] = []).Add(a);
        }
    }

    private static List<IReadOnlyList<(double X, double Y)>> Join(Dictionary<int, (double X, double Y)> points, Dictionary<int, List<int>> next)
    {
        var lines = new List<IReadOnlyList<(double X, double Y)>>();

        // Open ends first: what is left then are rings.
        foreach (int start in next.Keys.Order().Where(key => next[key].Count == 1).Concat(next.Keys.Order()).ToArray())
        {
            if (next[start].Count == 0)
            {
                continue;
            }

            var line = new List<(double X, double Y)> { points[start] };
            int at = start;
            while (next[at].Count > 0)
            {
                int to = next[at][0];
                next[at].RemoveAt(0);
                next[to].Remove(at);
                line.Add(points[to]);
                at = to;
            }

            lines.Add(line);
        }

        return lines;
    }
}
