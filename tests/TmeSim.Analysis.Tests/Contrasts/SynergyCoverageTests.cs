using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Contrasts;

/// <summary>Intervals of <see cref="Synergy"/> over samples with known effects.</summary>
public class SynergyCoverageTests
{
    // A coarser lattice than that of the tool: quantiles within a tenth of a percent of probability.
    private const int Points = 500;

    /// <summary>
    /// Log-normal volumes, correlated within replicates. Percentiles of a bootstrap cover 81, 86, 89 and 92 % at 4, 6, 8 and 16 replicates. False alarms: 1e-4 per assertion.
    /// </summary>
    [Theory]
    [InlineData(4, 0.8, 0.7, 1.0, 0.3, 0.5)]
    [InlineData(4, 0.6, 0.05, 0.7, 0.2, 0.9)]
    [InlineData(4, 0.5, 0.5, 1.0, 0.4, 0.5)]
    [InlineData(4, 0.03, 0.2, 1.0, 0.5, 0.5)]
    [InlineData(6, 0.8, 0.7, 1.0, 0.5, 0.0)]
    [InlineData(6, 0.5, 0.5, 0.7, 0.1, 0.0)]
    [InlineData(8, 0.2, 0.1, 0.7, 0.3, 0.9)]
    [InlineData(16, 0.5, 0.5, 1.0, 0.5, 0.5)]
    public void Intervals_HoldTheTruth(int replicates, double first, double second, double interaction, double spread, double correlation)
    {
        double[] left = [1, first, second, first * second * interaction];
        double hsa = Math.Min(first, second);
        var counts = new[] { "first", "both", "Bliss", "HSA", "excess over Bliss", "excess over HSA" }.Select(name => new Coverage(name)).ToArray();
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            double[][] arms = Arms(left, replicates, [spread, spread, spread, spread], correlation, (uint)k);
            var s = Synergy.Of(arms[0], arms[1], arms[2], arms[3], Points);
            Add(0, s.First, 1 - first);
            Add(1, s.Both, 1 - left[3]);
            Add(2, s.Bliss, 1 - (first * second));
            Add(3, s.Hsa, 1 - hsa);
            Add(4, s.BlissExcess, (first * second) - left[3]);
            Add(5, s.HsaExcess, hsa - left[3]);
        }

        Assert.All(counts, c => c.IsBetween(0.93, 0.97));

        void Add(int which, Estimate e, double truth) => counts[which].Add(e.Low, e.High, truth);
    }

    /// <summary>Treated arms that scatter far more than the control are the hardest: the excess is then a skewed function of what replicates share.</summary>
    [Fact]
    public void SteadyControl_WithScatteredArms_CoversNearlyAsMuch()
    {
        var excess = new Coverage("excess over Bliss");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            double[][] arms = Arms([1, 0.5, 0.5, 0.2], 6, [0.1, 0.5, 0.5, 0.5], 0.9, (uint)k);
            Estimate e = Synergy.Of(arms[0], arms[1], arms[2], arms[3], Points).BlissExcess;
            excess.Add(e.Low, e.High, 0.05);
        }

        excess.IsBetween(0.91, 0.97);
    }

    /// <summary>The standard error is right in the mean of squares: within 8 % with 2 000 samples (four standard errors); that of the bootstrap was 9 % low.</summary>
    [Fact]
    public void StandardError_IsThatOfTheExcess()
    {
        double squares = 0;
        var values = new List<double>();
        for (int k = 0; k < 2000; k++)
        {
            double[][] arms = Arms([1, 0.6, 0.5, 0.3], 6, [0.2, 0.2, 0.2, 0.2], 0.5, (uint)k);
            var s = Synergy.Of(arms[0], arms[1], arms[2], arms[3], 2);
            squares += s.BlissExcessError * s.BlissExcessError / 2000;
            values.Add(s.BlissExcess.Value);
        }

        Assert.InRange(Math.Sqrt(squares) / MonteCarloError.Of([.. values]).StandardDeviation, 0.92, 1.08);
    }

    private static double[][] Arms(double[] left, int replicates, double[] spreads, double correlation, uint sample)
    {
        var stream = new PhiloxStream(RandomKey.Create(0x53796E, 0, 0), sample, (uint)replicates, 0);
        double[][] arms = [.. left.Select(_ => new double[replicates])];
        for (int r = 0; r < replicates; r++)
        {
            double common = Math.Sqrt(correlation) * stream.NextNormal();
            for (int a = 0; a < left.Length; a++)
            {
                arms[a][r] = left[a] * Math.Exp((spreads[a] * (common + (Math.Sqrt(1 - correlation) * stream.NextNormal()))) - (0.5 * spreads[a] * spreads[a]));
            }
        }

        return arms;
    }
}
