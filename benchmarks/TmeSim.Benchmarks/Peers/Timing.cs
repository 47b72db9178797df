using System.Diagnostics;

namespace TmeSim.Benchmarks;

/// <summary>What several batches came to: the middle one, and the one that was least disturbed.</summary>
public readonly record struct Timed(double Median, double Best)
{
    /// <summary>Both figures times a factor.</summary>
    public Timed Times(double factor) => new(Median * factor, Best * factor);

    /// <summary>Work done in these times, per second.</summary>
    public Timed Rate(double work) => new(work / Median, work / Best);
}

/// <summary>Wall times of work that takes milliseconds or more.</summary>
/// <param name="quick">Fewer repeats.</param>
internal sealed class Timing(bool quick)
{
    public bool Quick { get; } = quick;

    /// <summary>Seconds of one call, over several batches after a warm-up.</summary>
    public Timed Seconds(Action work)
    {
        int repeats = Quick ? 5 : 15;
        double batchSeconds = Quick ? 0.03 : 0.1;
        double call = WarmUp(work);
        int calls = Math.Max(1, (int)(batchSeconds / call));
        var times = new List<double>();
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            long from = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                work();
            }

            times.Add(Stopwatch.GetElapsedTime(from).TotalSeconds / calls);
        }

        times.Sort();
        return new Timed(times[repeats / 2], times[0]);
    }

    /// <summary>Calls with pauses, in which the compiler replaces code that it made in haste. Seconds of a call in the end.</summary>
    private static double WarmUp(Action work)
    {
        double call = 0;
        for (int round = 0; round < 4; round++)
        {
            long from = Stopwatch.GetTimestamp();
            int calls = 0;
            for (; calls < 2 || (calls < 40 && Stopwatch.GetElapsedTime(from).TotalSeconds < 0.1); calls++)
            {
                work();
            }

            call = Stopwatch.GetElapsedTime(from).TotalSeconds / calls;
            Thread.Sleep(150);
        }

        return call;
    }
}
