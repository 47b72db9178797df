using System.Diagnostics;
using System.Runtime;

namespace TmeSim.Experiments.Bench;

/// <summary>
/// Times of work in its steady state: it is repeated until next to no code has been compiled for <see cref="QuietSeconds"/>, a batch of
/// which more than <see cref="CompiledAtMost"/> went into that is measured again, and how long its threads waited for a core is measured
/// with it.
/// </summary>
public static class SteadyClock
{
    /// <summary>So long next to nothing may have been compiled before the first batch counts [s]; the runtime waits 0.1 s before it compiles again.</summary>
    public const double QuietSeconds = 0.3;

    /// <summary>
    /// A batch may have this share of its time spent on compiling code, on whatever thread: in a long one some rare method is always due.
    /// </summary>
    public const double CompiledAtMost = 0.01;

    /// <summary>After so long batches count in any case [s].</summary>
    public const double WarmUpSeconds = 15;

    /// <summary>Batches of work whose timed part the caller knows.</summary>
    /// <param name="batch">Does one batch and returns its value, as a rule the seconds of its timed part.</param>
    /// <param name="batches">Batches to measure, at least 1.</param>
    /// <param name="threads">Threads that the work uses, at least 1.</param>
    public static BatchTimes Measure(Func<double> batch, int batches, int threads = 1) =>
        Measure(batch, batches, threads, () => JitInfo.GetCompilationTime(), TimeProvider.System);

    /// <summary>The same with the time, and what of it was spent on compiling so far, from elsewhere.</summary>
    internal static BatchTimes Measure(Func<double> batch, int batches, int threads, Func<TimeSpan> compiling, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        WarmUp(batch, compiling, time);
        var values = new List<double>(batches);
        int disturbed = 0, again = batches;
        double? before = CoreWatch.WaitedSeconds(threads > 1);
        long start = time.GetTimestamp();
        while (values.Count < batches)
        {
            (double value, bool compiled) = Run(batch, compiling, time);
            if (compiled)
            {
                if (again-- > 0)
                {
                    continue;
                }

                disturbed++;
            }

            values.Add(value);
        }

        double wall = time.GetElapsedTime(start).TotalSeconds;
        double? waited = CoreWatch.WaitedSeconds(threads > 1) - before;
        return new BatchTimes(values, waited is { } w ? Math.Clamp(w / (wall * threads), 0, 1) : null, disturbed);
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

    private static (double Value, bool Compiled) Run(Func<double> batch, Func<TimeSpan> compiling, TimeProvider time)
    {
        TimeSpan before = compiling();
        long start = time.GetTimestamp();
        double value = batch();
        return (value, compiling() - before > CompiledAtMost * time.GetElapsedTime(start));
    }

    private static void WarmUp(Func<double> batch, Func<TimeSpan> compiling, TimeProvider time)
    {
        long start = time.GetTimestamp(), quiet = start;
        do
        {
            if (Run(batch, compiling, time).Compiled)
            {
                quiet = time.GetTimestamp();
            }
        }
        while (time.GetElapsedTime(quiet).TotalSeconds < QuietSeconds && time.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);
    }
}
