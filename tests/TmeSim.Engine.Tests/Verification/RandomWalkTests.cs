using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Verification;

/// <summary>
/// Lattice walk, persistent walk and Poisson influx with the generator of the engine: what its draws must give before any
/// process is built on them.
/// Fixed keys; each bound is missed by less than one key in 1,000.
/// </summary>
public class RandomWalkTests
{
    private const int Walkers = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void LatticeWalk_MeanSquaredDisplacementGrowsAsTwoDTimesDTimesT(int dimensions)
    {
        const int steps = 400;
        const double spacing = 20, hop = 0.25;
        double diffusivity = spacing * spacing / (2 * dimensions * hop);
        RandomKey key = RandomKey.Create(2024, 0, 0);
        var squared = new double[steps + 1];
        var position = new int[3];
        for (uint walker = 0; walker < Walkers; walker++)
        {
            Array.Clear(position);
            for (uint step = 1; step <= steps; step++)
            {
                uint word = Philox4x32.Block(walker, 0, step, 1, key).X0;
                int direction = (int)((ulong)word * (uint)(2 * dimensions) >> 32);
                position[direction >> 1] += (direction & 1) == 0 ? -1 : 1;
                squared[step] += position[0] * position[0] + position[1] * position[1] + position[2] * position[2];
            }
        }

        // Least-squares slope through the origin, weighted by 1/t squared: every time counts by its relative error.
        double slope = 0;
        for (int step = 1; step <= steps; step++)
        {
            slope += squared[step] / Walkers * spacing * spacing / (step * hop) / steps;
        }

        Assert.Equal(1, slope / (2 * dimensions * diffusivity), 0.02);
    }

    [Fact]
    public void PersistentWalk_DiffusesAsSpeedSquaredTimesPersistence()
    {
        // Directions renewed at rate 1/tau: MSD = 2 v^2 tau (t - tau (1 - exp(-t/tau))), so D = v^2 tau / d.
        const double speed = 4, tau = 5, end = 200;
        RandomKey key = RandomKey.Create(2025, 0, 0);
        double sum = 0;
        for (uint walker = 0; walker < Walkers; walker++)
        {
            var stream = new PhiloxStream(key, walker, 0, 2);
            double time = 0, x = 0, y = 0, z = 0;
            while (time < end)
            {
                double length = Math.Min(end - time, tau * ExponentialDraw.Of(stream.Next()));
                double dx = stream.NextNormal(), dy = stream.NextNormal(), dz = stream.NextNormal();
                double scale = speed * length / Math.Sqrt(dx * dx + dy * dy + dz * dz);
                x += scale * dx;
                y += scale * dy;
                z += scale * dz;
                time += length;
            }

            sum += x * x + y * y + z * z;
        }

        double expected = 2 * speed * speed * tau * (end - tau * (1 - Math.Exp(-end / tau)));

        // Relative SE of the mean of a nearly three-dimensional normal: sqrt(2/3/n) = 0.8 %.
        Assert.Equal(1, sum / Walkers / expected, 0.027);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(8)]
    [InlineData(75)]
    public void Influx_HasMeanEqualToVariance_AndVesselsAddUp(double mean)
    {
        const int vessels = 4, periods = 5000;
        RandomKey key = RandomKey.Create(2026, 0, 0);
        var single = new double[periods];
        var total = new double[periods];
        for (uint period = 0; period < periods; period++)
        {
            for (uint vessel = 0; vessel < vessels; vessel++)
            {
                var stream = new PhiloxStream(key, vessel, 0, period);
                int count = Draws.Poisson(mean, ref stream);
                single[period] = vessel == 0 ? count : single[period];
                total[period] += count;
            }
        }

        AssertPoisson(single, mean);
        AssertPoisson(total, vessels * mean);
    }

    // Mean within 3.5 SE; dispersion index (n - 1) s^2 / mean is chi-square with n - 1 degrees, close to normal here.
    private static void AssertPoisson(double[] counts, double mean)
    {
        int n = counts.Length;
        double average = counts.Average();
        Assert.InRange((average - mean) / Math.Sqrt(mean / n), -3.5, 3.5);
        double dispersion = counts.Sum(c => (c - average) * (c - average)) / average;
        Assert.InRange((dispersion - (n - 1)) / Math.Sqrt(2.0 * (n - 1)), -3.5, 3.5);
    }
}
