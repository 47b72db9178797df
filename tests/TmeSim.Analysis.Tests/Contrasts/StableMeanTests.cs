using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Tests.Contrasts;

/// <summary>Replicates until a mean is known as well as is asked.</summary>
public sealed class StableMeanTests
{
    // t(3; 0.975) = 3.182446, standard deviation of 1, 2, 3, 4 = 1.290994.
    [Fact]
    public void HalfWidth_IsThatOfStudentsInterval()
    {
        StableMean mean = StableMean.Of([1, 2, 3, 4], 10);
        Assert.Equal((4, 2.5), (mean.Count, mean.Mean));
        Assert.Equal(3.182446 * 1.290994 / 2, mean.HalfWidth, 1e-5);
        Assert.Equal(3, mean.Needed);
    }

    /// <summary>One replicate less than needed is not enough, by the same formula.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(0.5, 29)]
    [InlineData(0.1, 643)]
    public void Needed_IsTheSmallestNumber(double wanted, int expected)
    {
        int needed = StableMean.Of([1, 2, 3, 4], wanted).Needed!.Value;
        Assert.InRange(needed, expected - 2, expected + 2);
        double Half(int n) => MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, n - 1, 0.975) * 1.2909944487358056 / Math.Sqrt(n);
        Assert.True(Half(needed) <= wanted && Half(needed - 1) > wanted);
    }

    [Fact]
    public void TooFewValues_TellNothing()
    {
        Assert.Equal((1, null), (StableMean.Of([double.NaN, 3], 1).Count, StableMean.Of([double.NaN, 3], 1).Needed));
        Assert.True(double.IsNaN(StableMean.Of([], 1).Mean));
        Assert.Equal(2, StableMean.Of([2, 2, 2], 1).Needed);
        Assert.Null(StableMean.Of([0, 1e9], 1e-3).Needed);
        Assert.Throws<ArgumentOutOfRangeException>(() => StableMean.Of([1, 2], 0));
    }
}
