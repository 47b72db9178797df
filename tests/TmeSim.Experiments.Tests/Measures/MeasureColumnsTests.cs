using TmeSim.Analysis.Measures;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Tests.Measures;

public sealed class MeasureColumnsTests
{
    [Fact]
    public void Columns_All_AreMeasuresThatScenariosCanName()
    {
        var columns = new MeasureColumns(SmallScenario.Read());
        Assert.All(columns.All.Skip(MeasureColumns.Keys), c => Assert.NotNull(MeasureTable.Find(c.Name)));
        Assert.Equal(columns.All.Count, columns.All.Select(c => c.Name).Distinct().Count());
    }

    [Fact]
    public void Measures_Named_AreAllRecorded()
    {
        string[] names = [.. new MeasureColumns(SmallScenario.Read()).All.Select(c => c.Name)];
        Assert.All(MeasureTable.All.Where(m => !m.Name.Contains('*')), m => Assert.Contains(m.Name, names));
    }
}
