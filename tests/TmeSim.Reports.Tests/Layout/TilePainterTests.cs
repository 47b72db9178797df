using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Tests.Layout;

public class TilePainterTests
{
    [Fact]
    public void Add_TilesOfOneColour_AreOneShapeAtTheirPlaces()
    {
        PathShape path = Paint(new TileElement([new Tile(new Extents(0, 5, 0, 10), Rgb.Black), new Tile(new Extents(5, 10, 0, 10), Rgb.Black)])).OfType<PathShape>().Single();
        Assert.Equal([new Pixel(0, 0), new Pixel(50, 0), new Pixel(50, 100), new Pixel(0, 100)], path.Parts[0]);
        Assert.Equal(2, path.Parts.Count);
    }

    [Fact]
    public void Add_TextsWithRoom_ContrastWithTheirGround()
    {
        TextShape[] texts = [.. Paint(new TileElement([new Tile(new Extents(0, 5, 0, 10), Rgb.Black, "1"), new Tile(new Extents(5, 10, 0, 10), Rgb.White, "2")])).OfType<TextShape>()];
        Assert.Equal([Rgb.White, Rgb.Black], texts.Select(text => text.Color));
        Assert.Equal([25.0, 75.0], texts.Select(text => text.At.X));
    }

    [Fact]
    public void Add_OneTextWithoutRoom_LeavesAllOut() =>
        Assert.Empty(Paint(new TileElement([new Tile(new Extents(0, 9, 0, 10), Rgb.Black, "1"), new Tile(new Extents(9, 10, 0, 10), Rgb.White, "long")])).OfType<TextShape>());

    [Fact]
    public void Hatching_Box_StaysInsideAndInStepWithNeighbours()
    {
        Box left = new(3, 7, 21, 30), right = new(21, 7, 40, 30);
        IReadOnlyList<Pixel>[] lines = [.. TilePainter.Hatching(left), .. TilePainter.Hatching(right)];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.All(line, p => Assert.True(p.X is >= 3 and <= 40 && p.Y is >= 7 and <= 30)));
        Assert.All(lines, line => Assert.Equal(0, Math.IEEERemainder(line[0].X + line[0].Y, 6), 1e-9));
    }

    private static List<Shape> Paint(TileElement tiles)
    {
        var panel = new PanelLayout(new Panel { X = Axis.Hidden(0, 10), Y = Axis.Hidden(0, 10) }, 100);
        panel.Fit(100);
        panel.Place(0, 0, 100, 100);
        var shapes = new List<Shape>();
        TilePainter.Add(shapes, panel, tiles);
        return shapes;
    }
}
