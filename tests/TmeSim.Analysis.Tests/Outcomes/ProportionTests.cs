using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class ProportionTests
{
    [Theory]
    [InlineData("wilson.7of20", 7, 20, 0.95)]
    [InlineData("wilson.0of15", 0, 15, 0.95)]
    [InlineData("wilson.90", 45, 50, 0.9)]
    public void Wilson_IsThatOfR(string key, int hits, int count, double level)
    {
        Estimate share = Proportion.Wilson(hits, count, level);
        Assert.Equal((double)hits / count, share.Value);
        TrialGolden.Same(key, [share.Low, share.High]);
    }

    /// <summary>Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80, and 9 of 10 less 3 of 10; four decimals are printed.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 10, 0.6075, 1)]
    public void Difference_IsThatOfThePaper(int a, int m, int b, int n, double low, double high)
    {
        Estimate difference = Proportion.Difference(a, m, b, n);
        Assert.Equal(((double)a / m) - ((double)b / n), difference.Value, 1e-15);
        Assert.Equal(low, difference.Low, 5e-5);
        Assert.Equal(high, difference.High, 5e-5);
    }

    [Fact]
    public void Nobody_HasNoShare()
    {
        Assert.True(double.IsNaN(Proportion.Wilson(0, 0).Value));
        Assert.Equal((1, 1.0), (Proportion.Wilson(5, 5).Value, Proportion.Wilson(5, 5).High));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proportion.Wilson(1, 2, 1));
    }

    /// <summary>Coverage over all outcomes of 40 patients, which is exact: Wilson's stays near 95 % on average over shares.</summary>
    [Fact]
    public void Wilson_CoversNearlyWhatItPromises()
    {
        double sum = 0;
        for (int step = 1; step < 100; step++)
        {
            double truth = step / 100.0, covered = 0;
            for (int k = 0; k <= 40; k++)
            {
                Estimate share = Proportion.Wilson(k, 40);
                covered += share.Low <= truth && truth <= share.High ? MathNet.Numerics.Distributions.Binomial.PMF(truth, 40, k) : 0;
            }

            Assert.InRange(covered, 0.83, 1);
            sum += covered;
        }

        Assert.InRange(sum / 99, 0.945, 0.96);
    }
}
