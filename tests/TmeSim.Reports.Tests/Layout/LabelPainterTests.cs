using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Tests.Layout;

public class LabelPainterTests
{
    [Fact]
    public void Place_SamePoint_LabelsKeepClearOrAreLeftOut()
    {
        var labels = new LabelElement([.. Enumerable.Range(0, 40).Select(i => new PlacedLabel($"label {i}", [(5, 5)]))], Rgb.Black) { Gap = 6 };
        IReadOnlyList<TextShape?> placed = Place(labels, new PointElement([5], [5], new PointStyle(Marker.Circle, Rgb.Black, null, 8)));
        TextShape[] shown = [.. placed.OfType<TextShape>()];
        Assert.NotNull(placed[0]);
        Assert.InRange(shown.Length, 4, 39);
        Assert.All(shown.Index(), item => Assert.DoesNotContain(shown[..item.Index], other => other.Bounds.Overlaps(item.Item.Bounds, 0)));
        Assert.DoesNotContain(shown, shape => new Box(196, 96, 204, 104).Overlaps(shape.Bounds, 0.5));
    }

    [Fact]
    public void Place_FirstPlaceTaken_UsesTheNext()
    {
        var labels = new LabelElement([new PlacedLabel("a", [(5, 5)]), new PlacedLabel("b", [(5, 5), (2, 2)])], Rgb.Black);
        TextShape second = Place(labels)[1]!;
        Assert.Equal(80, second.At.X, 1e-9);
    }

    /// <summary>Forty groups of labels: each places those before it once, not again for each of them, which would never end.</summary>
    [Fact]
    public void Place_BehindManyOtherLabels_KeepsClearOfAll()
    {
        LabelElement[] others = [.. Enumerable.Range(0, 40).Select(i => new LabelElement([new PlacedLabel("x", [(5, 0.2 + (0.24 * i))])], Rgb.Black, 2))];
        var last = new LabelElement([new PlacedLabel("x", [(5, 5), (8, 8)])], Rgb.Black, 10);
        Assert.Equal(320, Place(last, others)[0]!.At.X, 1e-9);
    }

    private static IReadOnlyList<TextShape?> Place(LabelElement labels, params PlotElement[] others)
    {
        var panel = new PanelLayout(new Panel { X = Axis.Hidden(0, 10), Y = Axis.Hidden(0, 10), Elements = [.. others, labels] }, 400);
        panel.Fit(400);
        panel.Place(0, 0, 400, 200);
        return LabelPainter.Place(panel, labels);
    }
}
