using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class AbcPosteriorTests
{
    [Fact]
    public void EqualWeights_GiveTheUsualMoments()
    {
        var smc = new AbcSmc([new UniformDistribution(0, 1), new NormalDistribution(3, 1)], new AbcSettings { Particles = 101, Key = 3 });
        AbcGeneration generation = smc.Complete(
            null, 0, double.PositiveInfinity, [.. Enumerable.Range(0, 101).Select(a => new AbcParticle(smc.Propose(null, 0, a), 1, a))]);
        AbcPosterior posterior = AbcPosterior.Of(generation);
        double[] x = [.. generation.Particles.Select(p => p.Parameters[0])], y = [.. generation.Particles.Select(p => p.Parameters[1])];
        MonteCarloError error = MonteCarloError.Of(x);
        Assert.Equal(error.Mean, posterior.Means[0], 1e-12);
        Assert.Equal(error.StandardDeviation, posterior.StandardDeviations[0], 1e-12);
        Assert.Equal(Quantiles.Median(y), posterior.Medians[1], 1e-12);
        Assert.Equal(101, posterior.EffectiveSampleSize, 1e-9);
        Assert.Equal(MathNet.Numerics.Statistics.Correlation.Pearson(x, y), posterior.Correlations[0, 1], 1e-12);
        Assert.Equal(1, posterior.Correlations[1, 1]);
        Assert.Equal(x.Min(), posterior.Quantile(0, 0));
        Assert.Equal(x.Max(), posterior.Quantile(0, 1));

        // Type 5, as MathNet calls R5.
        Assert.Equal(MathNet.Numerics.Statistics.Statistics.QuantileCustom(x, 0.3, MathNet.Numerics.Statistics.QuantileDefinition.R5), posterior.Quantile(0, 0.3), 1e-12);
    }

    [Fact]
    public void UnequalWeights_CountAsShares()
    {
        var smc = new AbcSmc([new NormalDistribution(0, 1)], new AbcSettings { Particles = 200, Key = 3, MaximumGenerations = 3 });
        AbcRun run = AbcRun.Of(smc, (p, _, _) => Math.Abs(p[0] - 1));
        AbcGeneration last = run.Generations[^1];
        double[] w = [.. last.Weights], x = [.. last.Particles.Select(p => p.Parameters[0])];
        Assert.True(w.Max() > 1.2 * w.Min());
        double mean = x.Zip(w, (a, b) => a * b).Sum();
        Assert.Equal(mean, run.Posterior.Means[0], 1e-12);
        Assert.Equal(x.Zip(w, (a, b) => b * (a - mean) * (a - mean)).Sum() / (1 - w.Sum(v => v * v)), Math.Pow(run.Posterior.StandardDeviations[0], 2), 1e-12);
        double median = run.Posterior.Medians[0], below = x.Zip(w, (a, b) => a < median ? b : 0).Sum();
        Assert.Equal(0.5, below, w.Max());
    }

    [Fact]
    public void ArgumentsOutsideTheirRange_AreErrors()
    {
        var smc = new AbcSmc([new NormalDistribution(0, 1)], new AbcSettings { Particles = 5, MaximumGenerations = 1 });
        AbcPosterior posterior = AbcRun.Of(smc, (p, _, _) => p[0]).Posterior;
        Assert.Throws<ArgumentOutOfRangeException>(() => posterior.Quantile(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => posterior.Quantile(0, double.NaN));
    }
}
