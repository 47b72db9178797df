using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class HypoxicFractionTests
{
    [Fact]
    public void Share_IsStrictlyBelow()
    {
        float[] oxygen = [1, 2.5f, 4.9f, 5, 9, 10, 40, 60];
        Assert.Equal([5 / 8.0, 3 / 8.0, 1 / 8.0], ((double[])[10, 5, 2.5]).Select(t => HypoxicFraction.Of(oxygen, t)));
        Assert.True(double.IsNaN(HypoxicFraction.Of([], 10)));
    }
}
