using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Verification;

/// <summary>
/// Birth–death processes by simulation with the generator of the engine: 10,000 runs, each within 3 standard errors of theory
/// (false alarm 0.3 % per key; keys are fixed).
/// </summary>
public class GrowthTests
{
    private const int Runs = 10_000;

    [Fact]
    public void BirthDeath_HasItsMeanSpreadAndExtinction()
    {
        (double mean, double sd, double extinct) = Simulate(10, 1, 0.5, 4, RandomKey.Create(1, 0, 0));
        const double expectedMean = 73.8906, expectedSd = 37.6334, expectedExtinct = 4.597e-4;
        Assert.InRange((mean - expectedMean) / (expectedSd / Math.Sqrt(Runs)), -3, 3);

        // SE of a standard deviation: sqrt((2 + excess kurtosis)/4n), and ten founders have 8.92/10 = 0.89 (Kendall 1948 probabilities).
        Assert.InRange((sd - expectedSd) / (expectedSd * Math.Sqrt(2.89 / 4 / Runs)), -3, 3);
        Assert.InRange((extinct - expectedExtinct) / Math.Sqrt(expectedExtinct / Runs), -3, 3);
    }

    [Fact]
    public void EarlyExtinction_HasItsProbability()
    {
        // One founder: P(extinct by t) = d (g - 1) / (b g - d) with g = exp((b - d) t).
        (_, _, double extinct) = Simulate(1, 1, 0.5, 4, RandomKey.Create(2, 0, 0));
        double g = Math.Exp(2), expected = 0.5 * (g - 1) / (g - 0.5);
        Assert.InRange((extinct - expected) / Math.Sqrt(expected * (1 - expected) / Runs), -3, 3);
    }

    [Fact]
    public void Yule_HasItsMeanAndSpread()
    {
        // Pure birth from one founder is geometric: mean e^t, variance e^t (e^t - 1), excess kurtosis near 6.
        (double mean, double sd, double extinct) = Simulate(1, 1, 0, 3, RandomKey.Create(3, 0, 0));
        double g = Math.Exp(3), expectedSd = Math.Sqrt(g * (g - 1));
        Assert.InRange((mean - g) / (expectedSd / Math.Sqrt(Runs)), -3, 3);
        Assert.InRange((sd - expectedSd) / (expectedSd * Math.Sqrt(8.0 / 4 / Runs)), -3, 3);
        Assert.Equal(0, extinct);
    }

    [Fact]
    public void PureKill_LeavesABinomialNumber()
    {
        // 48 steps of rate 0.05 with the step probability of the engine: survivors are binomial with p = exp(-2.4) whatever the step.
        const int cells = 200, steps = 48, runs = 2000;
        RandomKey key = RandomKey.Create(4, 0, 0);
        float probability = DetMath.Probability(0.05f);
        double p = Math.Exp(-2.4), m1 = 0, m2 = 0;
        for (uint run = 0; run < runs; run++)
        {
            int alive = 0;
            for (uint cell = 0; cell < cells; cell++)
            {
                uint step = 0;
                while (step < steps && Draws.Uniform(Philox4x32.Block(cell, run, step, 3, key).X0) >= probability)
                {
                    step++;
                }

                alive += step == steps ? 1 : 0;
            }

            m1 += alive;
            m2 += (double)alive * alive;
        }

        double mean = m1 / runs, variance = (m2 - runs * mean * mean) / (runs - 1), expected = cells * p * (1 - p);
        Assert.InRange((mean - cells * p) / Math.Sqrt(expected / runs), -3, 3);
        Assert.InRange((variance - expected) / (expected * Math.Sqrt(2.0 / runs)), -3, 3);
    }

    /// <summary>Gillespie runs of N cells with birth and death rates to a time.</summary>
    private static (double Mean, double Sd, double Extinct) Simulate(int initial, double birth, double death, double end, RandomKey key)
    {
        double m1 = 0, m2 = 0;
        int extinct = 0;
        for (uint run = 0; run < Runs; run++)
        {
            var stream = new PhiloxStream(key, run, 0, 4);
            int size = initial;
            double time = 0;
            while (size > 0)
            {
                time += ExponentialDraw.Of(stream.Next()) / (size * (birth + death));
                if (time > end)
                {
                    break;
                }

                size += stream.NextDouble() * (birth + death) < birth ? 1 : -1;
            }

            extinct += size == 0 ? 1 : 0;
            m1 += size;
            m2 += (double)size * size;
        }

        double mean = m1 / Runs;
        return (mean, Math.Sqrt((m2 - Runs * mean * mean) / (Runs - 1)), (double)extinct / Runs);
    }
}
