using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Tests.Contrasts;

public class QuantilesTests
{
    // R: quantile(c(7, 1, 3, 10, 4.5), c(0, .1, .25, .5, .9, 1)), type 7.
    [Fact]
    public void Of_EqualsTypeSeven()
    {
        double[] values = [7, 1, 3, 10, 4.5];
        double[] expected = [1, 1.8, 3, 4.5, 8.8, 10];
        double[] actual = Quantiles.Of(values, 0, 0.1, 0.25, 0.5, 0.9, 1);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-14);
        }

        Assert.Equal(3.25, Quantiles.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.25), 1e-14);
        Assert.Equal([7, 1, 3, 10, 4.5], values);
    }

    [Fact]
    public void Edges_AreDefined()
    {
        Assert.True(double.IsNaN(Quantiles.Median([])));
        Assert.Equal(4, Quantiles.Median([4]));
        Assert.True(double.IsNaN(Quantiles.Median([1, double.NaN, 2])));
        Assert.Equal(double.PositiveInfinity, Quantiles.Of([1, double.PositiveInfinity, double.PositiveInfinity], 0.8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1.0], 1.1));
    }
}
