using TmeSim.Reports.Domain;

namespace TmeSim.Reports.Tests.Domain;

public class SparklineTests
{
    [Fact]
    public void Create_Ramp_UsesAllBlocks() => Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Create([0, 1, 2, 3, 4, 5, 6, 7]));

    [Fact]
    public void Create_MissingAndConstant_AreBlankAndFlat()
    {
        Assert.Equal("▁ ▁", Sparkline.Create([5, double.NaN, 5]));
        Assert.Equal("  ", Sparkline.Create([double.NaN, double.NaN]));
        Assert.Equal("", Sparkline.Create([]));
    }

    [Fact]
    public void Create_LongSeries_FitsTheWidth() => Assert.Equal(40, Sparkline.Create([.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i * 0.01))]).Length);
}
