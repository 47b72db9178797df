using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>Several replicates at once. What a simulation gives does not depend on how many run beside it.</summary>
public sealed class ExperimentRunner
{
    private readonly ScenarioDefinition _scenario;
    private readonly MeasureColumns _columns;
    private readonly RunSchedule _schedule;

    /// <param name="scenario">What to run.</param>
    public ExperimentRunner(ScenarioDefinition scenario)
    {
        _scenario = scenario;
        _columns = new MeasureColumns(scenario);
        _schedule = new RunSchedule(scenario);
    }

    /// <summary>
    /// Runs pairs of arm and replicate and hands over each that is finished, one at a time. The first simulation that fails
    /// stops the others; what was handed over stays valid.
    /// </summary>
    /// <param name="work">Pairs to run; arms of one replicate share its burn-in.</param>
    /// <param name="jobs">Replicates at once, at least 1.</param>
    /// <param name="threads">Threads inside each, at least 1.</param>
    /// <param name="progress">Counts steps.</param>
    /// <param name="finished">Takes a result; never called twice at once.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="places">Where states and snapshots go; null for memory and nowhere.</param>
    /// <returns>The exception of the simulation that failed; null when none did.</returns>
    public Exception? Run(
        IReadOnlyList<(int Arm, int Replicate)> work, int jobs, int threads, RunProgress progress, Action<ArmResult> finished, CancellationToken cancellation,
        RunPlaces? places = null)
    {
        (int Replicate, int[] Arms)[] replicates = [.. work.GroupBy(w => w.Replicate).OrderBy(g => g.Key).Select(g => (g.Key, g.Select(w => w.Arm).Order().ToArray()))];
        progress.StepDays = _scenario.Plan.Time.StepHours / 24;
        progress.StepsTotal = (replicates.Length * _schedule.BurnInSteps) + (work.Count * _schedule.Steps);
        Lock gate = new();
        var runner = new ReplicateRunner(_scenario, _columns, _schedule, progress, places ?? new RunPlaces());
        void Hand(ArmResult result)
        {
            lock (gate)
            {
                finished(result);
            }

            progress.ArmFinished?.Invoke(_scenario.Arms[result.Arm].Name, result.Replicate, result.WallSeconds);
        }

        return JobThreads.Run(replicates.Length, jobs, (i, stop) => runner.Run(replicates[i].Replicate, replicates[i].Arms, threads, Hand, stop), cancellation);
    }
}
