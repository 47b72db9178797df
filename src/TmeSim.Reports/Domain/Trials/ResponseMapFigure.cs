using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>A patient by two biomarkers.</summary>
/// <param name="X">First biomarker.</param>
/// <param name="Y">Second biomarker.</param>
/// <param name="Category">Best response (CR, PR, SD, PD, NE).</param>
public readonly record struct ResponsePoint(double X, double Y, string Category);

/// <summary>Patients of a cell.</summary>
/// <param name="Responders">Those with the outcome, 0 to all.</param>
/// <param name="Patients">All, 0 or more.</param>
public readonly record struct ResponseCell(int Responders, int Patients);

/// <summary>Cells between quantiles of two biomarkers.</summary>
/// <param name="XCuts">Values that divide the first biomarker, rising; a value that equals a cut belongs to the bin below it.</param>
/// <param name="YCuts">Values that divide the second.</param>
/// <param name="Cells">Cells row by row from the lowest values of y, x fastest: (cuts of x + 1) × (cuts of y + 1).</param>
public sealed record ResponseGrid(IReadOnlyList<double> XCuts, IReadOnlyList<double> YCuts, IReadOnlyList<ResponseCell> Cells)
{
    /// <summary>Cells of each bin of x over all y; empty to leave the margin out.</summary>
    public IReadOnlyList<ResponseCell> XMargin { get; init; } = [];

    /// <summary>Cells of each bin of y over all x; empty to leave the margin out.</summary>
    public IReadOnlyList<ResponseCell> YMargin { get; init; } = [];
}

/// <summary>
/// Response by two biomarkers: patients as points in the colours of their best response, and beside them shares in a grid of quantiles.
/// </summary>
public static class ResponseMapFigure
{
    private const double PointSize = 5;
    private const double MarginGap = 0.08;
    private static readonly Stroke Cut = new(Rgb.Parse("#8a8a8a"), 1, [3, 3]);

    /// <summary>Draws points and a grid.</summary>
    /// <param name="x">First biomarker.</param>
    /// <param name="y">Second biomarker.</param>
    /// <param name="points">Patients; empty for no panel of points.</param>
    /// <param name="grid">Shares; null for no panel of shares.</param>
    /// <param name="outcome">What the shares are ("objective response").</param>
    /// <param name="note">A remark ("Cells: quartiles of all patients"); empty for none.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">The grid has not as many cells as its cuts make.</exception>
    public static Figure Create(
        BiomarkerAxis x, BiomarkerAxis y, IReadOnlyList<ResponsePoint> points, ResponseGrid? grid, string outcome, string note,
            FigureOptions options)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (grid is not null && grid.Cells.Count != (grid.XCuts.Count + 1) * (grid.YCuts.Count + 1))
        {
            throw new ArgumentException($"{grid.Cells.Count} cells, but the cuts make {grid.XCuts.Count + 1} × {grid.YCuts.Count + 1}",
                nameof(grid));
        }

