using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Tests.Results;

public sealed class EndpointTableTests
{
    /// <summary>An arm that ended early is compared on the last day that both arms have, not with a later state of the other.</summary>
    [Fact]
    public void Read_ArmThatEndedEarly_IsComparedOnTheLastCommonDay()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "timeseries.csv");
        File.WriteAllText(path, """
            arm,replicate,lesion,time_d,tumor_volume_change
            Control,0,primary,0,0
            Control,0,primary,30,1
            Treated,0,primary,0,0
            Treated,0,primary,30,0.5
            Treated,0,primary,60,3
            Control,1,primary,0,0
            Control,1,primary,60,1
            Treated,1,primary,0,0
            Treated,1,primary,60,0

            """);
        var table = EndpointTable.Read(path);
        EndpointRow treated = table.Rows.Single(r => r.Arm == "Treated");
        Assert.Equal((30, 60), (treated.FirstDay, treated.LastDay));
        Assert.Equal("30-60", treated.DayText);
        Assert.Equal(0.25, treated.Median, 12);
        Assert.Equal("1 of 2 replicates is read before day 60: replicate 0 on day 30 (Control ended).", table.Remark);
        Assert.Equal((1, 1), (treated.ReadEarly, table.Rows.Single(r => r.Arm == "Control").ReadEarly));
        Assert.StartsWith("2 of 2 replicates are read before day 90: ", EndpointTable.Read(path, plannedDays: 90).Remark, StringComparison.Ordinal);
        Assert.Equal((1.5 / 2 + 1.0 / 2) / 2, treated.RatioToControl!.Value, 12);
    }
}
