using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Cluster;

/// <summary>
/// A sweep as a job array: each task is the same program with <c>--shard i/n</c>, writing its own journal into the folder of the sweep,
/// which all nodes must see. Slurm schedules; this class submits, waits, submits again what a killed task left, and merges.
/// </summary>
public static class SlurmSession
{
    private const int MaxTasks = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Submits what is missing, waits for it unless detached, and merges.</summary>
    /// <param name="request">The sweep, without a shard.</param>
    /// <param name="options">What to ask for.</param>
    /// <param name="progress">Counts simulations that are in the journals.</param>
    /// <param name="cancellation">Stops waiting; the job goes on.</param>
    /// <returns>How it stands: <see cref="RunStatus.Interrupted"/> with missing simulations when detached.</returns>
    /// <exception cref="RunFolderException">There is no Slurm, it refuses the job, or the folder cannot be used.</exception>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the job goes on and a later call waits for it.</exception>
    public static SweepOutcome Execute(SweepRequest request, SlurmOptions options, RunProgress progress,
        CancellationToken cancellation = default)
    {
        SweepSession session = SweepSession.Plan(request, cancellation);
        SweepForecast.Of(session, session.Fit()).CheckDisk();
        session.Prepare(progress.Notice);
        var log = new RunLog(session.Folder.In("log.txt"));
        int reused = session.Tasks.Runs - Left(session, request.RetryFailed);
        SlurmJob? job = Running(session);
        if (job is not null)
        {
            progress.Notice?.Invoke($"job {job.Id} of an earlier call is still at work");
        }

        int sizes = job?.Shards ?? Shards(session, options);

        // A job of an earlier call is waited for and does not count.
        for (int attempt = job is null ? 0 : -1; ; attempt++)
        {
            bool retry = request.RetryFailed && attempt == 0;
            if (job is null)
            {
                int[] shards = Unfinished(session, sizes, retry);
                if (shards.Length == 0 || attempt > options.Retries)
                {
                    return session.Merge(attempt == 0, reused, log);
                }

                job = Submit(session, options, sizes, shards, retry);
                string said = string.Create(CultureInfo.InvariantCulture,
                    $"job {job.Id}: {shards.Length} of {sizes} tasks "
                    + $"{(attempt == 0 ? "submitted" : "submitted again: they ended without finishing their work")}");
                log.Add(said);
                progress.Notice?.Invoke(said);
            }

            if (options.Detach)
            {
                return session.Merge(false, reused, log);
            }

            Wait(session, job, progress, cancellation);
            job = null;
        }
    }

    private static void Wait(SweepSession session, SlurmJob job, RunProgress progress, CancellationToken cancellation)
    {
        while (SlurmClient.IsActive(job.Id))
        {
            Count(session, progress);
            if (cancellation.WaitHandle.WaitOne(Interval))
            {
                progress.Notice?.Invoke($"job {job.Id} goes on; run the same command to wait for it, or end it with scancel {job.Id}");
                cancellation.ThrowIfCancellationRequested();
            }
        }

        Count(session, progress);
    }

    private static void Count(SweepSession session, RunProgress progress)
    {
        SweepResults results = session.Results();
        int done = 0, failed = 0;
        foreach (SweepTask task in session.Tasks.All)
        {
            foreach ((RunId run, _) in task.Runs)
            {
                JournalRow? row = results.Find(run);
                done += row is null ? 0 : 1;
                failed += row?.Error is null ? 0 : 1;
            }
        }

        progress.Simulations = new WorkCount(done, session.Tasks.Runs, failed);
    }

    private static int Left(SweepSession session, bool retryFailed) =>
        SweepSession.Missing(session.Tasks.All, session.Results(), retryFailed).Sum(t => t.Runs.Count);

    // Parts in which some simulation is missing.
    private static int[] Unfinished(SweepSession session, int shards, bool retryFailed)
    {
        SweepResults results = session.Results();
        return [.. Enumerable.Range(1, shards)
            .Where(i => SweepSession.Missing([.. session.Tasks.All.Where((_, t) => t % shards == i - 1)], results, retryFailed).Count > 0)];
    }

    private static int Shards(SweepSession session, SlurmOptions options)
    {
        int most = (SlurmClient.MaxArraySize() ?? (MaxTasks + 1)) - 1;
        if (options.ArraySize > most)
        {
            throw new RunFolderException(
                $"--array-size {options.ArraySize}: this Slurm takes arrays of at most {most} tasks (MaxArraySize)");
        }

        return Math.Min(session.Tasks.All.Count, options.ArraySize ?? Math.Min(most, MaxTasks));
    }

    private static SlurmJob? Running(SweepSession session)
    {
        string path = session.Folder.In("slurm/job.json");
        return File.Exists(path) && SlurmJob.Parse(RegularFile.ReadAllText(path)) is { } job && SlurmClient.IsActive(job.Id) ? job : null;
    }

    private static SlurmJob Submit(SweepSession session, SlurmOptions options, int shards, int[] indices, bool retryFailed)
    {
        string script = session.Folder.In("slurm/job.sh");
        AtomicFile.WriteText(script, Script(session, options, shards, retryFailed));
        string at = options.AtOnce is { } limit ? string.Create(CultureInfo.InvariantCulture, $"%{limit}") : "";
        long id = SlurmClient.Submit(
        [
            $"--array={SlurmJob.Ranges(indices)}{at}",
            $"--job-name=tmesim-{RunFolder.Slug(session.Scenario.Name)}",
            $"--output={session.Folder.In("slurm").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal)}/%A_%a.log",
            string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={options.Cores}"),
            .. options.Partition is { } p ? (string[])[$"--partition={p}"] : [],
            .. options.Time is { } t ? (string[])[$"--time={t}"] : [],
            .. options.Memory is { } m ? (string[])[$"--mem={m}"] : [],
            .. options.More,
            script,
        ]);
        var job = new SlurmJob(id, shards);
        AtomicFile.WriteText(session.Folder.In("slurm/job.json"), job.ToJson());
        return job;
    }

    // What a task runs. It reads the scenario that stands in the folder, so a file that is edited meanwhile changes nothing.
    private static string Script(SweepSession session, SlurmOptions options, int shards, bool retryFailed)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        text.Append(CultureInfo.InvariantCulture,
            $"# TmeSim {ToolInfo.Version}, model {Simulation.ModelVersion}: a part of the {session.Request.Product.Verb} in "
            + $"{session.Folder.Path.ReplaceLineEndings(" ")}\n");
        text.Append("exec ").AppendJoin(' ', options.Tool.Select(PosixWord.Quote)).Append($" {session.Request.Product.Verb} ")
            .Append(PosixWord.Quote(session.Folder.Path));
        text.Append(CultureInfo.InvariantCulture,
            $" --shard \"${{SLURM_ARRAY_TASK_ID}}/{shards}\" --jobs {options.Cores}{(retryFailed ? " --retry-failed" : "")}\n");
        return text.ToString();
    }
}
