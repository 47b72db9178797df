using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Experiments.Drawing;

/// <summary>Points by the values of two factors.</summary>
/// <param name="X">Factor across.</param>
/// <param name="Y">Factor up.</param>
/// <param name="XLevels">Values across: levels, or middles of intervals.</param>
/// <param name="YLevels">Values up.</param>
/// <param name="Points">Points of each cell, x fastest.</param>
internal sealed record SweepCellSet(FactorColumn X, FactorColumn Y, double[] XLevels, double[] YLevels, int[][] Points)
{
    /// <summary>Axis across.</summary>
    public SweepAxis XAxis { get; init; } = X.Axis;

    /// <summary>Axis up.</summary>
    public SweepAxis YAxis { get; init; } = Y.Axis;

    private const int FewestBins = 4;
    private const int MostBins = 10;
    private const int PointsPerCell = 4;

    /// <summary>Cells of levels.</summary>
    /// <param name="x">Factor across.</param>
    /// <param name="y">Factor up.</param>
    /// <param name="points">Points that count.</param>
    public static SweepCellSet OfLevels(FactorColumn x, FactorColumn y, IEnumerable<int> points) =>
        Of(x, y, x.GridLevels, y.GridLevels, points, x.Place, y.Place) with { XAxis = x.GridAxis, YAxis = y.GridAxis };

    /// <summary>Cells of equal intervals on the scales of the factors; words have a cell each.</summary>
    public static SweepCellSet Binned(FactorColumn x, FactorColumn y, int points)
    {
        int bins = Math.Clamp((int)Math.Sqrt((double)points / PointsPerCell), FewestBins, MostBins);
        (double[] xLevels, Func<int, int> xPlace) = Intervals(x, bins);
        (double[] yLevels, Func<int, int> yPlace) = Intervals(y, bins);
        return Of(x, y, xLevels, yLevels, Enumerable.Range(0, points), xPlace, yPlace);
    }

    private static SweepCellSet Of(FactorColumn x, FactorColumn y, double[] xLevels, double[] yLevels, IEnumerable<int> points, Func<int, int> xPlace, Func<int, int> yPlace)
    {
        List<int>[] cells = [.. Enumerable.Range(0, xLevels.Length * yLevels.Length).Select(_ => new List<int>())];
        foreach (int point in points)
        {
            cells[(yPlace(point) * xLevels.Length) + xPlace(point)].Add(point);
        }

        return new SweepCellSet(x, y, xLevels, yLevels, [.. cells.Select(c => c.ToArray())]);
    }

    private static (double[] Middles, Func<int, int> Place) Intervals(FactorColumn factor, int bins)
    {
        if (factor.Levels.Length <= bins)
        {
            return (factor.Levels, factor.Place);
        }

        bool log = factor.Axis.IsLog;
        double low = Coordinate(factor.Levels[0]), high = Coordinate(factor.Levels[^1]), step = (high - low) / bins;
        return (
            [.. Enumerable.Range(0, bins).Select(i => log ? Math.Pow(10, low + ((i + 0.5) * step)) : low + ((i + 0.5) * step))],
            point => Math.Clamp((int)((Coordinate(factor.Values[point]) - low) / step), 0, bins - 1));

        double Coordinate(double value) => log ? Math.Log10(value) : value;
    }
}
