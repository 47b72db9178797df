using System.Diagnostics;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>One replicate: burn-in once, then each arm from the same state.</summary>
internal sealed class ReplicateRunner
{
    private readonly ScenarioDefinition _scenario;
    private readonly MeasureColumns _columns;
    private readonly RunSchedule _schedule;
    private readonly RunProgress _progress;
    private readonly RunPlaces _places;
    private readonly RunCheckpoints? _checkpoints;

    public ReplicateRunner(ScenarioDefinition scenario, RunProgress progress, RunPlaces places)
    {
        (_scenario, _progress, _places, _checkpoints) = (scenario, progress, places, places.Checkpoints);
        _columns = new MeasureColumns(scenario);
        _schedule = new RunSchedule(scenario);
    }

    /// <summary>Takes the index of an arm that failed and why, so that the others go on; null lets the failure end the replicate.</summary>
    public Action<int, SimulationException>? Failed { get; init; }

    /// <summary>
    /// Runs arms one after the other, first those that an earlier session left in their middle, and hands over each that is finished.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; arms handed over stay valid.</exception>
    /// <exception cref="SimulationException">The simulation cannot go on.</exception>
    /// <exception cref="RunFolderException">The state at t = 0 or a snapshot cannot be written.</exception>
    public void Run(int replicate, IReadOnlyList<int> arms, int threads, Action<ArmResult> finished, CancellationToken cancellation)
    {
        CheckpointClock clock = _checkpoints?.NewClock() ?? new CheckpointClock(new CheckpointPolicy { IsOff = true });
        using var start = new ReplicateStart(_scenario, replicate, threads, _progress, _places, clock);
        int[] order = [.. arms.OrderBy(arm => _checkpoints?.Has(arm, replicate) == true ? 0 : 1)];
        for (int i = 0; i < order.Length; i++)
        {
            ArmAtWork at;
            try
            {
                // The first arm goes on from the state as it is; one arm alone needs no second state.
                at = Continue(start, order[i], replicate, i + 1 < order.Length, cancellation) ?? Begin(start.AtZero(keeps: i + 1 < order.Length, cancellation));
            }
            catch (SimulationException e) when (Failed is not null)
            {
                order[i..].ToList().ForEach(arm => Failed(arm, e));
                return;
            }

            try
            {
                finished(RunArm(at, order[i], clock, cancellation));
                _checkpoints?.Forget(order[i], replicate, clock);
            }
            catch (SimulationException e) when (Failed is not null)
            {
                Failed(order[i], e);
            }
        }

        _checkpoints?.ForgetReplicate(replicate);
    }

    private ArmAtWork? Continue(ReplicateStart start, int arm, int replicate, bool keeps, CancellationToken cancellation)
    {
        ArmAtWork? at = _checkpoints?.Continue(arm, replicate, start.Fresh)
            ?? _checkpoints?.Branch(arm, replicate, start.Fresh, () => start.AtZero(keeps, cancellation));
        _progress.Advance(at?.Progress.Steps ?? 0);
        return at;
    }

    // Hashed before the arm begins: all arms of a replicate share it.
    private static ArmAtWork Begin(Simulation simulation) =>
        new(simulation, new ArmProgress(0, 0, [], [StateProbe.Of(simulation)], [], []));

    private ArmResult RunArm(ArmAtWork at, int armIndex, CheckpointClock clock, CancellationToken cancellation)
    {
        ArmPlan arm = _scenario.Arms[armIndex];
        Simulation simulation = at.Simulation;
        var watch = Stopwatch.StartNew();
        double Seconds() => at.Progress.WallSeconds + watch.Elapsed.TotalSeconds;
        LesionBaseline[] baseline = LesionBaseline.Of(simulation);
        List<StateProbe> hashes = [.. at.Progress.Probes];
        bool begins = at.Progress.Steps == 0;
        ArmCourse course = begins ? new ArmCourse(simulation, arm, _columns, _schedule) : new ArmCourse(at, arm, _columns, _schedule);
        if (begins)
        {
            TakeSnapshots(simulation, armIndex);
        }

        ArmProgress SoFar() => new(course.Steps, Seconds(), course.Reader.BooksAtStart, hashes, course.Rows, []);
        while (!course.IsOver)
        {
            bool isDue = clock.Tick(), isNew = begins || course.Steps > at.Progress.Steps;
            if (isNew && (cancellation.IsCancellationRequested || isDue || _schedule.IsCheckpoint(course.Steps)))
            {
                _checkpoints?.SaveArm(simulation, armIndex, SoFar(), clock);
            }

            cancellation.ThrowIfCancellationRequested();
            course.Step();
            _progress.Advance();
            if (course.IsOver || _schedule.IsSnapshot(course.Steps))
            {
                TakeSnapshots(simulation, armIndex);
                hashes.Add(StateProbe.Of(simulation));
            }

            if (_schedule.IsKept(course.Steps))
            {
                _checkpoints?.Keep(simulation, armIndex, SoFar());
            }
        }

        _progress.Advance(_schedule.Steps - course.Steps);
        return new ArmResult(
            armIndex, simulation.Replicate, course.Rows, [.. simulation.Events], hashes, baseline, EndedEarly(simulation), Seconds())
        {
            Response = simulation.Response.Course,
            Visits = [.. simulation.Response.Visits],
            Mutants = ExpectedMutants.Of(simulation, arm, course.Reader.BooksAtStart),
        };
    }

    // A tumour that comes near the wall in the last step cuts nothing short.
    private bool EndedEarly(Simulation simulation) =>
        simulation.HasEnded && simulation.TimeHours < _scenario.Plan.Time.DurationHours - 1e-6;

    private void TakeSnapshots(Simulation simulation, int arm)
    {
        for (int lesion = 0; _schedule.KeepsSnapshots(simulation.Replicate) && lesion < _scenario.Plan.Lesions.Count; lesion++)
        {
            _places.Snapshot?.Invoke(simulation, lesion, arm);
        }
    }
}
