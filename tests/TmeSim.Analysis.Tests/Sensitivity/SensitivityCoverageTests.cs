using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests;

/// <summary>Intervals of the statistics of factors over designs of many keys, with noise as replicates leave it. False alarms: 1e-4 per assertion.</summary>
public class SensitivityCoverageTests
{
    private const int Factors = 3;

    /// <summary>μ and μ* of Morris; percentiles of a bootstrap cover 84 % at 6 trajectories and 92 % at 20.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(20)]
    public void Morris_HoldsMeanAndMeanSize(int trajectories)
    {
        Coverage[] mean = Counters("μ"), size = Counters("μ*");
        MorrisEffect[] truth = Morris(60_000, 1_000_000);
        for (uint key = 0; key < Coverage.Repetitions; key++)
        {
            MorrisEffect[] effects = Morris(trajectories, key);
            for (int d = 0; d < Factors; d++)
            {
                mean[d].Add(effects[d].Mean.Low, effects[d].Mean.High, truth[d].Mean.Value);
                size[d].Add(effects[d].MeanAbsolute.Low, effects[d].MeanAbsolute.High, truth[d].MeanAbsolute.Value);
            }
        }

        Assert.All(mean, c => c.IsBetween(0.93, 0.97));
        Assert.All(size, c => c.IsBetween(0.93, 0.97));

        static MorrisEffect[] Morris(int trajectories, uint key)
        {
            double[] points = MorrisDesign.Points(trajectories, Factors, 4, key);
            return MorrisEffects.Of(points, Outputs(points, key, 0.25, x => (x[0] * x[1]) + (x[1] * x[2] * x[2])), Factors);
        }
    }

    /// <summary>Blocks of a Sobol sequence are steadier than resampled ones, which makes intervals too wide rather than too narrow: 93 % at least, up to all.</summary>
    [Theory]
    [InlineData(64)]
    public void Sobol_HoldsTheIndices(int blocks)
    {
        Coverage[] first = Counters("first"), total = Counters("total");
        SobolIndexResult truth = Sobol(1 << 14, 1_000_000);
        for (uint key = 0; key < Coverage.Repetitions; key++)
        {
            SobolIndexResult result = Sobol(blocks, key);
            for (int d = 0; d < Factors; d++)
            {
                SobolIndex s = result.Factors[d];
                first[d].Add(s.First.Low, s.First.High, truth.Factors[d].First.Value);
                total[d].Add(s.Total.Low, s.Total.High, truth.Factors[d].Total.Value);
            }
        }

        Assert.All(first, c => c.IsBetween(0.93, 1));
        Assert.All(total, c => c.IsBetween(0.93, 1));

        static SobolIndexResult Sobol(int blocks, uint key)
        {
            double[] points = SaltelliDesign.Points(blocks, Factors, key);
            return SobolIndices.Of(Outputs(points, key, 0.3, x => (3 * x[0]) + x[1] + (x[0] * x[2])), Factors, 100, key);
        }
    }

    /// <summary>
    /// Fisher's z for ranks, in Latin hypercubes. Where one factor explains nearly all, what it leaves to the others is not normal, and few points cover less (90 % at 20).
    /// </summary>
    [Theory]
    [InlineData(20, 0.5, 0.93, 0.98)]
    [InlineData(60, 0.5, 0.93, 0.98)]
    [InlineData(20, 0.15, 0.89, 0.98)]
    public void RankCorrelation_HoldsThatOfManyPoints(int points, double noise, double least, double most)
    {
        Coverage[] coverage = Counters("prcc");
        RankCorrelation[] truth = Prcc(20_000, 1_000_000);
        for (uint key = 0; key < Coverage.Repetitions; key++)
        {
            RankCorrelation[] found = Prcc(points, key);
            for (int d = 0; d < Factors; d++)
            {
                coverage[d].Add(found[d].Coefficient.Low, found[d].Coefficient.High, truth[d].Coefficient.Value);
            }
        }

        Assert.All(coverage, c => c.IsBetween(least, most));

        RankCorrelation[] Prcc(int count, uint key)
        {
            double[] design = LatinHypercube.Points(count, Factors, key);
            return PartialRankCorrelation.Of(
                [.. Enumerable.Range(0, Factors).Select(d => design.Chunk(Factors).Select(x => x[d]).ToArray())], Outputs(design, key, noise, x => (2 * x[0]) + x[1] + (0.3 * x[2])));
        }
    }

    private static Coverage[] Counters(string what) => [.. Enumerable.Range(0, Factors).Select(d => new Coverage($"{what} of factor {d}"))];

    private static double[] Outputs(double[] points, uint key, double noise, Func<double[], double> f)
    {
        var stream = new PhiloxStream(RandomKey.Create(0x4E6F697365, 0, 0), key, 0, 0);
        return [.. points.Chunk(Factors).Select(x => f(x) + (noise * stream.NextNormal()))];
    }
}
