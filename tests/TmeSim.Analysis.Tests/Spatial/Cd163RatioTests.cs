using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class Cd163RatioTests
{
    [Fact]
    public void Ratio_IsSymmetricAndKnowsEmptyTypes()
    {
        Assert.Equal(0, Cd163Ratio.Log2(40, 40));
        Assert.Equal(1, Cd163Ratio.Log2(40, 40 / 2) - Math.Log2(40.5 / 41), 1e-12);
        Assert.Equal(Cd163Ratio.Log2(3, 80), -Cd163Ratio.Log2(80, 3), 1e-12);
        Assert.Equal(Math.Log2(21), Cd163Ratio.Log2(10, 0), 1e-12);
        Assert.True(double.IsNaN(Cd163Ratio.Log2(0, 0)));
    }
}
