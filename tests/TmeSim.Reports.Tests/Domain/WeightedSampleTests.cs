using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Reports.Tests.Domain;

public class WeightedSampleTests
{
    [Fact]
    public void Of_WeightlessAndMissingValues_AreLeftOut()
    {
        var sample = WeightedSample.Of([5, double.NaN, 7, 9], [1, 1, 0, 3], double.IsFinite);
        Assert.Equal([5.0, 9.0], sample.Values);
        Assert.Equal([0.25, 0.75], sample.Weights);
        Assert.Equal([0, 3], sample.Indices);
        Assert.Equal(1 / 0.625, sample.EffectiveSize, 1e-12);
    }

    [Fact]
    public void Quantile_Weights_AreTheInverseOfTheirSum()
    {
        var sample = WeightedSample.Of([3, 1, 2], [0.2, 0.5, 0.3], double.IsFinite);
        Assert.Equal([1, 1, 2, 3], new[] { 0.1, 0.5, 0.6, 0.9 }.Select(sample.Quantile));
    }

    [Fact]
    public void Draws_AnyWeights_AddUpAndDifferByLessThanOneFromTheirShare()
    {
        double[] weights = [.. Enumerable.Range(0, 57).Select(i => (double)(i * 31 % 17))];
        var sample = WeightedSample.Of([.. Enumerable.Range(0, 57).Select(i => (double)i)], weights, double.IsFinite);
        int[] draws = sample.Draws(100);
        Assert.Equal(100, draws.Sum());
        Assert.All(draws.Zip(sample.Weights), pair => Assert.True(Math.Abs(pair.First - (pair.Second * 100)) < 1));
    }

    [Fact]
    public void Of_Nothing_IsEmpty()
    {
        var sample = WeightedSample.Of([], null, double.IsFinite);
        Assert.Equal((0, double.NaN, 0), (sample.EffectiveSize, sample.Quantile(0.5), sample.Draws(5).Length));
    }

    [Fact]
    public void Of_HugeWeights_DoNotOverflow() => Assert.Equal([0.5, 0.5], WeightedSample.Of([1, 2], [1e308, 1e308], double.IsFinite).Weights);
}
