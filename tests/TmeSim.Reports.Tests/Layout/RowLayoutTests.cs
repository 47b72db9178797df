using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Tests.Layout;

public class RowLayoutTests
{
    [Fact]
    public void HorizontalErrorBar_Ends_LieWhereTheDataSay()
    {
        var points = new PointElement([4], [5], new PointStyle(Marker.Circle, Rgb.Black)) { XErrorLow = [2], XErrorHigh = [7] };
        PanelLayout layout = Place(new Panel { X = new Axis { Min = 0, Max = 10 }, Y = new Axis { Min = 0, Max = 10 }, Elements = [points] });
        var shapes = new List<Shape>();
        ElementPainter.Add(shapes, layout);
        IReadOnlyList<Pixel> stem = Assert.IsType<PathShape>(shapes[0]).Parts[0];
        Assert.Equal([new Pixel(40, 50), new Pixel(140, 50)], stem);
    }

    [Fact]
    public void DataRange_HorizontalErrorBar_IsHeld()
    {
        var points = new PointElement([4], [5], new PointStyle(Marker.Circle, Rgb.Black)) { XErrorLow = [-2], XErrorHigh = [7] };
        Assert.Equal((-2, 7), new DataRange(new Panel { Elements = [points] }).X);
    }

    [Fact]
    public void Arrow_Tip_LiesAtItsPointAndTheHeadBehind()
    {
        PanelLayout layout = Place(new Panel { X = new Axis { Min = 0, Max = 10 }, Y = new Axis { Min = 0, Max = 10 }, Elements = [new ArrowElement(1, 5, 4, 5, Rgb.Black, 10), new ArrowElement(4, 5, 4, 5, Rgb.Black)] });
        var shapes = new List<Shape>();
        ElementPainter.Add(shapes, layout);
        IReadOnlyList<Pixel> head = Assert.IsType<PathShape>(Assert.Single(shapes)).Parts.Single();
        Assert.Equal(new Pixel(80, 50), head[0]);
        Assert.Equal(70, head[1].X, 9);
    }

    [Fact]
    public void RowNotes_StandRightOfThePlotAndHideWithTheirCategory()
    {
        var figure = new Figure
        {
            Title = "t",
            Panels = [new Panel { Y = new Axis { Categories = ["one", "two"], CategoryGroups = ["1", null] }, RowNotes = ["first", "second"], X = new Axis { Min = 0, Max = 1 } }],
        };
        Scene scene = FigureLayout.Arrange(figure);
        GroupShape[] groups = [.. scene.Shapes.OfType<GroupShape>()];
        Assert.Equal(["one", "first"], groups.SelectMany(group => group.Shapes.OfType<TextShape>()).Select(text => text.Text));
        Assert.All(groups, group => Assert.Equal("1", group.Group));
        TextShape note = scene.Texts.Single(text => text.Text == "second");
        Assert.True(note.Bounds.Right <= scene.Width && note.Bounds.Left > scene.Texts.Single(text => text.Text == "two").Bounds.Right);
    }

    [Fact]
    public void CategoriesTooManyForTheHeight_AreNamedInPart()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"arm {i}")];
        PanelLayout layout = Place(new Panel { Y = new Axis { Categories = names }, PlotHeight = 100 });
        Assert.InRange(layout.YLabels.Count(lines => lines.Count > 0), 5, 7);
    }

    [Fact]
    public void RowTitle_RowOfOneGroup_HidesWithIt()
    {
        Panel panel = new() { Group = "A", Aspect = 0.5 };
        Scene scene = FigureLayout.Arrange(new Figure { Title = "", Columns = 2, Panels = [panel, panel, panel, panel with { Group = "B" }], RowTitles = ["first", "second"] });
        Assert.Equal("A", scene.Shapes.OfType<GroupShape>().Single(group => group.Shapes.OfType<TextShape>().Any(text => text.Text == "first")).Group);
        Assert.Contains(scene.Shapes.OfType<TextShape>(), text => text.Text == "second");
    }

    private static PanelLayout Place(Panel panel)
    {
        var layout = new PanelLayout(panel, 300);
        layout.Fit(200);
        layout.Place(0, 0, 200, 100);
        return layout;
    }
}
