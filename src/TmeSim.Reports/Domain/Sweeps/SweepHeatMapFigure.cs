using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>An output over a grid of two parameters.</summary>
/// <param name="Title">Arm or level of a third parameter; empty for none.</param>
/// <param name="X">Levels of the parameter on x, each once, in any order.</param>
/// <param name="Y">Levels of the parameter on y.</param>
/// <param name="Values">One value per cell, x fastest; NaN where missing.</param>
public sealed record SweepGrid(string Title, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Values)
{
    /// <summary>Arm that the panel belongs to; null for none.</summary>
    public string? Arm { get; init; }

    /// <summary>Standard error of a value, that of a typical cell; 0 where unknown.</summary>
    public double StandardError { get; init; }

    /// <summary>Cells whose value is not resolved, in the order of the values; null for none.</summary>
    public IReadOnlyList<bool>? Unresolved { get; init; }
}

/// <summary>What a heat map shows beside its colours.</summary>
/// <param name="Contours">Lines of equal value with their values, between the middles of cells; not over words, not with printed numbers.</param>
/// <param name="Numbers">Values are printed in the cells where they have room.</param>
/// <param name="Unresolved">What a dot in a cell means.</param>
/// <param name="IsDifference">0 is the middle of the colours even where all values lie on one side of it.</param>
public sealed record SweepHeatMapOptions(bool Contours = true, bool Numbers = false, string Unresolved = "within Monte-Carlo error", bool IsDifference = false);

/// <summary>
/// An output over two parameters, a panel per arm or level of a third one, in colours common to all panels: diverging from a grey zero
/// where values have both signs, else from the lowest to the highest.
/// </summary>
public static class SweepHeatMapFigure
{
    internal static readonly Stroke MissingHatch = new(Rgb.Parse("#b5b5b5"), 1);
    private static readonly Rgb MissingGround = Rgb.Parse("#f7f7f7");
    private static readonly PointStyle Dot = new(Marker.Circle, Rgb.Black, Rgb.White, 5);
    private static readonly double[] LabelPlaces = [0.5, 0.35, 0.65, 0.2, 0.8, 0.42, 0.58, 0.1, 0.9];

    /// <summary>Draws an output.</summary>
    /// <param name="grids">Panels.</param>
    /// <param name="x">Parameter on x.</param>
    /// <param name="y">Parameter on y.</param>
    /// <param name="value">The output; on a logarithmic scale values up to 0 take the lowest colour.</param>
    /// <param name="show">What is shown beside the colours.</param>
    /// <param name="caption">How many runs and replicates stand behind a cell; empty for nothing.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A level cannot be shown or comes twice, or values and cells differ in number.</exception>
    public static Figure Create(IReadOnlyList<SweepGrid> grids, SweepAxis x, SweepAxis y, SweepAxis value, SweepHeatMapOptions show, string caption, FigureOptions options)
    {
        SweepCells[] cells = [.. grids.Select(grid => new SweepCells(grid.Title, grid.X, grid.Y, grid.Values.Count, x, y))];
        foreach (SweepGrid grid in grids.Where(grid => grid.Unresolved is { } marks && marks.Count != grid.Values.Count))
        {
            throw new ArgumentException($"panel '{grid.Title}': {grid.Unresolved!.Count} marks for {grid.Values.Count} cells; give one per cell or none");
        }

        double[] known = [.. grids.SelectMany(grid => grid.Values).Where(double.IsFinite)];
        var scale = SweepColors.For(known, value.IsLogScale, show.IsDifference);
        Axis xAxis = SweepCells.Axis(x, cells.SelectMany(c => c.XEdges), cells.SelectMany(c => c.X));
        Axis yAxis = SweepCells.Axis(y, cells.SelectMany(c => c.YEdges), cells.SelectMany(c => c.Y));
        bool lined = show.Contours && !show.Numbers && x.Words is null && y.Words is null && value.Words is null;
        double noise = grids.Select(grid => grid.StandardError).DefaultIfEmpty(0).Max();
        IReadOnlyList<double> levels = lined && known.Length > 0 ? Contours.Levels(scale.LowestShown, scale.HighestShown, value.IsLogScale, noise) : [];
        (int columns, double width) = options.Grid(grids.Count, FigureOptions.Balanced(grids.Count), grids.Count switch { <= 1 => 640, 2 or 4 => 900, _ => 1080 });
        bool missing = grids.Any(grid => grid.Values.Any(v => !double.IsFinite(v)));
        bool dotted = grids.Any(grid => grid.Unresolved?.Contains(true) == true);
        return new Figure
        {
            Title = options.TitleOr($"{value.Label} over {x.Label} and {y.Label}"),
            Description = $"{value.Caption} over {x.Caption} and {y.Caption}{(grids.Count > 1 ? $", panels: {string.Join(", ", grids.Select(grid => grid.Title))}" : "")}.",
            Width = width,
            Columns = columns,
            Panels = [.. grids.Select((grid, i) => new Panel
            {
                Title = grid.Title,
                Group = grid.Arm,
                X = xAxis,
                Y = yAxis,
                Elements = [.. Elements(grid, cells[i], scale, value, show), .. Lines(grid, cells[i], levels, x, y, value)],
                PlotHeight = options.HeightOr(grids.Count > 1 ? 230 : 360),
            })],
            Legend =
            [
                .. missing ? new[] { new LegendEntry("no value") { Box = MissingGround, Hatch = MissingHatch } } : [],
                .. dotted ? new[] { new LegendEntry(show.Unresolved) { Points = Dot } } : [],
            ],
            ColorBar = known.Length == 0 ? null : new ColorBar(scale.Map, scale.Min, scale.Max, value.Label, value.Unit) { IsLog = scale.IsLog },
            Note = SweepText.Note(
                levels.Count > 0 ? "Lines: equal values, interpolated between the simulated ones."
                    : lined && noise > 0 && scale.HighestShown > scale.LowestShown ? "No lines of equal value: replicates scatter too widely for them."
                    : "",
                caption),
        };
    }

