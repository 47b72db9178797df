using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>The best arm over a grid of two parameters.</summary>
/// <param name="Title">Level of a third parameter; empty for none.</param>
/// <param name="X">Levels of the parameter on x, each once, in any order.</param>
/// <param name="Y">Levels of the parameter on y.</param>
/// <param name="Best">Name of the best arm of each cell, x fastest; null where unknown.</param>
public sealed record BestArmGrid(string Title, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<string?> Best)
{
    /// <summary>Cells in which the best arm does not stand out from the next one, in the order of the cells; null for none.</summary>
    public IReadOnlyList<bool>? Unresolved { get; init; }
}

/// <summary>Which arm is best where: cells in the colours of arms, paler and hatched where the lead is not resolved, with lines between regions.</summary>
public static class BestArmFigure
{
    private const double Paleness = 0.6;
    private const double LargestMarker = 7;
    private const double SmallestMarker = 4;
    private static readonly Stroke UnresolvedHatch = new(Rgb.White, 1.6);
    private static readonly Stroke Border = new(Rgb.Black, 2);
    private static readonly Rgb MissingGround = Rgb.Parse("#f7f7f7");

    /// <summary>Draws regions.</summary>
    /// <param name="grids">Panels.</param>
    /// <param name="x">Parameter on x.</param>
    /// <param name="y">Parameter on y.</param>
    /// <param name="criterion">What the best arm is best at ("lowest tumour volume at 26 weeks", say).</param>
    /// <param name="unresolved">What a hatched cell means ("lead within Monte-Carlo error", say).</param>
    /// <param name="caption">How many runs and replicates stand behind a cell; empty for nothing.</param>
    /// <param name="looks">Looks of the arms of the run.</param>
    /// <param name="options">Title and layout.</param>
    /// <exception cref="ArgumentException">A level cannot be shown or comes twice, or names and cells differ in number.</exception>
    public static Figure Create(IReadOnlyList<BestArmGrid> grids, SweepAxis x, SweepAxis y, string criterion, string unresolved, string caption, ArmLooks looks, FigureOptions options)
    {
        looks = looks.With(grids.SelectMany(grid => grid.Best).OfType<string>());
        SweepCells[] cells = [.. grids.Select(grid => new SweepCells(grid.Title, grid.X, grid.Y, grid.Best.Count, x, y))];
        foreach (BestArmGrid grid in grids.Where(grid => grid.Unresolved is { } marks && marks.Count != grid.Best.Count))
        {
            throw new ArgumentException($"panel '{grid.Title}': {grid.Unresolved!.Count} marks for {grid.Best.Count} cells; give one per cell or none");
        }

        Axis xAxis = SweepCells.Axis(x, cells.SelectMany(c => c.XEdges), cells.SelectMany(c => c.X));
        Axis yAxis = SweepCells.Axis(y, cells.SelectMany(c => c.YEdges), cells.SelectMany(c => c.Y));
        double height = options.HeightOr(grids.Count > 1 ? 230 : 360);
        (int columns, double width) = options.Grid(grids.Count, FigureOptions.Balanced(grids.Count), grids.Count switch { <= 1 => 600, 2 or 4 => 860, _ => 1020 });
        IReadOnlyList<string> winners = looks.Sort(grids.SelectMany(grid => grid.Best).OfType<string>());
        bool open = grids.Any(grid => grid.Unresolved is { } marks && marks.Where((mark, i) => mark && grid.Best[i] is not null).Any());
        return new Figure
        {
            Title = options.TitleOr($"Best arm over {x.Label} and {y.Label}"),
            Description = $"Arm with the {criterion} over {x.Caption} and {y.Caption}: {string.Join(", ", winners)}.",
            Width = width,
            Columns = columns,
            Panels = [.. grids.Select((grid, i) => new Panel
            {
                Title = grid.Title,
                X = xAxis,
                Y = yAxis,
                Elements = [.. Elements(grid, cells[i], looks, cells[i].Smallest(width / columns * 0.75, height) * 0.6)],
                PlotHeight = height,
            })],
            Legend =
            [
                .. winners.Select(arm => new LegendEntry(arm) { Group = arm, Box = looks.Color(arm), Points = Mark(looks, arm, SmallestMarker) }),
                .. open ? new[] { new LegendEntry(unresolved) { Box = Rgb.Mix(Rgb.Black, Rgb.White, Paleness), Hatch = UnresolvedHatch } } : [],
                .. grids.Any(grid => grid.Best.Contains(null)) ? new[] { new LegendEntry("no value") { Box = MissingGround, Hatch = SweepHeatMapFigure.MissingHatch } } : [],
            ],
            Note = SweepText.Note($"Colour: arm with the {criterion}.", caption),
        };
    }

    private static IEnumerable<PlotElement> Elements(BestArmGrid grid, SweepCells cells, ArmLooks looks, double marker)
    {
        var all = cells.All.Select(cell => (Cell: cell, Index: cells.Index(cell.Column, cell.Row), Tile: new Tile(cells.Extents(cell.Column, cell.Row), MissingGround))).ToArray();
        foreach (string arm in looks.Sort(grid.Best.OfType<string>()))
        {
            var won = all.Where(cell => grid.Best[cell.Index] == arm).ToLookup(cell => grid.Unresolved is { } marks && marks[cell.Index]);
            Rgb color = looks.Color(arm);
            Rgb pale = Rgb.Mix(color, Rgb.White, Paleness);
            yield return new TileElement([.. won[false].Select(cell => cell.Tile with { Color = color })]) { Group = arm };
            yield return new TileElement([.. won[true].Select(cell => cell.Tile with { Color = pale })]) { Group = arm, Hatch = UnresolvedHatch };
            if (marker >= SmallestMarker)
            {
                // At the simulated values; the shape of the arm tells regions apart in grey print.
                (double X, double Y)[] at = [.. won[false].Select(cell => (cells.X[cell.Cell.Column], cells.Y[cell.Cell.Row]))];
                yield return new PointElement([.. at.Select(point => point.X)], [.. at.Select(point => point.Y)], Mark(looks, arm, Math.Min(marker, LargestMarker))) { Group = arm, IsDecoration = true };
            }
        }

        yield return new TileElement([.. all.Where(cell => grid.Best[cell.Index] is null).Select(cell => cell.Tile)]) { Hatch = SweepHeatMapFigure.MissingHatch };
        foreach (((int column, int row) cell, int index, Tile tile) in all)
        {
            Extents at = tile.Extents;
            if (cell.column + 1 < cells.X.Length && Differ(index, cells.Index(cell.column + 1, cell.row)))
            {
                yield return new LineElement([at.XMax, at.XMax], [at.YMin, at.YMax], Border) { IsDecoration = true };
            }

            if (cell.row + 1 < cells.Y.Length && Differ(index, cells.Index(cell.column, cell.row + 1)))
            {
                yield return new LineElement([at.XMin, at.XMax], [at.YMax, at.YMax], Border) { IsDecoration = true };
            }
        }

        bool Differ(int a, int b) => grid.Best[a] is { } first && grid.Best[b] is { } second && first != second;
    }

    // White on the colour of its cell.
    private static PointStyle Mark(ArmLooks looks, string arm, double size)
    {
        PointStyle style = looks.Marker(arm, size);
        return style with { Outline = Rgb.White, Fill = style.Fill == style.Outline ? Rgb.White : null };
    }
}
