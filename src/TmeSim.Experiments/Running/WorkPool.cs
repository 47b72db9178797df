using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>Arms of one replicate: one burn-in, then one after the other on one core.</summary>
/// <param name="Scenario">Makes the scenario when the work begins.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="Arms">Indices of the arms in that scenario.</param>
/// <param name="Steps">Steps of the burn-in and of an arm.</param>
public sealed record ReplicateWork(Func<ScenarioDefinition> Scenario, int Replicate, IReadOnlyList<int> Arms, (long BurnIn, long Arm) Steps)
{
    /// <summary>Pairs of arm and replicate of one scenario, replicate by replicate.</summary>
    public static IReadOnlyList<ReplicateWork> Of(ScenarioDefinition scenario, IEnumerable<(int Arm, int Replicate)> pairs)
    {
        var schedule = new RunSchedule(scenario);
        return
        [
            .. pairs.GroupBy(p => p.Replicate).OrderBy(g => g.Key)
                .Select(g =>
                    new ReplicateWork(() => scenario, g.Key, [.. g.Select(p => p.Arm).Order()], (schedule.BurnInSteps, schedule.Steps))),
        ];
    }
}

/// <summary>
/// Everything that simulates does it here, several replicates at once. What a simulation gives does not depend on how many run beside it.
/// </summary>
/// <param name="progress">Counts steps and is told of each arm that ends.</param>
public sealed class WorkPool(RunProgress progress)
{
    /// <summary>Takes what an arm gave, with its work and the scenario. Any thread, several at once.</summary>
    public required Action<ReplicateWork, ScenarioDefinition, ArmResult> Finished { get; init; }

    /// <summary>
    /// Takes an arm that failed, by its index, and why, so that the others go on; null lets the first failure end the work. A burn-in that
    /// fails takes all of its arms with it. Any thread, several at once.
    /// </summary>
    public Action<ReplicateWork, int, SimulationException>? Failed { get; init; }

    /// <summary>Where states and snapshots go; nothing in it for memory and nowhere.</summary>
    public RunPlaces Places { get; init; } = new();

    /// <summary>Does all work; what was handed over stays valid whatever comes after.</summary>
    /// <param name="work">Work, begun in its order.</param>
    /// <param name="jobs">Replicates at once, at least 1.</param>
    /// <param name="threads">Threads inside each, at least 1.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>The exception that ended it; null when none did.</returns>
    public Exception? Run(IReadOnlyList<ReplicateWork> work, int jobs, int threads, CancellationToken cancellation)
    {
        progress.StepsTotal = work.Sum(w => w.Steps.BurnIn + (w.Arms.Count * w.Steps.Arm));
        return JobThreads.Run(work.Count, jobs, (i, stop) => One(work[i], threads, stop), cancellation);
    }

    /// <summary>Does the work of one replicate.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; arms handed over stay valid.</exception>
    /// <exception cref="SimulationException">A simulation cannot go on, and nobody takes failures.</exception>
    public void One(ReplicateWork work, int threads, CancellationToken cancellation)
    {
        ScenarioDefinition scenario = work.Scenario();
        var runner = new ReplicateRunner(scenario, progress, Places)
        {
            Failed = Failed is null ? null : (arm, error) =>
            {
                Failed(work, arm, error);
                progress.ArmFinished?.Invoke(scenario.Arms[arm].Name, work.Replicate, 0);
            },
        };
        runner.Run(work.Replicate, work.Arms, threads, result =>
        {
            Finished(work, scenario, result);
            progress.ArmFinished?.Invoke(scenario.Arms[result.Arm].Name, work.Replicate, result.WallSeconds);
        }, cancellation);
    }
}
