using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>Percentile intervals of bootstrap samples (Efron 1979, doi:10.1214/aos/1176344552).</summary>
internal static class BootstrapInterval
{
    /// <summary>Fewest samples: the ends of a 95 % interval then lie inside them.</summary>
    public const int MinSamples = 40;

    /// <summary>The central 95 % of samples; those that are not numbers are left out, NaN without any.</summary>
    public static (double Low, double High) Of(ReadOnlySpan<double> samples)
    {
        var kept = new double[samples.Length];
        int count = 0;
        foreach (double sample in samples)
        {
            if (!double.IsNaN(sample))
            {
                kept[count++] = sample;
            }
        }

        double[] ends = Quantiles.Of(kept.AsSpan(0, count), 0.025, 0.975);
        return (ends[0], ends[1]);
    }

    /// <exception cref="ArgumentException">Too few samples for an interval.</exception>
    public static void CheckCount(int bootstraps)
    {
        if (bootstraps < MinSamples)
        {
            throw new ArgumentException($"a 95 % interval needs at least {MinSamples} bootstrap samples, not {bootstraps}",
                nameof(bootstraps));
        }
    }
}
