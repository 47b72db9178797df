using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Contrasts;

public class SignFlipTestTests
{
    /// <summary>Darwin's maize pairs (eighths of an inch), Fisher, The Design of Experiments (1935), section 21: 863 of 2¹⁵ patterns reach the sum of 314.</summary>
    private static readonly double[] Darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void Darwin_GivesFishersCount()
    {
        SignFlipResult two = SignFlipTest.Run(Darwin);
        Assert.True(two.Exact);
        Assert.Equal(1726.0 / 32768, two.P);
        Assert.Equal(314.0 / 15, two.MeanEffect, 1e-12);
        Assert.Equal(863.0 / 32768, SignFlipTest.Run(Darwin, Alternative.Greater).P);
        Assert.True(SignFlipTest.Run(Darwin, Alternative.Less).P > 0.97);
    }

    [Fact]
    public void Interval_IsTheSetOfShiftsThatTheTestKeeps()
    {
        SignFlipResult result = SignFlipTest.Run(Darwin);
        Assert.True(Rejects(result.Lower - 1e-6));
        Assert.False(Rejects(result.Lower + 1e-6));
        Assert.False(Rejects(result.Upper - 1e-6));
        Assert.True(Rejects(result.Upper + 1e-6));

        static bool Rejects(double shift) => SignFlipTest.Run([.. Darwin.Select(d => d - shift)]).P <= 0.05;
    }

    [Fact]
    public void FewPairs_CannotReject()
    {
        SignFlipResult five = SignFlipTest.Run([1, 2, 3, 4, 5]);
        Assert.Equal(2.0 / 32, five.P);
        Assert.Equal(double.NegativeInfinity, five.Lower);
        Assert.Equal(double.PositiveInfinity, five.Upper);
        SignFlipResult six = SignFlipTest.Run([1, 2, 3, 4, 5, 6]);
        Assert.Equal(2.0 / 64, six.P);
        Assert.Equal(1, six.Lower);
        Assert.Equal(6, six.Upper);
        Assert.Equal(1, SignFlipTest.Run([3]).P);
    }

    [Fact]
    public void NoEffect_GivesOne_AndSignsMirror()
    {
        SignFlipResult zero = SignFlipTest.Run([0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(1, zero.P);
        Assert.Equal(0, zero.Lower);
        Assert.Equal(0, zero.Upper);
        double[] mirrored = [.. Darwin.Select(d => -d)];
        Assert.Equal(SignFlipTest.Run(Darwin, Alternative.Greater).P, SignFlipTest.Run(mirrored, Alternative.Less).P);
        Assert.Equal(-SignFlipTest.Run(Darwin).Upper, SignFlipTest.Run(mirrored).Lower, 1e-12);
    }

    [Fact]
    public void TenthsWithTies_AreCountedAsTies()
    {
        // 0.1 + 0.2 differs from 0.3 in the last bit; in whole tenths the count is exact.
        double[] tenths = [0.1, 0.2, 0.3, 0.4, -0.3, 0.7, 0.6];
        Assert.Equal(SignFlipTest.Run([1, 2, 3, 4, -3, 7, 6]).P, SignFlipTest.Run(tenths).P);
    }

    [Fact]
    public void RandomPatterns_AgreeWithTheNormalLimit_AndRepeat()
    {
        var stream = new PhiloxStream(RandomKey.Create(17, 0, 0), 0, 0, 0);
        var values = new double[60];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 0.25 + stream.NextNormal();
        }

        SignFlipResult result = SignFlipTest.Run(values);
        Assert.False(result.Exact);
        Assert.Equal(result, SignFlipTest.Run(values));
        double root = Math.Sqrt(values.Sum(v => v * v));
        double limit = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -values.Sum() / root);
        Assert.Equal(limit, SignFlipTest.Run(values, Alternative.Greater).P, 0.1 * limit + 0.002);
        MonteCarloError error = MonteCarloError.Of(values);
        Assert.Equal(error.Mean - 2.0 * error.StandardError, result.Lower, 0.15 * error.StandardError);
        Assert.Equal(error.Mean + 2.0 * error.StandardError, result.Upper, 0.15 * error.StandardError);
    }

    [Fact]
    public void Level_IsKeptUnderNoEffect()
    {
        // 2,000 samples of 10 pairs without effect: rejections at 5 % are at most binomial(2000, 0.05), 4 SE above 100 is 139.
        var stream = new PhiloxStream(RandomKey.Create(18, 0, 0), 0, 0, 0);
        var values = new double[10];
        int rejected = 0, missed = 0;
        for (int run = 0; run < 2000; run++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = stream.NextNormal();
            }

            SignFlipResult result = SignFlipTest.Run(values);
            rejected += result.P <= 0.05 ? 1 : 0;
            missed += result.Lower > 0 || result.Upper < 0 ? 1 : 0;
        }

        Assert.InRange(rejected, 61, 139);
        Assert.Equal(rejected, missed);
    }

    [Fact]
    public void BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SignFlipTest.Run([]));
        Assert.Throws<ArgumentException>(() => SignFlipTest.Run([1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlipTest.Run([1], confidence: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlipTest.Run([1], randomPatterns: 10));
    }
}
