using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class MeasurementNoiseTests
{
    [Fact]
    public void Noise_IsStandardNormal_AndDependsOnEachArgument()
    {
        // 20 000 draws: mean, variance and neighbours' correlation within 4 standard errors.
        double[] x = [.. Enumerable.Range(0, 20_000).Select(i => MeasurementNoise.Normal(1, i % 7, i / 7, i % 3))];
        MonteCarloError error = MonteCarloError.Of(x);
        Assert.InRange(error.Mean, -4 / Math.Sqrt(20_000), 4 / Math.Sqrt(20_000));
        Assert.InRange(error.StandardDeviation, 1 - 4 / Math.Sqrt(40_000), 1 + 4 / Math.Sqrt(40_000));
        Assert.InRange(x.Zip(x.Skip(1), (a, b) => a * b).Average(), -4 / Math.Sqrt(20_000), 4 / Math.Sqrt(20_000));
        double here = MeasurementNoise.Normal(1, 2, 3, 4);
        Assert.Equal(here, MeasurementNoise.Normal(1, 2, 3, 4));
        Assert.All(
            [MeasurementNoise.Normal(0, 2, 3, 4), MeasurementNoise.Normal(1, 0, 3, 4), MeasurementNoise.Normal(1, 2, 3 + (1L << 32), 4), MeasurementNoise.Normal(1, 2, 3, 5)],
            other => Assert.NotEqual(here, other));
    }
}