    private static IEnumerable<PlotElement> Elements(SweepGrid grid, SweepCells cells, SweepColors scale, SweepAxis value, SweepHeatMapOptions show)
    {
        var all = cells.All.Select(cell => (Index: cells.Index(cell.Column, cell.Row), Extents: cells.Extents(cell.Column, cell.Row), cell.Column, cell.Row)).ToArray();
        Tile[] missing = [.. all.Where(cell => !double.IsFinite(grid.Values[cell.Index])).Select(cell => new Tile(cell.Extents, MissingGround))];
        Tile[] filled =
        [
            .. all.Where(cell => double.IsFinite(grid.Values[cell.Index]))
                .Select(cell => new Tile(cell.Extents, scale.Color(grid.Values[cell.Index]), show.Numbers ? scale.Text(grid.Values[cell.Index], value) : "") { Value = grid.Values[cell.Index] }),
        ];
        yield return new TileElement(filled);
        if (missing.Length > 0)
        {
            yield return new TileElement(missing) { Hatch = MissingHatch };
        }

        var dots = all.Where(cell => grid.Unresolved is { } marks && marks[cell.Index] && double.IsFinite(grid.Values[cell.Index])).ToArray();
        if (dots.Length > 0)
        {
            // Beside a printed number the dot goes to a corner.
            (double X, double Y)[] at =
                [.. dots.Select(cell => show.Numbers ? cells.Point(cell.Column, cell.Row, 0.88, 0.88) : (cells.X[cell.Column], cells.Y[cell.Row]))];
            yield return new PointElement([.. at.Select(point => point.X)], [.. at.Select(point => point.Y)], Dot);
        }
    }

    private static IEnumerable<PlotElement> Lines(SweepGrid grid, SweepCells cells, IReadOnlyList<double> levels, SweepAxis x, SweepAxis y, SweepAxis value)
    {
        double Value(int column, int row) => value.Place(grid.Values[cells.Index(column, row)]);
        var labels = new List<PlacedLabel>();
        foreach (double level in levels)
        {
            foreach (IReadOnlyList<(double X, double Y)> line in Contours.At(cells.XPlaces, cells.YPlaces, Value, value.Place(level)).Where(line => line.Count > 1))
            {
                double[] along = [.. line.Select(point => x.At(point.X))];
                double[] up = [.. line.Select(point => y.At(point.Y))];
                yield return new LineElement(along, up, new Stroke(Rgb.White, 3) { Opacity = 0.5 }) { IsDecoration = true };
                yield return new LineElement(along, up, new Stroke(Rgb.Black, level == 0 ? 2 : 1.1)) { IsDecoration = true };
                labels.Add(new PlacedLabel(Numbers.Short(level), [.. LabelPlaces.Select(part => (int)(part * (line.Count - 1))).Distinct().Select(i => (along[i], up[i]))]));
            }
        }

        if (labels.Count > 0)
        {
            yield return new LabelElement(labels, Rgb.Black) { Halo = Rgb.White, IsDecoration = true };
        }
    }
}
