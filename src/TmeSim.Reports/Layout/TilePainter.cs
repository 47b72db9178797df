using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>Draws rectangles with their hatching and texts.</summary>
internal static class TilePainter
{
    private const double HatchDistance = 6;
    private const double Largest = 11;
    private const double Smallest = 8;
    private static readonly Stroke NoSeam = new(Rgb.White, 0.6);

    public static void Add(List<Shape> shapes, PanelLayout panel, TileElement tiles)
    {
        (Tile Tile, Box Box)[] placed = [.. tiles.Tiles.Select(tile => (tile, PlaceOf(panel, tile.Extents))).Where(item => !double.IsNaN(item.Item2.Width + item.Item2.Height))];
        foreach (IGrouping<Rgb, (Tile Tile, Box Box)> shade in placed.Where(item => item.Tile.Color is not null).GroupBy(item => item.Tile.Color!.Value))
        {
            // A hairline of their own colour closes the seams that renderers leave between neighbours.
            shapes.Add(new PathShape([.. shade.Select(item => Corners(item.Box))], true, shade.Key, 1, NoSeam with { Color = shade.Key }));
        }

        if (tiles.Hatch is { } hatch)
        {
            IReadOnlyList<IReadOnlyList<Pixel>> lines = [.. placed.SelectMany(item => Hatching(item.Box))];
            if (lines.Count > 0)
            {
                shapes.Add(new PathShape(lines, false, null, 1, hatch));
            }
        }

        AddTexts(shapes, [.. placed.Where(item => item.Tile.Text.Length > 0)]);
    }

    /// <summary>Slanting lines through a rectangle, in step with those of its neighbours.</summary>
    public static IEnumerable<IReadOnlyList<Pixel>> Hatching(Box box)
    {
        for (double sum = Math.Ceiling((box.Left + box.Top) / HatchDistance) * HatchDistance; sum < box.Right + box.Bottom; sum += HatchDistance)
        {
            double left = Math.Max(box.Left, sum - box.Bottom);
            double right = Math.Min(box.Right, sum - box.Top);
            if (right > left)
            {
                yield return [new Pixel(left, sum - left), new Pixel(right, sum - right)];
            }
        }
    }

    private static void AddTexts(List<Shape> shapes, (Tile Tile, Box Box)[] tiles)
    {
        if (tiles.Length == 0)
        {
            return;
        }

        double size = tiles.Min(item => Math.Min((item.Box.Width - 6) / TextMetrics.Width(PlainText.Clean(item.Tile.Text), 1), (item.Box.Height - 2) / LayoutStyle.Line(1)));
        if (size < Smallest)
        {
            return;
        }

        size = Math.Min(size, Largest);
        shapes.AddRange(tiles.Select(item => new TextShape(
            new Pixel(item.Box.CenterX, item.Box.CenterY + (size * 0.36)), PlainText.Clean(item.Tile.Text), size, TextAnchor.Middle, InkOn(item.Tile.Color ?? Rgb.White))));
    }

    // The luminance at which black and white contrast alike (WCAG 2).
    private static Rgb InkOn(Rgb ground) => ground.Luminance > 0.179 ? Rgb.Black : Rgb.White;

    private static Box PlaceOf(PanelLayout panel, Extents extents)
    {
        Pixel a = panel.At(extents.XMin, extents.YMin);
        Pixel b = panel.At(extents.XMax, extents.YMax);
        Box plot = panel.Plot;
        return new Box(
            Math.Clamp(Math.Min(a.X, b.X), plot.Left, plot.Right), Math.Clamp(Math.Min(a.Y, b.Y), plot.Top, plot.Bottom),
            Math.Clamp(Math.Max(a.X, b.X), plot.Left, plot.Right), Math.Clamp(Math.Max(a.Y, b.Y), plot.Top, plot.Bottom));
    }

    private static Pixel[] Corners(Box box) => [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)];
}
