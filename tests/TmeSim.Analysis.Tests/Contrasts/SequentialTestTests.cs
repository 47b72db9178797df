using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Contrasts;

/// <summary>How often claims are called what they are not, over drawn replicates whose truth is known.</summary>
public class SequentialTestTests
{
    private const int Most = 40, Claims = 1000;

    [Fact]
    public void Looks_GrowUpToTheMost()
    {
        Assert.Equal([4, 6, 10, 16, 24], new SequentialTest(new ClaimedRange(0, 1, 0), 24).Looks);
        Assert.Equal([4], new SequentialTest(new ClaimedRange(0, 1, 0), 4).Looks);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialTest(new ClaimedRange(0, 1, 0), 3));
    }

    [Theory]
    [InlineData(-0.3, -0.1, Verdict.Reproduced)]
    [InlineData(-0.3, 0.04, Verdict.Undecided)]
    [InlineData(-0.04, 0.3, Verdict.Contradicted)]
    [InlineData(-0.06, 0.3, Verdict.Undecided)]
    [InlineData(0.1, 0.3, Verdict.Contradicted)]
    [InlineData(double.NaN, double.NaN, Verdict.Undecided)]
    public void Direction_IsThereOrHasNoRoomLeft(double low, double high, Verdict expected) =>
        Assert.Equal(expected, new ClaimedRange(double.NegativeInfinity, 0, 0.05).Of(new Estimate((low + high) / 2, low, high)));

    [Theory]
    [InlineData(0.5, 0.6, Verdict.Reproduced)]
    [InlineData(0.46, 0.6, Verdict.Reproduced)]
    [InlineData(0.4, 0.6, Verdict.Undecided)]
    [InlineData(0.4, 0.44, Verdict.Contradicted)]
    [InlineData(0.8, double.PositiveInfinity, Verdict.Contradicted)]
    [InlineData(0.6, double.PositiveInfinity, Verdict.Undecided)]
    public void Range_IsWidenedByItsTolerance(double low, double high, Verdict expected) =>
        Assert.Equal(expected, new ClaimedRange(0.5, 0.7, 0.05).Of(new Estimate(low, low, high)));

    /// <summary>A claim that is true is contradicted, and one that is false by twice its tolerance reproduced, in at most 5 % of cases, whatever the spread. An exponential value, more skewed
    /// than logarithms of counts are: in at most 14 %.</summary>
    [Theory]
    [InlineData(false, 0.1, 0.05)]
    [InlineData(false, 0.4, 0.05)]
    [InlineData(true, 0.2, 0.14)]
    public void FalseVerdicts_AreRare(bool isSkewed, double spread, double stated)
    {
        ClaimedRange direction = new(double.NegativeInfinity, 0, 0.1), range = new(0.5, 0.7, 0.05);
        (double Truth, ClaimedRange Claim, Verdict Wrong)[] cases =
        [
            (-0.1, direction, Verdict.Contradicted), (0, direction, Verdict.Reproduced), (0.1, direction, Verdict.Reproduced),
            (0.5, range, Verdict.Contradicted), (0.6, range, Verdict.Contradicted), (0.4, range, Verdict.Reproduced), (0.8, range, Verdict.Reproduced),
        ];
        foreach ((int c, (double truth, ClaimedRange claim, Verdict wrong)) in cases.Index())
        {
            int errors = Enumerable.Range(0, Claims).Count(k => Told(claim, truth, spread, isSkewed, k + (c * Claims)) == wrong);
            Assert.True(errors <= stated * Claims + 3 * Math.Sqrt(stated * (1 - stated) * Claims), $"{truth} against {claim}: {errors} of {Claims} are {wrong}");
        }
    }

    /// <summary>With little spread the truth is found.</summary>
    [Fact]
    public void ClearCases_AreDecided()
    {
        ClaimedRange direction = new(double.NegativeInfinity, 0, 0.1);
        int found = Enumerable.Range(0, 300).Count(k => Told(direction, -0.3, 0.2, false, k) == Verdict.Reproduced);
        int refuted = Enumerable.Range(0, 300).Count(k => Told(direction, 0.1, 0.2, false, k) == Verdict.Contradicted);
        Assert.True(found > 295 && refuted > 285, $"{found} {refuted}");
    }

    [Fact]
    public void ValuesThatAreNotDefined_AreLeftOut_UntilTooFewAreLeft()
    {
        SequentialTest test = new(new ClaimedRange(double.NegativeInfinity, 0, 0.1), 10);
        Assert.Equal(Verdict.Reproduced, test.Judge([-1, -1.01, double.NaN, -0.99, -1]).Verdict);
        Assert.Equal(Verdict.Undecided, test.Judge([-1, -1.01, double.NaN, double.NaN, double.NaN, -0.99, double.NaN, double.NaN, -1]).Verdict);
        Assert.Equal(Verdict.Undecided, test.Judge([-1, -1.01, -1]).Verdict);
    }

    private static Verdict Told(ClaimedRange claim, double truth, double spread, bool isSkewed, int key)
    {
        SequentialTest test = new(claim, Most);
        var stream = new PhiloxStream(RandomKey.Create(0x636C61696D, 0, 0), (uint)key, 0, 0);
        double[] values = new double[Most];
        for (int i = 0; i < Most; i++)
        {
            // The skewed one: a shifted exponential of the same mean and spread.
            values[i] = truth + (spread * (isSkewed ? -Math.Log(1 - stream.NextDouble()) - 1 : stream.NextNormal()));
        }

        foreach (int look in test.Looks)
        {
            if (test.Judge(values.AsSpan(0, look)).Verdict is var verdict and not Verdict.Undecided)
            {
                return verdict;
            }
        }

        return Verdict.Undecided;
    }
}
