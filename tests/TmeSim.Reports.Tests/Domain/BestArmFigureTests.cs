using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class BestArmFigureTests
{
    private static readonly ArmLooks Looks = new(["A", "B", "C"]);

    [Fact]
    public void Create_Cells_HaveTheColoursOfTheirArms()
    {
        Figure figure = Draw(["B", "A", null, "B"], null);
        TileElement[] tiles = [.. figure.Panels[0]!.Elements.OfType<TileElement>().Where(element => element.Group is not null && element.Tiles.Count > 0)];
        Assert.Equal([("A", 1), ("B", 2)], tiles.Select(element => (element.Group!, element.Tiles.Count)));
        Assert.All(tiles, element => Assert.All(element.Tiles, tile => Assert.Equal(Looks.Color(element.Group!), tile.Color)));
        Assert.Equal(["A", "B", "no value"], figure.Legend.Select(entry => entry.Label));
    }

    [Fact]
    public void Create_UnresolvedCell_IsPaleHatchedAndExplained()
    {
        Figure figure = Draw(["A", "A", "A", "B"], [true, false, false, false]);
        TileElement pale = figure.Panels[0]!.Elements.OfType<TileElement>().Single(element => element.Hatch is not null && element.Group == "A" && element.Tiles.Count > 0);
        Assert.True(pale.Tiles.Single().Color!.Value.Luminance > Looks.Color("A").Luminance);
        Assert.Contains(figure.Legend, entry => entry.Label == "not resolved" && entry.Hatch is not null);
    }

    [Fact]
    public void Create_DifferentNeighbours_HaveABorderBetweenThem()
    {
        LineElement[] borders = [.. Draw(["A", "B", "A", "A"], null).Panels[0]!.Elements.OfType<LineElement>()];
        Assert.Equal([([1.5, 1.5], [-0.5, 0.5]), ([1.5, 2.5], [0.5, 0.5])], borders.Select(line => (line.X.ToArray(), line.Y.ToArray())));
    }

    [Fact]
    public void Create_MarksOfAnotherLength_AreAnError() => Assert.Throws<ArgumentException>(() => Draw(["A", "A", "A", "B"], [true]));

    private static Figure Draw(string?[] best, bool[]? unresolved) => BestArmFigure.Create(
        [new BestArmGrid("", [1, 2], [0, 1], best) { Unresolved = unresolved }], new SweepAxis("dose"), new SweepAxis("NLR"), "smallest volume", "not resolved", "", Looks, new FigureOptions());
}
