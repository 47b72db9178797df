using ScottPlot;
using ScottPlot.Triangulation;
using TmeSim.Reports.Plots.Ticks;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Lines of equal value on a grid, linear between grid points; none beside a missing value.</summary>
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
        var grid = new Coordinates3d[y.Length, x.Length];
        for (int row = 0; row < y.Length; row++)
        {
            for (int column = 0; column < x.Length; column++)
            {
                grid[row, column] = new Coordinates3d(x[column], y[row], value(column, row));
            }
        }

        return x.Length < 2 || y.Length < 2 ? [] : [.. RectangularGrid.GetContourLines(grid, [level], false).Select(line => Points(line.Path))];
    }

    private static (double X, double Y)[] Points(CoordinatePath path) =>
        [.. path.Points.Concat(path.Close ? path.Points.Take(1) : []).Select(point => (point.X, point.Y))];
}
