using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class AbcSmcTests
{
    private static readonly NormalDistribution Wide = new(0, 2, -20, 20);

    [Fact]
    public void NormalModel_FindsTheExactPosterior()
    {
        // θ ~ N(0, 2²), y = θ + N(0, 1), observed 1.5: posterior N(1.2, 0.8944²); the tolerance of 0.1 adds 0.003 to the variance of y.
        // Standard errors sd/√ESS and sd/√(2 ESS) for each key; a bound of three has a false-alarm rate of 0.27 % for independent particles. Particles
        // share ancestors, so errors are 1.1 (mean) and 1.25 times (sd) as large: over 300 other keys 0 means and 3 sds lay beyond three.
        // The mean over the keys is held to three errors of its own, from the spread over keys.
        const int keys = 10;
        (double[] means, double[] sds) = (new double[keys], new double[keys]);
        for (int key = 0; key < keys; key++)
        {
            var settings = new AbcSettings { Particles = 400, Key = (ulong)key, MinimumEpsilon = 0.1, MaximumGenerations = 12 };
            AbcRun run = AbcRun.Of(new AbcSmc([Wide], settings), (p, g, a) => Math.Abs(p[0] + MeasurementNoise.Normal(settings.Key, g, a, 0) - 1.5));
            Assert.Equal(AbcStop.EpsilonReached, run.Stop);
            AbcPosterior posterior = run.Posterior;
            Assert.InRange(posterior.EffectiveSampleSize, 200, 400);
            (means[key], sds[key]) = (posterior.Means[0], posterior.StandardDeviations[0]);
            double error = Math.Sqrt(0.8 / posterior.EffectiveSampleSize);
            Assert.Equal(1.2, means[key], 3 * error);
            Assert.Equal(Math.Sqrt(0.8), sds[key], 3 * error / Math.Sqrt(2));
            Assert.Equal(1.2, posterior.Medians[0], 3 * 1.2533 * error);
        }

        MonteCarloError mean = MonteCarloError.Of(means), sd = MonteCarloError.Of(sds);
        Assert.Equal(1.2, mean.Mean, 3 * mean.StandardError);
        Assert.Equal(Math.Sqrt(0.8), sd.Mean, 3 * sd.StandardError);
    }

    [Fact]
    public void TwoParametersTiedByTheData_FindTheExactCorrelation()
    {
        // y₁ = θ₁ + θ₂ + N(0, 0.5²), y₂ = θ₁ + N(0, 1), priors N(0, 2²), observed (1, 0.5). A tolerance ε on the Euclidean distance adds about
        // ε²/4 to the variance of each y. Precision P = I/4 + AᵀR⁻¹A with A = [[1, 1], [1, 0]]. Three standard errors as above, for 6 keys.
        const double epsilon = 0.4, r1 = 0.25 + epsilon * epsilon / 4, r2 = 1 + epsilon * epsilon / 4;
        double p11 = 0.25 + 1 / r1 + 1 / r2, p12 = 1 / r1, p22 = 0.25 + 1 / r1, det = p11 * p22 - p12 * p12;
        double h1 = 1 / r1 + 0.5 / r2, h2 = 1 / r1;
        double[] mean = [(p22 * h1 - p12 * h2) / det, (p11 * h2 - p12 * h1) / det], sd = [Math.Sqrt(p22 / det), Math.Sqrt(p11 / det)];
        double correlation = -p12 / Math.Sqrt(p11 * p22);
        for (ulong key = 0; key < 6; key++)
        {
            var settings = new AbcSettings { Particles = 300, Key = key, MinimumEpsilon = epsilon, MaximumGenerations = 12 };
            AbcRun run = AbcRun.Of(new AbcSmc([Wide, Wide], settings), (p, g, a) =>
            {
                double d1 = p[0] + p[1] + 0.5 * MeasurementNoise.Normal(key, g, a, 0) - 1, d2 = p[0] + MeasurementNoise.Normal(key, g, a, 1) - 0.5;
                return Math.Sqrt(d1 * d1 + d2 * d2);
            });
            Assert.Equal(AbcStop.EpsilonReached, run.Stop);
            double root = Math.Sqrt(run.Posterior.EffectiveSampleSize);
            for (int d = 0; d < 2; d++)
            {
                Assert.Equal(mean[d], run.Posterior.Means[d], 3 * sd[d] / root);
                Assert.Equal(sd[d], run.Posterior.StandardDeviations[d], 3 * sd[d] / root / Math.Sqrt(2));
            }

            Assert.Equal(Math.Atanh(correlation), Math.Atanh(run.Posterior.Correlations[0, 1]), 3 / root);
        }
    }

    [Fact]
    public void DataThatSayNothing_LeaveThePriors()
    {
        // Distances are noise alone, so after four generations the weights must have undone all kernels, ends of the ranges included.
        // Quantiles of four priors over 3 keys within 3.9 standard errors √(p (1 − p)/ESS): a false alarm in 0.5 % of designs of this test.
        ParameterDistribution[] priors = [new UniformDistribution(-1, 3), new LogUniformDistribution(0.01, 10), new BetaDistribution(0.2, 0.2), new LogNormalDistribution(5, 3)];
        for (ulong key = 0; key < 3; key++)
        {
            var settings = new AbcSettings { Particles = 400, Key = key, MaximumGenerations = 4 };
            AbcRun run = AbcRun.Of(new AbcSmc(priors, settings), (_, g, a) => Math.Abs(MeasurementNoise.Normal(key, g, a, 0)));
            Assert.Equal((4, AbcStop.GenerationsDone), (run.Generations.Count, run.Stop));
            AbcGeneration last = run.Generations[^1];
            for (int d = 0; d < 4; d++)
            {
                foreach (double p in new[] { 0.1, 0.5, 0.9 })
                {
                    double share = last.Particles.Zip(last.Weights, (x, w) => x.Parameters[d] <= priors[d].Quantile(p) ? w : 0).Sum();
                    Assert.Equal(p, share, 3.9 * Math.Sqrt(p * (1 - p) / last.EffectiveSampleSize));
                }
            }

            for (int d = 1; d < 4; d++)
            {
                Assert.InRange(Math.Abs(run.Posterior.Correlations[d, 0]), 0, 3.9 / Math.Sqrt(last.EffectiveSampleSize));
            }
        }
    }

    [Fact]
    public void BatchesOfAnySize_GiveTheSameBits()
    {
        var smc = new AbcSmc([Wide, new UniformDistribution(0, 1)], new AbcSettings { Particles = 50, Key = 4, MaximumGenerations = 4 });
        AbcRun one = AbcRun.Of(smc, Distance), seven = AbcRun.Of(smc, Distance, 7), many = AbcRun.Of(smc, Distance, 500);
        Assert.Equal(4, one.Generations.Count);
        for (int g = 0; g < 4; g++)
        {
            AssertSame(one.Generations[g], seven.Generations[g]);
            AssertSame(one.Generations[g], many.Generations[g]);
        }
    }

    [Fact]
    public void InterruptedGeneration_DoneAgainOrTakenUpFromItsJournal_GivesTheSameBits()
    {
        var smc = new AbcSmc([Wide, new UniformDistribution(0, 1)], new AbcSettings { Particles = 50, Key = 4, MaximumGenerations = 4 });
        AbcRun run = AbcRun.Of(smc, Distance);

        // Rebuild the first two generations from what a journal holds, then collect the third backwards, with gaps and repeats, after a false start.
        AbcGeneration? previous = null;
        for (int g = 0; g < 2; g++)
        {
            AbcParticle[] journal = [.. run.Generations[g].Particles.Reverse().Select(p => new AbcParticle([.. p.Parameters], p.Distance, p.Attempt))];
            previous = smc.Complete(previous, g, smc.NextEpsilon(previous), journal);
            AssertSame(run.Generations[g], previous);
        }

        var lost = new AbcCollector(smc, previous);
        for (long a = 0; a < 20; a++)
        {
            lost.Add(a, Distance(lost.Propose(a), 2, a));
        }

        Assert.False(lost.IsWhole);
        Assert.Throws<InvalidOperationException>(lost.Complete);
        var again = new AbcCollector(smc, previous);
        for (long start = 0; !again.IsWhole; start += 40)
        {
            for (long a = start + 59; a >= start; a--)
            {
                again.Add(a, Distance(again.Propose(a), 2, a));
            }
        }

        AssertSame(run.Generations[2], again.Complete());
    }

    [Fact]
    public void Proposals_ArePureAndStayInRange()
    {
        ParameterDistribution[] priors = [new UniformDistribution(0, 1), new TriangularDistribution(2, 2, 3)];
        var settings = new AbcSettings { Particles = 20, Key = 9, MaximumGenerations = 3 };
        AbcGeneration first = AbcRun.Of(new AbcSmc(priors, settings), (p, _, _) => 1 - p[0]).Generations[1]; // crowds at an end
        for (long a = 0; a < 2000; a++)
        {
            double[] p = new AbcSmc(priors, settings).Propose(first, 2, a);
            Assert.Equal(p, new AbcSmc(priors, settings).Propose(first, 2, a));
            Assert.InRange(p[0], 0, 1);
            Assert.InRange(p[1], 2, 3);
        }

        Assert.NotEqual(new AbcSmc(priors, settings).Propose(null, 0, 1), new AbcSmc(priors, settings).Propose(null, 0, 1L << 32));
        Assert.NotEqual(new AbcSmc(priors, settings).Propose(null, 0, 1), new AbcSmc(priors, settings with { Key = 10 }).Propose(null, 0, 1));
    }

    [Fact]
    public void Tolerance_FollowsTheQuantile_AndCountsStepDown()
    {
        var smc = new AbcSmc([Wide], new AbcSettings { Particles = 4, Quantile = 0.5, MinimumEpsilon = 1.5 });
        Assert.Equal(double.PositiveInfinity, smc.NextEpsilon(null));
        Assert.Equal(4, smc.NextEpsilon(WithDistances(smc, 2, 3, 5, 9)));
        Assert.Equal(1.5, smc.NextEpsilon(WithDistances(smc, 1, 1, 1, 9)));
        Assert.Equal(2, smc.NextEpsilon(WithDistances(smc, 2, 3, 3, 3)));
        Assert.Equal(AbcStop.Stalled, smc.StopAfter(WithDistances(smc, 3, 3, 3, 3)));
        Assert.Equal(AbcStop.EpsilonReached, smc.StopAfter(WithDistances(smc, 1, 1.5, 0, 0)));
        Assert.Equal(AbcStop.None, smc.StopAfter(WithDistances(smc, 1, 1.6, 0, 0)));
        var last = new AbcSmc([Wide], new AbcSettings { Particles = 4, MaximumGenerations = 1 });
        Assert.Equal(AbcStop.GenerationsDone, last.StopAfter(WithDistances(last, 1, 2, 3, 4)));
    }

    [Fact]
    public void FailedRuns_AreNotAccepted_AndTooManyOfThemEndIt()
    {
        var settings = new AbcSettings { Particles = 20, Key = 2, MaximumGenerations = 3, MinimumAcceptance = 0.2 };
        AbcRun some = AbcRun.Of(new AbcSmc([Wide], settings), (p, _, a) => a % 4 != 0 ? double.NaN : Math.Abs(p[0]));
        Assert.Equal(77, some.Generations[0].Attempts);
        Assert.Equal(20.0 / 77, some.Generations[0].AcceptanceRate);
        Assert.Equal(AbcStop.AcceptanceTooLow, some.Stop);

        AbcRun stuck = AbcRun.Of(new AbcSmc([Wide], settings with { MaximumAttempts = 100 }), (p, g, _) => g == 0 ? Math.Abs(p[0]) : 1e9, 7);
        Assert.Equal((1, AbcStop.AttemptsUsedUp), (stuck.Generations.Count, stuck.Stop));
        Assert.Contains(
            "fewer than 20 of 100 attempts",
            Assert.Throws<InvalidOperationException>(() => AbcRun.Of(new AbcSmc([Wide], settings with { MaximumAttempts = 100 }), (_, _, _) => double.NaN)).Message);
    }

    [Fact]
    public void CollapsedPopulation_StillProposesAndWeighs()
    {
        // Nothing but one corner is near: two particles, then a kernel without covariance.
        var smc = new AbcSmc([Wide, Wide, Wide], new AbcSettings { Particles = 2, Key = 1, MaximumGenerations = 4, MinimumAcceptance = 0, MaximumAttempts = 20_000 });
        AbcRun run = AbcRun.Of(smc, (p, _, _) => Math.Abs(p[0] - 3) + Math.Abs(p[1] + 2) + Math.Abs(p[2]));
        Assert.All(run.Generations, g => Assert.Equal(1, g.Weights.Sum(), 1e-12));
        Assert.All(run.Posterior.Means, m => Assert.True(double.IsFinite(m)));
    }

    [Fact]
    public void ForeignOrIncompleteData_AreErrors()
    {
        var smc = new AbcSmc([Wide], new AbcSettings { Particles = 3 });
        AbcParticle[] good = [.. Enumerable.Range(0, 3).Select(a => new AbcParticle(smc.Propose(null, 0, a), a, a))];
        AbcGeneration first = smc.Complete(null, 0, double.PositiveInfinity, good);
        Says("has 2 accepted attempts of 3", () => smc.Complete(null, 0, double.PositiveInfinity, good[..2]));
        Says("named twice", () => smc.Complete(null, 0, double.PositiveInfinity, [good[0], good[1], good[1]]));
        Says("not within the tolerance 1", () => smc.Complete(null, 0, 1, good));
        Says("does not propose these parameters", () => new AbcSmc([Wide], new AbcSettings { Particles = 3, Key = 1 }).Complete(null, 0, double.PositiveInfinity, good));
        Says("does not propose these parameters", () => smc.Complete(first, 1, double.PositiveInfinity, good));
        Says("generation 2 follows generation 1, not 0", () => smc.Propose(first, 2, 0));
        Says("generation 0 follows generation -1, not 0", () => smc.Propose(first, 0, 0));
        Says("at least one parameter", () => new AbcSmc([], new AbcSettings()));
        Says("at least 2 particles, not 1", () => new AbcSmc([Wide], new AbcSettings { Particles = 1 }));
        Says("ends excluded, not at 1", () => new AbcSmc([Wide], new AbcSettings { Quantile = 1 }));
        Says("0 or more, not NaN", () => new AbcSmc([Wide], new AbcSettings { MinimumEpsilon = double.NaN }));
        Says("at least 1 generation", () => new AbcSmc([Wide], new AbcSettings { MaximumGenerations = 0 }));
        Says("at least as many attempts, not 199", () => new AbcSmc([Wide], new AbcSettings { MaximumAttempts = 199 }));
        Says("not at 1", () => new AbcSmc([Wide], new AbcSettings { MinimumAcceptance = 1 }));

        static void Says(string text, Func<object> make) => Assert.Contains(text, Assert.Throws<ArgumentException>(make).Message);
    }

    private static double Distance(IReadOnlyList<double> p, int generation, long attempt) =>
        Math.Abs(p[0] * p[1] + 0.3 * MeasurementNoise.Normal(4, generation, attempt, 0) - 0.8);

    private static AbcGeneration WithDistances(AbcSmc smc, params double[] distances) =>
        smc.Complete(null, 0, double.PositiveInfinity, [.. distances.Select((d, a) => new AbcParticle(smc.Propose(null, 0, a), d, a))]);

    private static void AssertSame(AbcGeneration expected, AbcGeneration actual)
    {
        Assert.Equal((expected.Number, expected.Epsilon, expected.Attempts), (actual.Number, actual.Epsilon, actual.Attempts));
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal(expected.Particles.Select(p => p.Attempt), actual.Particles.Select(p => p.Attempt));
        Assert.Equal(expected.Particles.SelectMany(p => p.Parameters), actual.Particles.SelectMany(p => p.Parameters));
        Assert.Equal(expected.Particles.Select(p => p.Distance), actual.Particles.Select(p => p.Distance));
    }
}
