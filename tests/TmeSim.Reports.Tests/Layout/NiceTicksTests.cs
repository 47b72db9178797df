using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Tests.Layout;

public class NiceTicksTests
{
    [Theory]
    [InlineData(2.04e7, "2.0×10⁷")]
    [InlineData(-3.14e-8, "−3.1×10⁻⁸")]
    [InlineData(0, "0.0×10⁰")]
    public void Scientific_Any_HasTwoDigits(double value, string text) => Assert.Equal(text, NiceTicks.Scientific(value));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3.7, 11.2)]
    [InlineData(0.00012, 0.00013)]
    [InlineData(-1e9, 1e9)]
    [InlineData(99.9, 100.1)]
    [InlineData(5, 5)]
    public void LinearAxis_AnyRange_HasThreeToSevenTicksInsideIt(double low, double high)
    {
        var map = AxisMap.Create(new Axis(), (low, high), 5);
        Assert.InRange(map.Ticks.Count, 3, 7);
        Assert.All(map.Ticks, tick => Assert.InRange(map.Fraction(tick), -1e-6, 1 + 1e-6));
        Assert.Equal(map.Labels.Count, map.Labels.Distinct().Count());
    }

    [Fact]
    public void Labels_TenthsAndMinus_AreRoundedAndTypeset() =>
        Assert.Equal(["−0.2", "−0.1", "0", "0.1", "0.2", "0.3"], NiceTicks.Labels(NiceTicks.Linear(-0.2, 0.3, 0.1), 0.1));

    [Fact]
    public void Labels_LargeNumbers_ArePowersOfTen() =>
        Assert.Equal(["0", "1×10⁵", "2×10⁵"], NiceTicks.Labels([0, 1e5, 2e5], 1e5));

    [Fact]
    public void Step_Weeks_ComesFromTheGivenList() => Assert.Equal(13, NiceTicks.Step(52, 5, [1, 2, 4, 8, 13, 26, 52]));

    [Fact]
    public void LogAxis_ValuesAtOrBelowZero_HaveNoPlace()
    {
        var map = AxisMap.Create(new Axis { Scale = AxisScale.Log10 }, (0.01, 100), 6);
        Assert.Equal(["0.01", "0.1", "1", "10", "100"], map.Labels);
        Assert.Equal(0.5, map.Fraction(1), 12);
        Assert.True(double.IsNaN(map.Fraction(0)));
        Assert.True(double.IsNaN(map.Fraction(-1)));
    }
}
