using System.Diagnostics;
using System.Runtime;

namespace TmeSim.Experiments.Bench;

/// <summary>
/// Times of work in its steady state: it is repeated until no code has been compiled for <see cref="QuietSeconds"/>, a batch during which
/// something was compiled is measured again, and how long its threads waited for a core is measured with it.
/// </summary>
public static class SteadyClock
{
    /// <summary>So long nothing may have been compiled before the first batch counts [s]; the runtime waits 0.1 s before it compiles again.</summary>
    public const double QuietSeconds = 0.3;

    /// <summary>After so long batches count in any case [s].</summary>
    public const double WarmUpSeconds = 15;

    /// <summary>Batches of work whose timed part the caller knows.</summary>
    /// <param name="batch">Does one batch and returns its value, as a rule the seconds of its timed part.</param>
    /// <param name="batches">Batches to measure, at least 1.</param>
    /// <param name="threads">Threads that the work uses, at least 1.</param>
    public static BatchTimes Measure(Func<double> batch, int batches, int threads = 1) =>
        Measure(batch, batches, threads, () => JitInfo.GetCompiledMethodCount());

    /// <summary>The same with the number of methods compiled so far from elsewhere.</summary>
    internal static BatchTimes Measure(Func<double> batch, int batches, int threads, Func<long> compiledSoFar,
        double warmUpSeconds = WarmUpSeconds)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        WarmUp(batch, compiledSoFar, warmUpSeconds);
        var values = new List<double>(batches);
        int compiling = 0, again = batches;
        double? before = CoreWatch.WaitedSeconds(threads > 1);
        long start = Stopwatch.GetTimestamp();
        while (values.Count < batches)
        {
            long compiled = compiledSoFar();
            double value = batch();
            if (compiledSoFar() != compiled)
            {
                if (again-- > 0)
                {
                    continue;
                }

                compiling++;
            }

            values.Add(value);
        }

        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double? waited = CoreWatch.WaitedSeconds(threads > 1) - before;
        return new BatchTimes(values, waited is { } w ? Math.Clamp(w / (wall * threads), 0, 1) : null, compiling);
    }

    /// <summary>Seconds of one call of short work: so many calls a batch that it takes some time.</summary>
    /// <param name="work">The work; all calls alike.</param>
    /// <param name="batches">Batches to measure, at least 1.</param>
    /// <param name="batchSeconds">About this long a batch takes [s].</param>
    /// <param name="threads">Threads that the work uses.</param>
    public static BatchTimes Seconds(Action work, int batches, double batchSeconds, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(work);
        int calls = 1;
        double Batch()
        {
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                work();
            }

            double seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
            double wanted = calls * batchSeconds / Math.Max(seconds, 1e-9);
            if (seconds < batchSeconds / 2)
            {
                calls = (int)Math.Clamp(wanted, calls + 1, 1e9);
            }

            return seconds / calls;
        }

        return Measure(Batch, batches, threads);
    }

    private static void WarmUp(Func<double> batch, Func<long> compiledSoFar, double most)
    {
        long start = Stopwatch.GetTimestamp(), quiet = start;
        do
        {
            long compiled = compiledSoFar();
            batch();
            if (compiledSoFar() != compiled)
            {
                quiet = Stopwatch.GetTimestamp();
            }
        }
        while (Stopwatch.GetElapsedTime(quiet).TotalSeconds < QuietSeconds && Stopwatch.GetElapsedTime(start).TotalSeconds < most);
    }
}
