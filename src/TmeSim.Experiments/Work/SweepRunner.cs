using System.Runtime.ExceptionServices;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Runs tasks, one simulation per core, and appends what comes out to a journal.</summary>
/// <param name="at">Scenario of a point.</param>
/// <param name="columns">What the journal keeps of a simulation.</param>
/// <param name="progress">Counts steps.</param>
internal sealed class SweepRunner(Func<int, ScenarioDefinition> at, SweepColumns columns, RunProgress progress)
{
    private readonly Lock _gate = new();

    /// <summary>Steps of burn-in and arm at a point, where they are counted beforehand.</summary>
    public Func<int, (long BurnIn, long Arm)> Steps { get; init; } = _ => default;

    /// <summary>Simulations that failed in this session.</summary>
    public int Failures { get; private set; }

    /// <summary>Simulations that ended in this session, failed ones among them.</summary>
    public int Ended { get; private set; }

    /// <summary>Called after each simulation with what the journal now holds of it, one at a time.</summary>
    public Action<JournalRow>? Recorded { get; init; }

    /// <summary>Runs the tasks; a simulation that fails is recorded and the others go on.</summary>
    /// <exception cref="RunFolderException">The journal cannot be written; what it holds stays good.</exception>
    public void Run(IReadOnlyList<SweepTask> tasks, JournalWriter journal, int jobs, int threads, CancellationToken cancellation)
    {
        ReplicateWork[] work = [.. tasks.Select(Work)];
        Dictionary<ReplicateWork, SweepTask> taskOf = work.Zip(tasks).ToDictionary(p => p.First, p => p.Second);
        if (Pool(w => taskOf[w], journal).Run(work, jobs, threads, cancellation) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Runs one task; a simulation that fails is recorded.</summary>
    /// <exception cref="RunFolderException">The journal cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; simulations in the journal are kept.</exception>
    public void One(SweepTask task, JournalWriter journal, int threads, CancellationToken cancellation) =>
        Pool(_ => task, journal).One(Work(task), threads, cancellation);

    private ReplicateWork Work(SweepTask task) =>
        new(() => task.Scenario(at), task.Replicate, [.. Enumerable.Range(0, task.Runs.Count)], Steps(task.Runs[0].Place.Point));

    private WorkPool Pool(Func<ReplicateWork, SweepTask> task, JournalWriter journal) => new(progress)
    {
        Failed = (work, arm, error) => Record(journal, [],
            end => new JournalRow(task(work).Runs[arm].Run, error.Message.ReplaceLineEndings(" "), [], 0, "", 0, end)),
        Finished = (work, scenario, result) =>
        {
            RunId run = task(work).Runs[result.Arm].Run;
            var measures = new MeasureColumns(scenario);
            byte[] member = columns.SeriesNames.Count == 0 ? [] : SeriesPack.Member(run, result, scenario, measures, columns.SeriesNames);
            Record(journal, member, end => new JournalRow(run, null, columns.Values(result, measures), result.Rows[^1].TimeDays,
                result.Hashes[^1].Hash, result.WallSeconds, end)
            {
                EndedEarly = result.EndedEarly,
            });
        },
    };

    private void Record(JournalWriter journal, byte[] member, Func<long, JournalRow> row)
    {
        lock (_gate)
        {
            JournalRow added = journal.Add(member, row);
            Ended++;
            Failures += added.Error is null ? 0 : 1;
            Recorded?.Invoke(added);
        }
    }
}
