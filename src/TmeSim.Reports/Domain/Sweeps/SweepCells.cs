using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>The cells of a grid over two parameters in rising order: borders lie halfway between levels in the coordinates of the axis.</summary>
internal sealed class SweepCells
{
    private const int MostTicks = 12;
    private readonly int[] _columns;
    private readonly int[] _rows;
    private readonly SweepAxis _xAxis;
    private readonly SweepAxis _yAxis;
    private readonly (double Low, double High)[] _xEdges;
    private readonly (double Low, double High)[] _yEdges;

    /// <exception cref="ArgumentException">Levels that cannot be shown, or another number of values than cells.</exception>
    public SweepCells(string title, IReadOnlyList<double> x, IReadOnlyList<double> y, int values, SweepAxis xAxis, SweepAxis yAxis)
    {
        string what = title.Length > 0 ? $"panel '{title}'" : "the grid";
        xAxis.CheckLevels(x, what);
        yAxis.CheckLevels(y, what);
        if (values != x.Count * y.Count)
        {
            throw new ArgumentException($"{what}: {x.Count} × {y.Count} cells need {x.Count * y.Count} values, not {values}; give one per cell, x fastest, NaN where missing");
        }

        (_xAxis, _yAxis) = (xAxis, yAxis);
        _columns = [.. Enumerable.Range(0, x.Count).OrderBy(i => x[i])];
        _rows = [.. Enumerable.Range(0, y.Count).OrderBy(i => y[i])];
        X = [.. _columns.Select(i => x[i])];
        Y = [.. _rows.Select(i => y[i])];
        XPlaces = [.. X.Select(xAxis.Place)];
        YPlaces = [.. Y.Select(yAxis.Place)];
        _xEdges = Edges(XPlaces, xAxis);
        _yEdges = Edges(YPlaces, yAxis);
    }

    /// <summary>Levels of x, rising.</summary>
    public double[] X { get; }

    /// <summary>Levels of y, rising.</summary>
    public double[] Y { get; }

    /// <summary>Levels of x in the coordinates of the axis.</summary>
    public double[] XPlaces { get; }

    /// <summary>Levels of y in the coordinates of the axis.</summary>
    public double[] YPlaces { get; }

    public IEnumerable<double> XEdges => _xEdges.SelectMany(edge => new[] { _xAxis.At(edge.Low), _xAxis.At(edge.High) });

    public IEnumerable<double> YEdges => _yEdges.SelectMany(edge => new[] { _yAxis.At(edge.Low), _yAxis.At(edge.High) });

    /// <summary>Columns and rows of all cells.</summary>
    public IEnumerable<(int Column, int Row)> All => Enumerable.Range(0, Y.Length).SelectMany(row => Enumerable.Range(0, X.Length).Select(column => (column, row)));

    /// <summary>Index of a cell among the values as given.</summary>
    public int Index(int column, int row) => (_rows[row] * X.Length) + _columns[column];

    public Extents Extents(int column, int row) =>
        new(_xAxis.At(_xEdges[column].Low), _xAxis.At(_xEdges[column].High), _yAxis.At(_yEdges[row].Low), _yAxis.At(_yEdges[row].High));

    /// <summary>A point of a cell by the parts of its width and height, 0–1, as they look.</summary>
    public (double X, double Y) Point(int column, int row, double across, double up) => (_xAxis.At(Between(_xEdges[column], across)), _yAxis.At(Between(_yEdges[row], up)));

    /// <summary>Shortest side of any cell when the grid fills a rectangle [px]; 0 without cells.</summary>
    public double Smallest(double width, double height) => Math.Min(Shortest(_xEdges, width), Shortest(_yEdges, height));

    /// <summary>An axis that ends with the cells of all panels, with ticks at the levels when they are few.</summary>
    public static Axis Axis(SweepAxis axis, IEnumerable<double> edges, IEnumerable<double> levels)
    {
        double[] ends = [.. edges.Where(double.IsFinite)];
        double[] ticks = [.. levels.Distinct()];
        return axis.Words is not null || ends.Length == 0
            ? axis.Axis
            : axis.Axis with { Min = ends.Min(), Max = ends.Max(), RoundEnds = false, TickValues = ticks.Length <= MostTicks ? ticks : null };
    }

    private static double Shortest((double Low, double High)[] edges, double length) =>
        edges.Length == 0 ? 0 : edges.Min(edge => edge.High - edge.Low) / (edges[^1].High - edges[0].Low) * length;

    private static double Between((double Low, double High) edges, double part) => edges.Low + ((edges.High - edges.Low) * part);

    private static (double Low, double High)[] Edges(double[] places, SweepAxis axis)
    {
        if (axis.Words is not null)
        {
            // Words keep the width of one, whichever of them were simulated.
            return [.. places.Select(place => (place - 0.5, place + 0.5))];
        }

        if (places.Length == 1)
        {
            double half = axis.IsLogScale ? 0.25 : places[0] == 0 ? 0.5 : Math.Abs(places[0]) * 0.1;
            return [(places[0] - half, places[0] + half)];
        }

        double[] middles = [.. places.Zip(places.Skip(1), (a, b) => (a / 2) + (b / 2))];
        return
        [
            .. places.Select((place, i) => (
                i > 0 ? middles[i - 1] : place - (middles[0] - place),
                i < middles.Length ? middles[i] : place + (place - middles[^1]))),
        ];
    }
}
