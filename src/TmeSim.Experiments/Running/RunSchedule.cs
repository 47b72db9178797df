using TmeSim.Engine;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Running;

/// <summary>When an arm is observed. Times are counted in whole steps, so no rounding decides which step is due.</summary>
public sealed class RunSchedule
{
    private readonly double _stepHours;
    private readonly double _recordHours;
    private readonly SortedSet<long> _snapshotSteps = [];
    private readonly HashSet<long> _keptSteps;
    private readonly double? _checkpointHours;

    /// <param name="scenario">Times of rows, snapshots and figures.</param>
    public RunSchedule(ScenarioDefinition scenario)
    {
        _stepHours = scenario.Plan.Time.StepHours;
        _recordHours = scenario.RecordEveryHours;
        Steps = StepAt(scenario.Plan.Time.DurationHours);
        BurnInSteps = StepAt(scenario.Plan.Time.BurnInHours);
        SnapshotsOfAll = scenario.SnapshotEveryHours is not null;
        AddSnapshots(scenario);
        _keptSteps = [.. scenario.KeptStatesHours.Select(StepAt)];
        _checkpointHours = scenario.CheckpointEveryHours;
    }

    /// <summary>Steps of one arm.</summary>
    public long Steps { get; }

    /// <summary>Steps of the burn-in.</summary>
    public long BurnInSteps { get; }

    /// <summary>Snapshots of a lesion in an arm that runs to its end.</summary>
    public int Snapshots => _snapshotSteps.Count;

    /// <summary>Snapshots of every replicate are kept; else those of replicate 0 alone, for figures.</summary>
    public bool SnapshotsOfAll { get; }

    /// <summary>The state after a step is recorded as rows: at t = 0, at multiples of record_every, and at the end.</summary>
    public bool IsRow(long step) =>
        step == 0 || step == Steps || Cadence.Falls(step * _stepHours, _stepHours, _recordHours);

    /// <summary>The state after a step is kept as a snapshot: start, middle, end, multiples of snapshot_every, times of figures.</summary>
    public bool IsSnapshot(long step) => _snapshotSteps.Contains(step);

    /// <summary>The whole state after a step stays in the folder.</summary>
    public bool IsKept(long step) => _keptSteps.Contains(step);

    /// <summary>The state after a step is one to go on from, by simulated time.</summary>
    public bool IsCheckpoint(long step) => step > 0 && _checkpointHours is { } hours && Cadence.Falls(step * _stepHours, _stepHours, hours);

    /// <summary>Snapshots of a replicate are kept.</summary>
    public bool KeepsSnapshots(int replicate) => SnapshotsOfAll || replicate == 0;

    private long StepAt(double hours) => (long)Math.Round(hours / _stepHours);

    private void AddSnapshots(ScenarioDefinition scenario)
    {
        _snapshotSteps.UnionWith([0, Steps / 2, Steps]);
        if (scenario.SnapshotEveryHours is double every)
        {
            for (double hours = every; hours < scenario.Plan.Time.DurationHours; hours += every)
            {
                _snapshotSteps.Add(StepAt(hours));
            }
        }

        foreach (double hours in scenario.Figures.SelectMany(f => f.TimesHours))
        {
            _snapshotSteps.Add(Math.Clamp(StepAt(hours), 0, Steps));
        }
    }
}
