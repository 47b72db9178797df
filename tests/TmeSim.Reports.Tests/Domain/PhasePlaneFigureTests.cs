using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

public class PhasePlaneFigureTests
{
    [Fact]
    public void Create_Track_StartsInARingAndEndsInTheMarkerOfTheArm()
    {
        Panel panel = Draw(new PhaseTrack("A", [0, 7, 14], [1, 2, double.NaN], [5, 6, 7], [2.2], [6.2]));
        PointElement[] points = [.. panel.Elements.OfType<PointElement>()];
        Assert.Equal((2.2, 6.2), (points[0].X.Single(), points[0].Y.Single()));
        Assert.Equal((1, 5), (points[1].X.Single(), points[1].Y.Single()));
        Assert.Equal(Rgb.White, points[1].Style.Fill);
        Assert.Equal((2, 6), (points[2].X.Single(), points[2].Y.Single()));
        Assert.Equal(ArmPalette.Marker(0, 11), points[2].Style);
        Assert.All(panel.Elements, element => Assert.Equal("A", element.Group));
        Assert.Null(panel.DaysPerX);
        Assert.Equal(("CD8 [/mm²]", "CD163 [/mm²]"), (panel.X.Caption, panel.Y.Caption));
    }

    [Theory]
    [InlineData(182, 56, 3)]
    [InlineData(10, 2, 4)]
    public void Create_Arrowheads_StandAtRoundTimes(int days, double step, int count)
    {
        double[] times = [.. Enumerable.Range(0, days + 1).Select(day => (double)day)];
        ArrowElement[] arrows = [.. Draw(new PhaseTrack("A", times, times, times, [], [])).Elements.OfType<ArrowElement>()];
        Assert.Equal(Enumerable.Range(1, count).Select(i => i * step), arrows.Select(arrow => Math.Round(arrow.X, 9)));
        Assert.All(arrows, arrow => Assert.True(arrow.FromX < arrow.X));
    }

    [Fact]
    public void Create_Gap_HasNoArrowhead()
    {
        double[] times = [.. Enumerable.Range(0, 11).Select(day => (double)day)];
        double[] values = [.. times.Select(time => time is > 3 and < 7 ? double.NaN : time)];
        Assert.Equal([2, 8.0], Draw(new PhaseTrack("A", times, values, times, [], [])).Elements.OfType<ArrowElement>().Select(arrow => Math.Round(arrow.X, 9)));
    }

    [Fact]
    public void Create_Line_GetsStrongerWithTimeInTheColourOfTheArm_AndKeepsItsEnds()
    {
        double[] times = [.. Enumerable.Range(0, 29).Select(day => (double)day)];
        LineElement[] lines = [.. Draw(new PhaseTrack("A", times, times, [.. times.Select(time => time % 2)], [], [])).Elements.OfType<LineElement>()];
        double[] opacities = [.. lines.Select(line => line.Stroke.Opacity)];
        Assert.Equal(opacities.Order().Distinct(), opacities);
        Assert.Equal(1, opacities[^1]);
        Assert.All(lines, line => Assert.Equal(ArmPalette.Line(0).Color, line.Stroke.Color));
        Assert.Equal((0, 0, 28, 0), (lines[0].X[0], lines[0].Y[0], Math.Round(lines[^1].X[^1], 9), Math.Round(lines[^1].Y[^1], 9)));
        Assert.All(lines[3..^3].SelectMany(line => line.Y), y => Assert.InRange(y, 0.25, 0.75));
    }

    [Fact]
    public void Create_ArmWithoutData_IsNamedSo() =>
        Assert.Equal("A (no data)", PhasePlaneFigure.Create([new PhaseTrack("A", [], [], [], [], [])], ("x", ""), ("y", ""), new ArmLooks(["A"]), new FigureOptions()).Legend.Single().Label);

    private static Panel Draw(PhaseTrack track) => PhasePlaneFigure.Create([track], ("CD8", "/mm²"), ("CD163", "/mm²"), new ArmLooks(["A"]), new FigureOptions()).Panels.Single()!;
}
