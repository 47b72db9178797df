using TmeSim.Reports.Domain;

namespace TmeSim.Reports.Tests.Domain;

public class ReplicateSummaryTests
{
    [Fact]
    public void Of_FiveReplicates_MatchesRType7()
    {
        // R 4: quantile(c(1, 2, 3, 4, 10), c(.1, .5, .9)) gives 1.4, 3.0, 7.6.
        var summary = ReplicateSummary.Of(new ArmSeries("A", [[0], [0], [0], [0], [0]], [[3], [10], [1], [2], [4]]));
        Assert.Equal(1.4, summary.Low[0], 12);
        Assert.Equal(3.0, summary.Median[0], 12);
        Assert.Equal(7.6, summary.High[0], 12);
    }

    [Fact]
    public void Of_SingleReplicate_HasNoBand()
    {
        var summary = ReplicateSummary.Of(new ArmSeries("A", [[0, 1]], [[5, 6]]));
        Assert.Equal([5, 6], summary.Median);
        Assert.All(summary.Low.Concat(summary.High), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Of_ReplicatesThatEndEarly_StopsBelowHalf()
    {
        var summary = ReplicateSummary.Of(new ArmSeries("A", [[0, 1, 2, 3], [0, 1, 2], [0, 1]], [[1, 1, 1, 1], [2, 2, 2], [3, 3]]));
        Assert.Equal([2, 2, 1.5, double.NaN], summary.Median);
    }

    [Fact]
    public void Of_DifferentTimeGrids_InterpolatesInsideEachReplicate()
    {
        var summary = ReplicateSummary.Of(new ArmSeries("A", [[0, 2], [0, 1, 2]], [[0, 4], [0, 4, 8]]));
        Assert.Equal([0, 3, 6], summary.Median);
    }

    [Fact]
    public void Of_MissingValue_IsAGapAndNotAZero()
    {
        var summary = ReplicateSummary.Of(new ArmSeries("A", [[0, 1, 2]], [[1, double.NaN, 3]]));
        Assert.Equal([1, double.NaN, 3], summary.Median);
    }
}
