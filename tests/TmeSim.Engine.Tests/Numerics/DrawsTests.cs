using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>Statistical checks use fixed keys and bounds that a correct generator misses less than once in 10,000 keys.</summary>
public class DrawsTests
{
    [Fact]
    public void Uniforms_CoverTheirIntervals()
    {
        Assert.Equal(0f, Draws.Uniform(0xFF));
        Assert.Equal(1f - 1f / (1 << 24), Draws.Uniform(uint.MaxValue));
        Assert.Equal(12345f / (1 << 24), Draws.Uniform(12345u << 8));
        Assert.Equal(0.0, Draws.Uniform(0, 0));
        Assert.Equal(Math.BitDecrement(1.0), Draws.Uniform(uint.MaxValue, uint.MaxValue));
        Assert.Equal(1.0, Draws.UniformOpen(0) + Draws.UniformOpen(uint.MaxValue));
        Assert.InRange(Draws.UniformOpen(uint.MaxValue), 0.9, Math.BitDecrement(1.0));
    }

    // Python 3.11 statistics.NormalDist().inv_cdf (the same algorithm, other code) and R qnorm to the digits shown.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(1e-3, -3.090232306167813)]
    [InlineData(1e-15, -7.941345326170997)]
    public void NormalQuantile_KnownValues(double p, double expected) => Assert.Equal(expected, Draws.NormalQuantile(p), 2e-15 * Math.Abs(expected));

    [Fact]
    public void Normal_HasItsMoments()
    {
        var stream = new PhiloxStream(RandomKey.Create(5, 0, 0), 2, 0, 0);
        const int n = 200_000;
        double m1 = 0, m2 = 0, m4 = 0;
        for (int i = 0; i < n; i++)
        {
            double x = stream.NextNormal();
            m1 += x;
            m2 += x * x;
            m4 += x * x * x * x;
        }

        Assert.InRange(m1 / n, -4 / Math.Sqrt(n), 4 / Math.Sqrt(n));
        Assert.InRange(m2 / n, 1 - 4 * Math.Sqrt(2.0 / n), 1 + 4 * Math.Sqrt(2.0 / n));
        Assert.InRange(m4 / n, 3 - 4 * Math.Sqrt(96.0 / n), 3 + 4 * Math.Sqrt(96.0 / n));
        Assert.Equal(0, Draws.Normal(0, 0) + Draws.Normal(uint.MaxValue, uint.MaxValue), 1e-9);
    }

    [Fact]
    public void Exponential_HasItsMoments()
    {
        var stream = new PhiloxStream(RandomKey.Create(5, 0, 0), 3, 0, 0);
        const int n = 200_000;
        double m1 = 0, m2 = 0;
        for (int i = 0; i < n; i++)
        {
            double x = ExponentialDraw.Of(stream.Next());
            Assert.True(x > 0);
            m1 += x;
            m2 += x * x;
        }

        Assert.InRange(m1 / n, 1 - 4 / Math.Sqrt(n), 1 + 4 / Math.Sqrt(n));
        Assert.InRange(m2 / n, 2 - 4 * Math.Sqrt(20.0 / n), 2 + 4 * Math.Sqrt(20.0 / n));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1.0)]
    [InlineData(12.5)]
    [InlineData(29.999)]
    [InlineData(30.0)]
    [InlineData(47.3)]
    [InlineData(400.0)]
    public void Poisson_FollowsItsProbabilities(double mean)
    {
        const int n = 100_000;
        var stream = new PhiloxStream(RandomKey.Create(9, 0, 0), 4, 0, 0);
        var counts = new Dictionary<int, int>();
        for (int i = 0; i < n; i++)
        {
            int k = Draws.Poisson(mean, ref stream);
            counts[k] = counts.GetValueOrDefault(k) + 1;
        }

        // Chi-square over the cells that expect at least 10, the rest pooled; Wilson-Hilferty quantile at 1 - 1e-4.
        double chi = 0, pooled = n;
        int seen = n, cells = 0;
        for (int k = 0; k < mean + 20 * Math.Sqrt(mean) + 20; k++)
        {
            double expected = n * Math.Exp(k * Math.Log(mean) - mean - Draws.LogFactorial(k));
            if (expected < 10)
            {
                continue;
            }

            int observed = counts.GetValueOrDefault(k);
            chi += (observed - expected) * (observed - expected) / expected;
            pooled -= expected;
            seen -= observed;
            cells++;
        }

        chi += (seen - pooled) * (seen - pooled) / Math.Max(pooled, 1);
        double d = cells, h = 2 / (9 * d);
        Assert.True(chi < d * Math.Pow(1 - h + 3.719 * Math.Sqrt(h), 3), $"chi-square {chi} with {cells} cells");
    }

    [Fact]
    public void Poisson_LargeMeans_HaveTheirMoments()
    {
        var stream = new PhiloxStream(RandomKey.Create(9, 0, 0), 5, 0, 0);
        const int n = 20_000;
        const double mean = 2e8;
        double m1 = 0, m2 = 0;
        for (int i = 0; i < n; i++)
        {
            double z = (Draws.Poisson(mean, ref stream) - mean) / Math.Sqrt(mean);
            m1 += z;
            m2 += z * z;
        }

        Assert.InRange(m1 / n, -4 / Math.Sqrt(n), 4 / Math.Sqrt(n));
        Assert.InRange(m2 / n, 1 - 4 * Math.Sqrt(2.0 / n), 1 + 4 * Math.Sqrt(2.0 / n));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(2e9)]
    public void Poisson_RefusesMeansOutsideItsRange(double mean)
    {
        var stream = default(PhiloxStream);
        Assert.Throws<ArgumentOutOfRangeException>(() => Draws.Poisson(mean, ref stream));
    }

    [Fact]
    public void Poisson_OfMeanZero_IsZeroAndDrawsNothing()
    {
        var stream = new PhiloxStream(new RandomKey(1, 2), 0, 0, 0);
        var copy = stream;
        Assert.Equal(0, Draws.Poisson(0, ref stream));
        Assert.Equal(copy.Next(), stream.Next());
    }

    [Fact]
    public void LogFactorial_MatchesTheSumOfLogs()
    {
        double sum = 0;
        for (int n = 1; n < 5000; n++)
        {
            sum += Math.Log(n);
            Assert.Equal(sum, Draws.LogFactorial(n), 1e-12 * Math.Max(1, sum));
        }

        Assert.Equal(0, Draws.LogFactorial(0));
    }
}
