using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class SweepHeatMapFigureTests
{
    private static readonly SweepAxis Dose = new("dose", "mg/kg", true);
    private static readonly SweepAxis Nlr = new("NLR");
    private static readonly SweepAxis Value = new("volume", "%");

    [Fact]
    public void Create_LogAndUnevenLevels_CellsMeetHalfwayAsTheAxisLooks()
    {
        Panel panel = Draw(new SweepGrid("A", [100, 1], [1, 2, 4], [1, 2, 3, 4, 5, 6]));
        Tile[] tiles = [.. panel.Elements.OfType<TileElement>().First().Tiles];
        Assert.Equal(6, tiles.Length);
        Extents last = tiles[^1].Extents;
        Assert.Equal([10, 1000, 3, 5], new[] { last.XMin, last.XMax, last.YMin, last.YMax }.Select(v => Math.Round(v, 9)));
        Assert.Equal((0.1, 1000), (Math.Round(panel.X.Min!.Value, 9), Math.Round(panel.X.Max!.Value, 6)));

        // The levels came as 100, 1: the first value belongs to 100.
        Assert.Equal(tiles[1].Color, ColorMap.Viridis.At(Math.Round(1 / 6.0, 2)));
    }

    [Fact]
    public void Create_BothSigns_DivergesFromAGreyZero()
    {
        Figure figure = Figure([new SweepGrid("A", [1, 2], [0, 1], [-5, 0, 20, 3])]);
        Assert.Equal((ColorMap.BlueOrange, -20.0, 20.0), (figure.ColorBar!.Map, figure.ColorBar.Min, figure.ColorBar.Max));
        Assert.Equal(Rgb.Parse("#f1f1f1"), figure.Panels[0]!.Elements.OfType<TileElement>().First().Tiles[1].Color);
    }

    [Fact]
    public void Create_SeveralPanels_ShareColours()
    {
        Figure figure = Figure([new SweepGrid("A", [1], [0], [10]), new SweepGrid("B", [1], [0], [100])]);
        Rgb?[] colors = [.. figure.Panels.Select(panel => panel!.Elements.OfType<TileElement>().First().Tiles.Single().Color)];
        Assert.Equal([ColorMap.Viridis.At(0.1), ColorMap.Viridis.At(1)], colors);
    }

    [Fact]
    public void Create_MissingValue_IsHatchedAndSaidSo()
    {
        Figure figure = Figure([new SweepGrid("A", [1, 2], [0], [double.NaN, 1])]);
        TileElement hatched = Assert.Single(figure.Panels[0]!.Elements.OfType<TileElement>(), tiles => tiles.Hatch is not null);
        Assert.Single(hatched.Tiles);
        Assert.Contains(figure.Legend, entry => entry.Label == "no value" && entry.Hatch is not null);
    }

    [Fact]
    public void Create_WordsOnAnAxis_KeepWidthOneAndNoContours()
    {
        var words = new SweepAxis("pattern", "", false, ["inflamed", "excluded", "desert"]);
        Panel panel = SweepHeatMapFigure.Create([new SweepGrid("A", [0, 2], [0, 1], [1, 2, 3, 4])], words, Nlr, Value, new SweepHeatMapOptions(), "", new FigureOptions()).Panels[0]!;
        Assert.Equal([(-0.5, 0.5), (1.5, 2.5)], panel.Elements.OfType<TileElement>().First().Tiles.Take(2).Select(tile => (tile.Extents.XMin, tile.Extents.XMax)));
        Assert.DoesNotContain(panel.Elements, element => element is LineElement or LabelElement);
        Assert.Equal(words.Words, panel.X.Categories);
    }

    [Fact]
    public void Create_Plane_ContoursRunWhereTheValueIs()
    {
        double[] levels = [1, 10, 100];
        Panel panel = Draw(new SweepGrid("A", levels, [0, 1, 2], [.. Enumerable.Range(0, 3).SelectMany(y => levels.Select(x => Math.Log10(x) + y))]));
        LineElement[] lines = [.. panel.Elements.OfType<LineElement>()];
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.All(line.X.Zip(line.Y, (x, y) => Math.Log10(x) + y), sum => Assert.Equal(Math.Log10(line.X[0]) + line.Y[0], sum, 1e-9)));
        Assert.Contains(panel.Elements.OfType<LabelElement>().Single().Labels, label => label.Text == "1");
    }

    [Fact]
    public void Create_Unresolved_PutsADotIntoTheMiddleOfTheCell()
    {
        Figure figure = Figure([new SweepGrid("A", [1, 100], [0, 1], [1, 2, 3, 4]) { Unresolved = [false, false, false, true] }]);
        PointElement dot = figure.Panels[0]!.Elements.OfType<PointElement>().Single();
        Assert.Equal((100, 1), (Math.Round(dot.X.Single(), 9), dot.Y.Single()));
        Assert.Contains(figure.Legend, entry => entry.Label == "within Monte-Carlo error");
    }

    [Fact]
    public void Create_ZeroOnALogScaleOfValues_TakesTheLowestColour()
    {
        Figure figure = SweepHeatMapFigure.Create([new SweepGrid("A", [1, 2], [0], [0, 1000])], Dose, Nlr, Value with { IsLog = true }, new SweepHeatMapOptions(), "", new FigureOptions());
        Assert.Equal(ColorMap.Viridis.At(0), figure.Panels[0]!.Elements.OfType<TileElement>().First().Tiles[0].Color);
        Assert.True(figure.ColorBar!.IsLog);
    }

    [Theory]
    [InlineData(new double[] { 1, 1 }, new double[] { 0 }, 2, "twice")]
    [InlineData(new double[] { 0, 1 }, new double[] { 0 }, 2, "above 0")]
    [InlineData(new double[] { 1, 2 }, new double[] { double.NaN }, 2, "finite")]
    [InlineData(new double[] { 1, 2 }, new double[] { 0, 1 }, 3, "4 values, not 3")]
    public void Create_BadGrid_SaysWhatToWrite(double[] x, double[] y, int values, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Draw(new SweepGrid("A", x, y, new double[values]))).Message, StringComparison.Ordinal);

    private static Figure Figure(IReadOnlyList<SweepGrid> grids) => SweepHeatMapFigure.Create(grids, Dose, Nlr, Value, new SweepHeatMapOptions(), "n = 8", new FigureOptions());

    private static Panel Draw(SweepGrid grid) => Figure([grid]).Panels.Single()!;
}
