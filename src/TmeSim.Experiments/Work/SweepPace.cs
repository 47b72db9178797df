using System.Runtime.ExceptionServices;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// How fast the simulations of a sweep go on this machine, measured on some that are begun for it: as many at once as the sweep would run,
/// since they share caches and memory, at their true size, through burn-in and arms. The first steps of both are left out: they compile
/// what they run.
/// </summary>
/// <param name="BurnInStep">Seconds of a step of a burn-in with a core to itself; 0 when nothing could be measured.</param>
/// <param name="ArmStep">Seconds of a step of an arm, with what is read of it.</param>
/// <param name="CoreShare">Share of its cores that the process got; 1 when they are free, or that cannot be told.</param>
/// <param name="Shares">Share of its steps that an arm runs before it ends, by arm of the sweep, where one was seen to its end.</param>
internal sealed record SweepPace(double BurnInStep, double ArmStep, double CoreShare, IReadOnlyDictionary<int, double> Shares)
{
    private const int WarmSteps = 48;
    private static readonly TimeSpan MaxWarmTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxBurnInTime = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MaxArmsTime = TimeSpan.FromSeconds(2.5);

    // Above, the cores are taken to be free.
    private const double FreeShare = 0.8;

    /// <summary>Measures; takes seconds.</summary>
    /// <param name="at">Scenario of a point.</param>
    /// <param name="tasks">What the sweep has to do, at least one task.</param>
    /// <param name="jobs">Simulations at once.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SweepPace Measure(Func<int, ScenarioDefinition> at, IReadOnlyList<SweepTask> tasks, int jobs, int threads,
        CancellationToken cancellation)
    {
        int count = Math.Min(jobs, tasks.Count);
        var pilots = new SweepPilot?[count];
        try
        {
            // From all over the sweep, since points may differ in size.
            All(count, i => pilots[i] = new SweepPilot(at, tasks[(int)((long)i * tasks.Count / count)], threads, i), cancellation);
            _ = All(pilots, p => p.BurnIn(WarmSteps, MaxWarmTime, cancellation), cancellation);
            PilotTime burnIn = All(pilots, p => p.BurnIn(int.MaxValue, MaxBurnInTime, cancellation), cancellation);
            double steps = burnIn.Steps == 0 ? WarmSteps : burnIn.Steps / (double)count;
            All(count, i => pilots[i]!.ToStart(steps, cancellation), cancellation);
            _ = All(pilots, p => p.Arms(WarmSteps, MaxWarmTime, cancellation), cancellation);
            PilotTime arms = All(pilots, p => p.Arms(int.MaxValue, MaxArmsTime, cancellation), cancellation);
            return Of(burnIn, arms, [.. pilots.SelectMany(p => p!.Shares)], count, threads);
        }
        finally
        {
            foreach (SweepPilot? pilot in pilots)
            {
                pilot?.Dispose();
            }
        }
    }

    private static SweepPace Of(PilotTime burnIn, PilotTime arms, (int Arm, double Share)[] shares, int count, int threads)
    {
        // Threads of one simulation wait for each other, so time on a core says nothing of them.
        bool waits = threads == 1 && ThreadClock.KnowsWaiting;
        double Step(PilotTime t) => t.Steps == 0 ? 0 : (waits ? t.WorkSeconds : t.WallSeconds) / t.Steps;
        (double b, double a) = (Step(burnIn), Step(arms));

        // More simulations than cores wait for each other too.
        double fair = Math.Min(1, Environment.ProcessorCount / (double)count);
        double got = waits && burnIn.Steps + arms.Steps > 0
            ? (burnIn.WorkSeconds + arms.WorkSeconds) / (burnIn.WallSeconds + arms.WallSeconds) / fair : 1;
        return new SweepPace(b > 0 ? b : a, a > 0 ? a : b, got < FreeShare ? got : 1, shares.GroupBy(s => s.Arm, s => s.Share)
            .ToDictionary(g => g.Key, g => g.Average()));
    }

    /// <summary>Time of all tasks [s]: each begins on the worker that is free first, in their order.</summary>
    /// <param name="tasks">Tasks.</param>
    /// <param name="steps">Steps of burn-in and arms of a point.</param>
    /// <param name="workers">Tasks at once, at least 1.</param>
    public double Seconds(IEnumerable<SweepTask> tasks, Func<int, (long BurnIn, long Arm)> steps, int workers)
    {
        PriorityQueue<int, double> free = new(Enumerable.Range(0, workers).Select(w => (w, 0.0)));
        double end = 0;
        foreach (SweepTask task in tasks)
        {
            (long burnIn, long arm) = steps(task.Runs[0].Place.Point);
            double seconds = (burnIn * BurnInStep) + task.Runs.Sum(r => arm * ArmStep * Shares.GetValueOrDefault(r.Place.Arm, 1));
            free.TryDequeue(out int worker, out double at);
            free.Enqueue(worker, at + seconds);
            end = Math.Max(end, at + seconds);
        }

        return end;
    }

    private static PilotTime All(SweepPilot?[] pilots, Func<SweepPilot, PilotTime> work, CancellationToken cancellation)
    {
        var times = new PilotTime[pilots.Length];
        All(pilots.Length, i => times[i] = work(pilots[i]!), cancellation);
        return new PilotTime(times.Sum(t => t.Steps), times.Sum(t => t.WorkSeconds), times.Sum(t => t.WallSeconds));
    }

    private static void All(int count, Action<int> work, CancellationToken cancellation)
    {
        if (JobThreads.Run(count, count, (i, _) => work(i), cancellation) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        cancellation.ThrowIfCancellationRequested();
    }
}
