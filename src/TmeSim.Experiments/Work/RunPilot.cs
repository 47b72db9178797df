using System.Diagnostics;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What a few seconds of a run showed of its speed.</summary>
/// <param name="BurnIn">Time of a step of the burn-in [s]; 0 where there is none.</param>
/// <param name="Arm">Time of a step of an arm, rows included, over the arms that were seen [s].</param>
/// <param name="Once">What the first steps took beyond that: code that is compiled, arrays that are touched for the first time [s].</param>
internal sealed record RunPace(double BurnIn, double Arm, double Once)
{
    /// <summary>The mean of several.</summary>
    public static RunPace Mean(IReadOnlyCollection<RunPace> paces) =>
        new(paces.Average(p => p.BurnIn), paces.Average(p => p.Arm), paces.Average(p => p.Once));

    /// <summary>Time of all work over so many workers, the longest first to whoever is free [s].</summary>
    public double Seconds(IEnumerable<ReplicateWork> work, int jobs)
    {
        double[] load = new double[Math.Max(1, jobs)];
        foreach (double seconds in work.Select(w => (w.Steps.BurnIn * BurnIn) + (w.Arms.Count * w.Steps.Arm * Arm)).OrderDescending())
        {
            load[Array.IndexOf(load, load.Min())] += seconds;
        }

        return load.Max() > 0 ? load.Max() + Once : 0;
    }
}

/// <summary>
/// A replicate that is begun to see how fast a run goes, and thrown away. It takes the way of the true ones, burn-in and then arms with their
/// rows, on a shorter burn-in where the whole one would take too long.
/// </summary>
internal static class RunPilot
{
    // Code that is compiled in these is not there again.
    private const int FirstSteps = 24;

    private const double BurnInSeconds = 1.5, ArmSeconds = 1.5;

    /// <summary>Measures as many pilots at once as the run has jobs, since they slow each other.</summary>
    /// <param name="scenario">What is run.</param>
    /// <param name="work">What is to be run, at least one replicate.</param>
    /// <param name="fit">Jobs, threads, and whether two states of a job fit into memory.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="SimulationException">A simulation cannot go on.</exception>
    public static RunPace Measure(ScenarioDefinition scenario, IReadOnlyList<ReplicateWork> work, MemoryFit fit, CancellationToken cancellation)
    {
        var paces = new RunPace[Math.Min(fit.Jobs, work.Count)];
        Exception? failure = JobThreads.Run(
            paces.Length, paces.Length, (i, stop) => paces[i] = One(scenario, work[i], i, fit, stop), cancellation);
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        cancellation.ThrowIfCancellationRequested();
        return RunPace.Mean(paces);
    }

    private static RunPace One(ScenarioDefinition scenario, ReplicateWork work, int ordinal, MemoryFit fit, CancellationToken cancellation)
    {
        // Time on a core, so that others on the machine do not count; with several threads inside, that of the wall.
        Func<double> clock = fit.Threads == 1 ? ThreadClock.Seconds : () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        var simulation = new Simulation(scenario.Plan, work.Replicate, fit.Threads);
        bool BurnInStep()
        {
            if (simulation.InBurnIn)
            {
                simulation.Step();
                return true;
            }

            return false;
        }

        try
        {
            (long few, double first) = Timed(clock, FirstSteps, double.PositiveInfinity, BurnInStep, cancellation);
            (long steps, double seconds) = Timed(clock, long.MaxValue, BurnInSeconds, BurnInStep, cancellation);
            double pace = steps > 0 ? seconds / steps : few > 0 ? first / few : 0;
            if (simulation.InBurnIn)
            {
                // Half of what was just simulated, so that the arms have something to begin with.
                TimePlan time = scenario.Plan.Time;
                simulation.Dispose();
                simulation = new Simulation(
                    scenario.Plan with { Time = time with { BurnInHours = Math.Max(1, steps / 2) * time.StepHours } }, work.Replicate, fit.Threads);
                simulation.RunBurnIn(cancellation);
            }

            (double arm, double once) = Arms(scenario, work, ordinal, fit, simulation, clock, cancellation);
            return new RunPace(pace, arm, once + Math.Max(0, first - (few * pace)));
        }
        finally
        {
            simulation.Dispose();
        }
    }

    // Each arm has its share of the time; where two states do not fit into memory, one arm stands for all.
    private static (double Pace, double Once) Arms(
        ScenarioDefinition scenario, ReplicateWork work, int ordinal, MemoryFit fit, Simulation simulation, Func<double> clock, CancellationToken cancellation)
    {
        var schedule = new RunSchedule(scenario);
        var columns = new MeasureColumns(scenario);
        int arms = fit.BranchOnDisk ? 1 : work.Arms.Count;
        using BranchPoint? start = arms > 1 ? BranchPoint.Of(simulation, null) : null;
        (long few, double first, long steps, double seconds) = (0, 0, 0, 0);
        for (int i = 0; i < arms; i++)
        {
            if (i > 0)
            {
                start!.Restore(simulation);
            }

            var course = new ArmCourse(simulation, scenario.Arms[work.Arms[(ordinal + i) % work.Arms.Count]], columns, schedule);
            bool ArmStep()
            {
                if (course.IsOver)
                {
                    return false;
                }

                course.Step();
                return true;
            }

            (few, first) = i == 0 ? Timed(clock, FirstSteps, double.PositiveInfinity, ArmStep, cancellation) : (few, first);
            (long more, double spent) = Timed(clock, long.MaxValue, ArmSeconds / arms, ArmStep, cancellation);
            (steps, seconds) = (steps + more, seconds + spent);
        }

        double pace = steps > 0 ? seconds / steps : few > 0 ? first / few : 0;
        return (pace, Math.Max(0, first - (few * pace)));
    }

    private static (long Steps, double Seconds) Timed(Func<double> clock, long most, double time, Func<bool> step, CancellationToken cancellation)
    {
        double start = clock();
        var watch = Stopwatch.StartNew();
        long steps = 0;
        while (steps < most && watch.Elapsed.TotalSeconds < time && step())
        {
            cancellation.ThrowIfCancellationRequested();
            steps++;
        }

        return (steps, clock() - start);
    }
}
