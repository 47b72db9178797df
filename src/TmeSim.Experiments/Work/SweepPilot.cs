using System.Diagnostics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// A simulation that is begun to see how fast a sweep goes, and thrown away. It takes the way of the true ones: burn-in, then arm after arm
/// from the state at t = 0. A tumour that is left to grow on would be another, slower simulation.
/// </summary>
internal sealed class SweepPilot : IDisposable
{
    // Arms that are over sooner are run again, so that there is something to measure.
    private const int MinArmSteps = 250;

    private readonly SweepTask _task;
    private readonly ScenarioDefinition _scenario;
    private readonly RunSchedule _schedule;
    private readonly MeasureColumns _columns;
    private readonly int _threads;
    private readonly int _firstArm;
    private Simulation _simulation;
    private BranchPoint? _start;
    private ArmCourse? _course;
    private int _arms;
    private long _armSteps;

    /// <param name="at">Scenario of a point.</param>
    /// <param name="task">Task that it begins.</param>
    /// <param name="threads">Threads inside it.</param>
    /// <param name="ordinal">Number among the pilots: each begins with another arm.</param>
    public SweepPilot(Func<int, ScenarioDefinition> at, SweepTask task, int threads, int ordinal)
    {
        _task = task;
        _scenario = task.Scenario(at);
        _schedule = new RunSchedule(_scenario);
        _columns = new MeasureColumns(_scenario);
        _threads = threads;
        _firstArm = ordinal;
        _simulation = new Simulation(_scenario.Plan, task.Replicate, threads);
    }

    /// <summary>Arms that it saw to their end, by their place in the sweep: the share of its steps that an arm ran.</summary>
    public List<(int Arm, double Share)> Shares { get; } = [];

    /// <summary>It failed, as a simulation of the sweep may.</summary>
    public bool Failed { get; private set; }

    /// <summary>Goes on with the burn-in.</summary>
    /// <param name="most">Steps at most.</param>
    /// <param name="time">Time at most; one step is done in any case.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public PilotTime BurnIn(int most, TimeSpan time, CancellationToken cancellation) => Timed(BurnInStep, most, time, cancellation);

    /// <summary>Comes to t = 0: to the end of its burn-in, or through a shorter one when that is too far.</summary>
    /// <param name="steps">Steps that it may take.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public void ToStart(double steps, CancellationToken cancellation) => Guard(() =>
    {
        TimePlan time = _scenario.Plan.Time;
        if (_simulation.InBurnIn && _schedule.BurnInSteps - _simulation.StepIndex > steps)
        {
            _simulation.Dispose();
            _simulation = new Simulation(_scenario.Plan with { Time = time with { BurnInHours = Math.Max(1,
                (long)steps) * time.StepHours } }, _task.Replicate, _threads);
        }

        _simulation.RunBurnIn(cancellation);
        _start = _task.Runs.Count > 1 ? BranchPoint.Of(_simulation, null) : null;
    });

    /// <summary>Goes on with the arms.</summary>
    /// <inheritdoc cref="BurnIn"/>
    public PilotTime Arms(int most, TimeSpan time, CancellationToken cancellation) => Timed(ArmStep, most, time, cancellation);

    public void Dispose()
    {
        _start?.Dispose();
        _simulation.Dispose();
    }

    // False when no arm is left.
    private bool ArmStep()
    {
        if (_course is null && !NextArm())
        {
            return false;
        }

        _course!.Step();
        _armSteps++;
        if (_course.IsOver)
        {
            Shares.Add((_task.Runs[Arm].Place.Arm, (double)_course.Steps / _schedule.Steps));
            _course = null;
            _arms++;
        }

        return true;
    }

    private int Arm => (_firstArm + _arms) % _task.Runs.Count;

    private bool NextArm()
    {
        bool enough = _arms >= _task.Runs.Count && (_start is null || _armSteps >= MinArmSteps);
        if (enough || _schedule.Steps == 0)
        {
            return false;
        }

        if (_arms > 0)
        {
            _start!.Restore(_simulation);
        }

        _course = new ArmCourse(_simulation, _scenario.Arms[Arm], _columns, _schedule);
        return true;
    }

    // False when the burn-in is over.
    private bool BurnInStep()
    {
        if (!_simulation.InBurnIn)
        {
            return false;
        }

        _simulation.Step();
        return true;
    }

    private PilotTime Timed(Func<bool> step, int most, TimeSpan time, CancellationToken cancellation)
    {
        long steps = 0;
        double work = ThreadClock.Seconds();
        var watch = Stopwatch.StartNew();
        Guard(() =>
        {
            while (steps < most && (steps == 0 || watch.Elapsed < time))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!step())
                {
                    break;
                }

                steps++;
            }
        });
        return new PilotTime(steps, ThreadClock.Seconds() - work, watch.Elapsed.TotalSeconds);
    }

    private void Guard(Action work)
    {
        if (Failed)
        {
            return;
        }

        try
        {
            work();
        }
        catch (SimulationException)
        {
            Failed = true;
        }
    }
}

/// <summary>Steps of a pilot and what they took.</summary>
/// <param name="Steps">Steps.</param>
/// <param name="WorkSeconds">Time on a core [s].</param>
/// <param name="WallSeconds">Time in all [s].</param>
internal readonly record struct PilotTime(long Steps, double WorkSeconds, double WallSeconds);
