using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Tests.Results;

public sealed class LastCommonTests
{
    private const string Text = """
        arm,replicate,lesion,time_d,nlr
        A,0,primary,0,1
        A,0,primary,30,2
        B,0,primary,0,1
        B,0,primary,20,3
        B,0,primary,30,4
        Other,0,primary,0,5
        Other,0,primary,3,6

        """;

    /// <summary>A run that ended early does not cut runs of another start short.</summary>
    [Fact]
    public void ArmsOfAnotherStart_AreReadByThemselves()
    {
        TimeSeriesTable table = Table();
        var last = new LastCommon(table, arm => arm == "Other" ? "2" : "1");
        Assert.Equal((2.0, 4.0, 6.0), (last.Values("A", "primary", "nlr")[0], last.Values("B", "primary", "nlr")[0], last.Values("Other", "primary", "nlr")[0]));
        Assert.Equal((3.0, 30.0), last.Days);
    }

    [Fact]
    public void ArmsOfOneStart_OrTwoThatAreCompared_MeetOnTheirLastCommonDay()
    {
        TimeSeriesTable table = Table();
        var together = new LastCommon(table, _ => "");
        Assert.Equal([1.1, 1.3, 6], ((string[])["A", "B", "Other"]).Select(arm => Math.Round(together.Values(arm, "primary", "nlr")[0], 12)));
        Assert.Equal("1 of 1 replicate is read before day 30: replicate 0 on day 3 (Other ended).", together.Remark());
        Assert.Equal((1, 0), (together.EarlyReplicates("primary", ["A"]), together.EarlyReplicates("second")));
    }

    /// <summary>Day 25 lies between two rows of A and B; the row of day 3 is not carried on to it.</summary>
    [Fact]
    public void TimeAskedFor_IsReadBetweenRows_AndMissingAfterTheEndOfAnArm()
    {
        var last = new LastCommon(Table(), _ => "", 25);
        Assert.Equal(1 + (25.0 / 30), last.Values("A", "primary", "nlr")[0], 1e-12);
        Assert.Equal(3.5, last.Values("B", "primary", "nlr")[0], 1e-12);
        Assert.Empty(last.Values("Other", "primary", "nlr"));
        Assert.Equal((25.0, 25.0), last.Days);
        Assert.Equal("1 of 1 replicate has arms without a value on day 25, which ended before: Other of replicate 0 on day 3.", last.Remark());
        Assert.Equal("", last.Remark("primary", ["A", "B"]));
    }

    /// <summary>An arm that ended between the rows of the others: these are read on its day, not on the row before.</summary>
    [Fact]
    public void CommonDayBetweenRows_IsInterpolated()
    {
        var last = new LastCommon(Table(), arm => arm == "A" ? "2" : "1");
        Assert.Equal(1 + (2 * 3.0 / 20), last.Values("B", "primary", "nlr")[0], 1e-12);
        Assert.Equal(6, last.Values("Other", "primary", "nlr")[0]);
        Assert.Equal((3.0, 3.0), last.DaysOf("primary", "B", "Other"));
    }

    /// <summary>Where every arm ended before its duration, that is known from the plan alone.</summary>
    [Fact]
    public void Remark_KnowsThePlannedEnd()
    {
        var last = new LastCommon(Table(), _ => "", null, ["A"], _ => 60);
        Assert.Equal("1 of 1 replicate is read before day 60: replicate 0 on day 30 (A ended).", last.Remark());
        Assert.Equal("", new LastCommon(Table(), _ => "", null, ["A"], _ => 30).Remark());
    }

    private static TimeSeriesTable Table()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "timeseries.csv");
        File.WriteAllText(path, Text);
        return TimeSeriesTable.Read(path);
    }
}
