using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Plots.Ticks;

namespace TmeSim.Reports.Tests.Plots;

public class TicksTests
{
    [Fact]
    public void Stepped_NarrowAxis_TakesTheSmallestStepThatHasRoom()
    {
        Assert.Equal(["0", "1", "2", "3", "4"], Labels(new SteppedTicks([1, 2, 4]), 0, 4, 400));
        Assert.Equal(["0", "2", "4"], Labels(new SteppedTicks([1, 2, 4]), 0, 4, 45));
        Assert.Equal(["0", "8", "16"], Labels(new SteppedTicks([1, 2, 4]), 0, 16, 45));
    }

    [Fact]
    public void Given_CrowdedNames_LeaveOutEverySecond()
    {
        (double, string)[] names = [(0, "first name"), (1, "second name"), (2, "third name"), (3, "fourth name")];
        Assert.Equal(4, Labels(new GivenTicks(names), -0.5, 3.5, 400).Length);
        Assert.Equal(["first name", "third name"], Labels(new GivenTicks(names), -0.5, 3.5, 160));
        Assert.Equal(4, Labels(new GivenTicks(names), -0.5, 3.5, 160, rotation: -90).Length);
        Assert.Equal(["second name"], Labels(new GivenTicks(names), 0.5, 1.5, 400));
    }

    [Fact]
    public void Log_Range_DecidesWhichParts()
    {
        Assert.Equal(["1", "10", "100", "1000"], Labels(new LogTicks(), 0, 3, 400));
        Assert.Equal(["1", "2", "5", "10"], Labels(new LogTicks(), 0, 1, 400));
        Assert.Contains("4", Labels(new LogTicks(), Math.Log10(3), Math.Log10(6), 400));
        Assert.InRange(Labels(new LogTicks(), -300, 300, 400).Length, 2, 20);
    }

    [Theory]
    [InlineData(-1e290, 1e290)]
    [InlineData(1e-200, 3e-200)]
    [InlineData(0, 7)]
    public void Round_AnySize_HasValuesInside(double low, double high)
    {
        IReadOnlyList<double> ticks = RoundTicks.Of(low, high, 5);
        Assert.InRange(ticks.Count(t => t >= low && t <= high), 2, 12);
    }

    [Fact]
    public void Range_FollowsWhatIsAskedAndDrawn()
    {
        Assert.Equal((-0.5, 2.5), AxisRange.Of(new Axis { Categories = ["a", "b", "c"] }, (5, 9)));
        Assert.Equal((1, 3), AxisRange.Of(new Axis { Min = 1, Max = 3 }, (0, 9)));
        Assert.Equal((2, 4), AxisRange.Of(new Axis { RoundEnds = false }, (2, 4)));
        Assert.Equal(0, AxisRange.Of(new Axis { PreferZero = true }, (2, 10)).Low);
        Assert.Equal((-1, 1), AxisRange.Of(new Axis { Scale = AxisScale.Log10, RoundEnds = false }, (double.NaN, double.NaN)));
        (double low, double high) = AxisRange.Of(new Axis(), (5, 5));
        Assert.True(low < 5 && high > 5);
    }

    private static string[] Labels(ITickGenerator ticks, double low, double high, float pixels, float rotation = 0)
    {
        using Paint paint = Paint.NewDisposablePaint();
        ticks.Regenerate(new CoordinateRange(low, high), Edge.Bottom, new PixelLength(pixels), paint, new LabelStyle { FontSize = PlotStyles.TickSize, Rotation = rotation });
        return [.. ticks.Ticks.Where(t => t.IsMajor).Select(t => t.Label)];
    }
}
