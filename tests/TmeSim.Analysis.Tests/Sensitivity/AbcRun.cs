using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

/// <summary>Distance of the simulated from the observed outcome: a pure function of its arguments; NaN where the run failed.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="generation">Number of the generation, for keys of noise.</param>
/// <param name="attempt">Number of the attempt, for keys of noise.</param>
internal delegate double AbcDistance(IReadOnlyList<double> parameters, int generation, long attempt);

/// <summary>A calibration in memory.</summary>
/// <param name="Generations">Finished generations, at least one; the last is the result.</param>
/// <param name="Stop">Why it ended.</param>
internal sealed record AbcRun(IReadOnlyList<AbcGeneration> Generations, AbcStop Stop)
{
    /// <summary>What the last generation says about the parameters.</summary>
    public AbcPosterior Posterior => AbcPosterior.Of(Generations[^1]);

    /// <summary>Runs all generations.</summary>
    /// <param name="smc">The calibration.</param>
    /// <param name="distance">Distance; called from several threads when the batch is larger than 1.</param>
    /// <param name="batch">Attempts evaluated at a time, at least 1; it does not change the result.</param>
    /// <exception cref="InvalidOperationException">The attempts of generation 0 are used up: the distance is hardly ever a finite number.</exception>
    public static AbcRun Of(AbcSmc smc, AbcDistance distance, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(smc);
        ArgumentNullException.ThrowIfNull(distance);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var generations = new List<AbcGeneration>();
        AbcStop stop = AbcStop.None;
        while (stop == AbcStop.None)
        {
            AbcGeneration? next = Generation(new AbcCollector(smc, generations.LastOrDefault()), distance, batch);
            if (next is not null)
            {
                generations.Add(next);
            }

            stop = next is null ? AbcStop.AttemptsUsedUp : smc.StopAfter(next);
        }

        return generations.Count > 0
            ? new AbcRun(generations, stop)
            : throw new InvalidOperationException(
                $"fewer than {smc.Settings.Particles} of {smc.Settings.MaximumAttempts} attempts from the prior have a finite distance: no calibration can start");
    }

    private static AbcGeneration? Generation(AbcCollector collector, AbcDistance distance, int batch)
    {
        var distances = new double[batch];
        while (!collector.IsWhole && !collector.IsExhausted)
        {
            long start = collector.Known;
            Parallel.For(0, batch, new ParallelOptions { MaxDegreeOfParallelism = batch }, i =>
                distances[i] = distance(collector.Propose(start + i), collector.Generation, start + i));
            for (int i = 0; i < batch; i++)
            {
                collector.Add(start + i, distances[i]);
            }
        }

        return collector.IsWhole ? collector.Complete() : null;
    }
}
