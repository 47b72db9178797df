using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Tests.Layout;

public class GivenTicksTests
{
    [Fact]
    public void Create_TicksGiven_StandAtTheLevelsInsideTheAxis()
    {
        var map = AxisMap.Create(new Axis { Scale = AxisScale.Log10, Min = 1, Max = 100, RoundEnds = false, TickValues = [2.5, 40, 1000, 5] }, (1, 100), 10);
        Assert.Equal([2.5, 5.0, 40.0], map.Ticks);
        Assert.Equal(["2.5", "5", "40"], map.Labels);
    }

    [Fact]
    public void Create_TicksThatCrowd_AreThinned()
    {
        var map = AxisMap.Create(new Axis { Min = 0, Max = 100, RoundEnds = false, TickValues = [1, 2, 3, 60] }, (0, 100), 5);
        Assert.Equal([1.0, 60.0], map.Ticks);
    }

    [Theory]
    [InlineData(2.1, 4.9)]
    [InlineData(0.09, 33)]
    public void Create_ShortLogAxisWithFewTicks_HasAtLeastTwo(double low, double high) =>
        Assert.True(AxisMap.Create(new Axis { Scale = AxisScale.Log10, Min = low, Max = high, RoundEnds = false }, (low, high), 2).Ticks.Count >= 2);

    [Theory]
    [InlineData(0.31622, "0.316")]
    [InlineData(2, "2")]
    [InlineData(1234.5, "1235")]
    [InlineData(-0.00001, "−10⁻⁵")]
    [InlineData(3.2e7, "3.2×10⁷")]
    [InlineData(0, "0")]
    public void Short_Value_HasThreeDigits(double value, string text) => Assert.Equal(text, NiceTicks.Short(value));

    [Fact]
    public void Arrange_EvenPlots_GivesAllColumnsOneWidthInsideTheFigure()
    {
        var labelled = new Panel { Y = new Axis { Label = "value", Unit = "cells/mm²", Min = 0, Max = 10_000 } };
        var bare = new Panel { Y = new Axis { Min = 0, Max = 1, Labelled = false }, X = new Axis { Labelled = false } };
        var panels = new List<PanelLayout>();
        FigureLayout.Arrange(new Figure { Title = "", Columns = 3, EvenPlots = true, Panels = [labelled, bare, bare] }, (_, panel) => panels.Add(panel));
        Assert.All(panels, panel => Assert.Equal(panels[0].Plot.Width, panel.Plot.Width, 1e-9));
        Assert.True(panels[2].Plot.Right + panels[2].Right <= 860 - 14 + 1e-9);
        Assert.True(panels[1].Left < 10 && panels[1].Bottom < 10);
        Assert.True(panels[0].Plot.Right < panels[1].Plot.Left);
    }
}
