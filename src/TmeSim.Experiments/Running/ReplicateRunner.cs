using System.Diagnostics;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
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

    public ReplicateRunner(ScenarioDefinition scenario, RunProgress progress, RunPlaces places)
    {
        (_scenario, _progress, _places) = (scenario, progress, places);
        _columns = new MeasureColumns(scenario);
        _schedule = new RunSchedule(scenario);
    }

    /// <summary>Takes the index of an arm that failed and why, so that the others go on; null lets the failure end the replicate.</summary>
    public Action<int, SimulationException>? Failed { get; init; }

    /// <summary>Runs arms one after the other and hands over each that is finished.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; arms handed over stay valid.</exception>
    /// <exception cref="SimulationException">The simulation cannot go on.</exception>
    /// <exception cref="RunFolderException">The state at t = 0 or a snapshot cannot be written.</exception>
    public void Run(int replicate, IReadOnlyList<int> arms, int threads, Action<ArmResult> finished, CancellationToken cancellation)
    {
        using var simulation = new Simulation(_scenario.Plan, replicate, threads) { Probe = _progress.NewProbe() };
        try
        {
            BurnIn(simulation, cancellation);
        }
        catch (SimulationException e) when (Failed is not null)
        {
            arms.ToList().ForEach(arm => Failed(arm, e));
            return;
        }

        LesionBaseline[] baseline = LesionBaseline.Of(simulation);

        // The first arm goes on from the state as it is; one arm alone needs no second state.
        using BranchPoint? start = arms.Count > 1 ? BranchPoint.Of(simulation, _places.BranchFile) : null;
        for (int i = 0; i < arms.Count; i++)
        {
            if (i > 0)
            {
                start!.Restore(simulation);
            }

            try
            {
                finished(RunArm(simulation, arms[i], baseline, cancellation));
            }
            catch (SimulationException e) when (Failed is not null)
            {
                Failed(arms[i], e);
            }
        }
    }

    private void BurnIn(Simulation simulation, CancellationToken cancellation)
    {
        while (simulation.InBurnIn)
        {
            cancellation.ThrowIfCancellationRequested();
            simulation.Step();
            _progress.Advance();
        }
    }

    private ArmResult RunArm(Simulation simulation, int armIndex, LesionBaseline[] baseline, CancellationToken cancellation)
    {
        ArmPlan arm = _scenario.Arms[armIndex];
        var watch = Stopwatch.StartNew();

        // Hashed before the arm begins: all arms of a replicate share it.
        var hashes = new List<(double, string)> { (0, simulation.StateHash()) };
        var course = new ArmCourse(simulation, arm, _columns, _schedule);
        TakeSnapshots(simulation, armIndex);
        while (!course.IsOver)
        {
            cancellation.ThrowIfCancellationRequested();
            course.Step();
            _progress.Advance();
            if (course.IsOver || _schedule.IsSnapshot(course.Steps))
            {
                TakeSnapshots(simulation, armIndex);
                hashes.Add((simulation.TimeHours / 24, simulation.StateHash()));
            }
        }

        _progress.Advance(_schedule.Steps - course.Steps);
        return new ArmResult(
            armIndex, simulation.Replicate, course.Rows, [.. simulation.Events], hashes, baseline, EndedEarly(simulation),
            watch.Elapsed.TotalSeconds)
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