        ResponsePoint[] shown = [.. points.Where(p => x.Holds(p.X) && y.Holds(p.Y))];
        IReadOnlyList<string> categories = ResponsePalette.Sort(shown.Select(p => p.Category));
        double most = grid is null ? 1 : Math.Max(0.1,
            Math.Ceiling(Cells(grid).Where(c => c.Patients > 0).Select(c => Share(c)).DefaultIfEmpty(1).Max() * 10) / 10);
        Panel?[] panels =
        [
            .. shown.Length > 0 ? [Points(x, y, shown, categories, grid, options)] : Array.Empty<Panel>(),
            .. grid is not null ? [Shares(x, y, grid, most, outcome, options)] : Array.Empty<Panel>(),
        ];
        (int columns, double width) = options.Grid(panels.Length, Math.Max(1, panels.Length), panels.Length > 1 ? 900 : 520);
        return new Figure
        {
            Title = options.TitleOr(Finding(x, y, grid, outcome)),
            Description = $"Best response of patients by {x.Label} and {y.Label}.",
            Width = width,
            Columns = columns,
            Panels = panels.Length == 0 ? [ArmLegend.EmptyPanel("", 40)] : panels,
            Legend = [.. categories.Select(c => new LegendEntry($"{c} ({shown.Count(p => p.Category == c)})")
                { Points = ResponsePalette.Point(c, categories, 7) })],
            ColorBar = grid is null ? null : new ColorBar(ColorMap.Cividis, 0, most * 100, outcome, "%"),
            Note = TrialText.Note(
                shown.Length > 0 ? "Points: patients" + (grid is null ? "" : ", with the borders of the cells as dashed lines") : "",
                grid is null ? "" : $"Numbers: patients with {outcome} of all in the cell",
                shown.Length < points.Count ? $"{points.Count - shown.Length} patients have no place on the axes" : "", note),
            Values = Values(x, y, shown, grid),
        };
    }

    private static Panel Points(
        BiomarkerAxis x, BiomarkerAxis y, ResponsePoint[] points, IReadOnlyList<string> categories, ResponseGrid? grid,
            FigureOptions options) => new()
    {
        Title = grid is null ? "" : "Patients",
        X = x.Axis,
        Y = y.Axis,
        Elements =
        [
            .. (grid?.XCuts ?? []).Where(x.Holds).Select(cut => new RuleElement(cut, false, Cut)),
            .. (grid?.YCuts ?? []).Where(y.Holds).Select(cut => new RuleElement(cut, true, Cut)),
            .. categories.Select(c =>
            {
                ResponsePoint[] some = [.. points.Where(p => p.Category == c)];
                return new PointElement([.. some.Select(p => p.X)], [.. some.Select(p => p.Y)],
                    ResponsePalette.Point(c, categories, PointSize));
            }),
        ],
        PlotHeight = options.HeightOr(280),
    };

    private static Panel Shares(BiomarkerAxis x, BiomarkerAxis y, ResponseGrid grid, double most, string outcome, FigureOptions options)
    {
        int columns = grid.XCuts.Count + 1, rows = grid.YCuts.Count + 1;
        bool right = grid.YMargin.Count == rows, top = grid.XMargin.Count == columns;
        Tile[] tiles =
        [
            .. grid.Cells.Select((cell, i) => At(cell, i % columns, i / columns, 0, 0)),
            .. top ? grid.XMargin.Select((cell, i) => At(cell, i, rows, 0, MarginGap)) : [],
            .. right ? grid.YMargin.Select((cell, i) => At(cell, columns, i, MarginGap, 0)) : [],
        ];
        return new Panel
        {
            Title = $"Share with {outcome}",
            X = new Axis { Label = x.Label, Unit = x.Unit, Categories = [.. Bins(grid.XCuts), .. right ? ["all"] : Array.Empty<string>()] },
            Y = new Axis { Label = y.Label, Unit = y.Unit, Categories = [.. Bins(grid.YCuts), .. top ? ["all"] : Array.Empty<string>()] },
            Elements = [new TileElement(tiles)],
            PlotHeight = options.HeightOr(280),
        };

        Tile At(ResponseCell cell, int column, int row, double gapX, double gapY) => new(
            new Extents(column - 0.5 + gapX, column + 0.5, row - 0.5 + gapY, row + 0.5),
            cell.Patients > 0 ? ColorMap.Cividis.At(Share(cell) / most) : Rgb.Parse("#f1f1f1"), $"{cell.Responders}/{cell.Patients}")
        {
            Value = cell.Patients > 0 ? Share(cell) * 100 : double.NaN,
        };
    }

    private static double Share(ResponseCell cell) => (double)cell.Responders / cell.Patients;

    private static IEnumerable<ResponseCell> Cells(ResponseGrid grid) => grid.Cells.Concat(grid.XMargin).Concat(grid.YMargin);

    private static IEnumerable<string> Bins(IReadOnlyList<double> cuts) => cuts.Count == 0 ? ["all"] :
    [
        "≤\u00A0" + Numbers.Short(cuts[0]),
        .. cuts.Skip(1).Zip(cuts, (high, low) => $"{Numbers.Short(low)}–{Numbers.Short(high)}"),
        ">\u00A0" + Numbers.Short(cuts[^1]),
    ];

    private static string Finding(BiomarkerAxis x, BiomarkerAxis y, ResponseGrid? grid, string outcome)
    {
        ResponseCell[] known = [.. grid?.Cells.Where(c => c.Patients > 0).OrderBy(Share) ?? Enumerable.Empty<ResponseCell>()];
        string what = $"{(outcome.Length == 0 ? "" : char.ToUpperInvariant(outcome[0]) + outcome[1..])} by {x.Label} and {y.Label}";
        return known.Length < 2 ? what
            : $"{what}: {Text(known[0])} to {Text(known[^1])} in {known.Length} cells";

        static string Text(ResponseCell cell) => TrialText.Percent(cell.Responders, cell.Patients);
    }

    private static FigureValues Values(BiomarkerAxis x, BiomarkerAxis y, ResponsePoint[] points, ResponseGrid? grid)
    {
        var rows = new List<IReadOnlyList<FigureValue>>();
        rows.AddRange(points.Select(p => (FigureValue[])["patient", p.X, p.Y, p.Category, double.NaN, double.NaN, double.NaN, double.NaN,
            double.NaN, double.NaN]));
        if (grid is not null)
        {
            int columns = grid.XCuts.Count + 1;
            rows.AddRange(grid.Cells.Select((cell, i) => Row("cell", cell, i % columns, i / columns)));
            rows.AddRange(grid.XMargin.Select((cell, i) => Row("x_margin", cell, i, -1)));
            rows.AddRange(grid.YMargin.Select((cell, i) => Row("y_margin", cell, -1, i)));
        }

        return new FigureValues(["row", x.Axis.Caption, y.Axis.Caption, "response", "x_above", "x_to", "y_above", "y_to", "outcome_n",
            "n"], rows);

        FigureValue[] Row(string kind, ResponseCell cell, int column, int row) =>
        [
            kind, double.NaN, double.NaN, "", End(grid.XCuts, column - 1), column < 0 ? double.NaN : End(grid.XCuts, column),
            End(grid.YCuts, row - 1), row < 0 ? double.NaN : End(grid.YCuts, row), cell.Responders, cell.Patients,
        ];

        static double End(IReadOnlyList<double> cuts, int i) => i >= 0 && i < cuts.Count ? cuts[i] : double.NaN;
    }
}
