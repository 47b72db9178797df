namespace TmeSim.Experiments.Tests;

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
        Assert.Equal((1.0, 1.0, 6.0), (together.Values("A", "primary", "nlr")[0], together.Values("B", "primary", "nlr")[0], together.Values("Other", "primary", "nlr")[0]));
        var two = new LastCommon(table, _ => "", 25, ["A", "B"]);
        Assert.Equal((1.0, 3.0), (two.Values("A", "primary", "nlr")[0], two.Values("B", "primary", "nlr")[0]));
        Assert.Empty(two.Values("Other", "primary", "nlr"));
    }

    private static TimeSeriesTable Table()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "timeseries.csv");
        File.WriteAllText(path, Text);
        return TimeSeriesTable.Read(path);
    }
}
