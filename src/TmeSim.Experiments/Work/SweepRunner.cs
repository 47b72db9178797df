using System.Runtime.ExceptionServices;
using TmeSim.Engine.Observers;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Runs tasks, one simulation per core, and appends what comes out to a journal.</summary>
internal sealed class SweepRunner(Func<int, ScenarioDefinition> at, SweepColumns columns, RunProgress progress)
{
    private readonly Lock _gate = new();

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
        if (JobThreads.Run(tasks.Count, jobs, (i, stop) => One(tasks[i], journal, threads, stop), cancellation) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Runs one task; a simulation that fails is recorded.</summary>
    /// <exception cref="RunFolderException">The journal cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; simulations in the journal are kept.</exception>
    public void One(SweepTask task, JournalWriter journal, int threads, CancellationToken cancellation)
    {
        ScenarioDefinition scenario = task.Scenario(at);
        var measures = new MeasureColumns(scenario);
        var finished = new HashSet<int>();
        void Failed(int run, Exception error) => Record(journal, [], scenario.Arms[run].Name, task.Replicate, _ => new JournalRow(task.Runs[run].Run, Reason(error), [], 0, "", 0, _), failed: true);
        var runner = new ReplicateRunner(scenario, measures, new RunSchedule(scenario), progress, new RunPlaces())
        {
            Failed = (run, error) =>
            {
                finished.Add(run);
                Failed(run, error);
            },
        };
        try
        {
            runner.Run(task.Replicate, [.. Enumerable.Range(0, task.Runs.Count)], threads, result =>
            {
                finished.Add(result.Arm);
                RunId run = task.Runs[result.Arm].Run;
                byte[] member = columns.SeriesNames.Count == 0 ? [] : SeriesPack.Member(run, result, scenario, measures, columns.SeriesNames);
                Record(
                    journal, member, scenario.Arms[result.Arm].Name, task.Replicate, end => new JournalRow(run, null, columns.Values(result, measures), result.Rows[^1].TimeDays, result.Hashes[^1].Hash, result.WallSeconds, end) { EndedEarly = result.EndedEarly }, failed: false);
            }, cancellation);
        }
        catch (SimulationException e)
        {
            // The burn-in failed, and with it every arm.
            for (int run = 0; run < task.Runs.Count; run++)
            {
                if (!finished.Contains(run))
                {
                    Failed(run, e);
                }
            }
        }
    }

    private static string Reason(Exception error) => error.Message.ReplaceLineEndings(" ");

    private void Record(JournalWriter journal, byte[] member, string arm, int replicate, Func<long, JournalRow> row, bool failed)
    {
        lock (_gate)
        {
            JournalRow added = journal.Add(member, row);
            Ended++;
            Failures += failed ? 1 : 0;
            Recorded?.Invoke(added);
            progress.ArmFinished?.Invoke(arm, replicate, added.WallSeconds);
        }
    }
}
