using System.Diagnostics;
using System.Globalization;
using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Work;

/// <summary>
/// A sweep: works out its points and tasks, runs what no journal holds, and makes table and report from the journals. Whoever works on it —
/// this process, a shard elsewhere, a job of a cluster — adds a journal; nothing else is shared.
/// </summary>
public sealed class SweepSession
{
    private const string LocalShard = "local";

    // How often results are looked at on the way.
    private const int Interims = 10;

    private readonly SweepRequest _request;
    private readonly ScenarioDefinition _scenario;
    private readonly SweepPlan _plan;
    private readonly SweepFolder _folder;
    private readonly SweepPoints _points;
    private readonly SweepTasks _tasks;
    private readonly SweepColumns _columns;
    private readonly JournalHeader _header;

    private SweepSession(SweepRequest request, CancellationToken cancellation)
    {
        _request = request;
        _scenario = request.Scenario;
        _plan = _scenario.Sweep ?? throw new ScenarioRefusedException(
            "error: the scenario has no `sweep:` block; write for example `sweep: {vary: {patient.nlr: [1.5, 3, 6]}}`");
        request.Product.Check(_scenario);
        _columns = new SweepColumns(_scenario, _plan.Outputs, _plan.Series);
        _header = _columns.Header;
        _folder = FolderOf(request);
        _points = SweepPoints.Of(_scenario.SweepSpace!, SweepDesign.Of(_plan), cancellation);
        _tasks = SweepTasks.Of(_points, _scenario.Replicates);
    }

    internal SweepRequest Request => _request;

    internal SweepFolder Folder => _folder;

    internal SweepColumns Columns => _columns;

    internal SweepPoints Points => _points;

    internal SweepTasks Tasks => _tasks;

    internal ScenarioDefinition Scenario => _scenario;

    /// <summary>Works out points and tasks; runs and writes nothing.</summary>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    public static SweepSession Plan(SweepRequest request, CancellationToken cancellation = default) => new(request, cancellation);

    /// <summary>Runs what is missing.</summary>
    /// <exception cref="ScenarioRefusedException">There is no sweep, or a point is no valid scenario.</exception>
    /// <exception cref="RunFolderException">The folder cannot be used, or the disk is full; finished simulations are kept.</exception>
    /// <exception cref="MemoryRefusedException">A simulation does not fit into memory.</exception>
    public static SweepOutcome Execute(SweepRequest request, RunProgress progress, CancellationToken cancellation = default) =>
        new SweepSession(request, cancellation).Run(progress, cancellation);

    /// <summary>What is finished, by the journals as they are.</summary>
    internal SweepResults Results() => SweepResults.Read(_folder, _header);

    /// <summary>Tasks of this session: of the shard, or all.</summary>
    internal IReadOnlyList<SweepTask> Share(IReadOnlyList<SweepTask> tasks) =>
        _request.Shard is { } shard ? [.. tasks.Where((_, i) => i % shard.Count == shard.Index - 1)] : tasks;

    /// <summary>What is still to run of some tasks.</summary>
    internal static IReadOnlyList<SweepTask> Missing(IReadOnlyList<SweepTask> tasks, SweepResults results, bool retryFailed) =>
        [.. tasks.Select(t => t.Missing(run => results.Find(run) is { } row && !(retryFailed && row.Error is not null)))
            .OfType<SweepTask>()];

    /// <summary>Makes the folder with the scenario and the design in it.</summary>
    /// <param name="notice">Told when results of another design are put aside.</param>
    internal void Prepare(Action<string>? notice)
    {
        string design = SweepTable.Design(_points.Design);
        if (_request.Shard is null && _request.Product.MoveAside(_folder, design, _scenario) is { } place)
        {
            notice?.Invoke($"the folder held the results of another sweep over the same keys; they are in {place}");
        }

        MakeFolder(_folder, _scenario);
        WriteOnce(_folder.DesignPath, design);
    }

    /// <summary>Makes a folder with the scenario and its data in it.</summary>
    internal static void MakeFolder(SweepFolder folder, ScenarioDefinition scenario)
    {
        try
        {
            OutFolder.Make(folder.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot make the folder {folder.Path}: {e.Message.TrimEnd('.')}", e);
        }

        foreach (KeptFile kept in scenario.Kept)
        {
            WriteOnce(folder.In(kept.Path), kept.Text);
        }

        WriteOnce(folder.ResolvedPath, scenario.ResolvedYaml);
    }

    private SweepOutcome Run(RunProgress progress, CancellationToken cancellation)
    {
        // A refusal comes before anything is made.
        MemoryFit fit = Fit();
        SweepForecast.Of(this, fit).CheckDisk();

        // Whoever works on this part already keeps others from changing anything.
        using JournalWriter journal = JournalWriter.Open(_folder, _request.Shard?.Name ?? LocalShard, _header,
            note => progress.Notice?.Invoke(note));
        Prepare(progress.Notice);
        var log = new RunLog(_folder.In("log.txt"));
        SweepResults before = Results();
        IReadOnlyList<SweepTask> share = Share(_tasks.All), missing = Missing(share, before, _request.RetryFailed);
        int all = share.Sum(t => t.Runs.Count), left = missing.Sum(t => t.Runs.Count);
        foreach (string note in fit.Notes)
        {
            progress.Notice?.Invoke(note);
        }

        if (left > 0)
        {
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"tmesim {ToolInfo.Version}, model {Simulation.ModelVersion}: {_scenario.Name}, {left} of {all} simulations to run, "
                + $"{fit.Jobs} at once{(_request.Shard is { } s ? ", shard " + s.Name : "")}"));
            Execute(missing, journal, fit, progress, all - left, all, log, cancellation);
        }

        return _request.Shard is null ? Merge(left == 0, all - left, log) : Outcome(Results(), share, left == 0, all - left, null, null);
    }

    private void Execute(IReadOnlyList<SweepTask> missing, JournalWriter journal, MemoryFit fit, RunProgress progress, int done, int all,
        RunLog log, CancellationToken cancellation)
    {
        progress.StepDays = _scenario.Plan.Time.StepHours / 24;
        var watch = Stopwatch.StartNew();
        SweepRunner runner = null!;
        runner = new SweepRunner(_points.At, _columns, progress) { Steps = _points.Steps,
            Recorded = _ =>
            {
                progress.Simulations = new WorkCount(done + runner.Ended, all, runner.Failures);
                int part = Math.Max(1, all / Interims);
                if ((done + runner.Ended) % part == 0 && done + runner.Ended < all && _request.Product.Running(this, Results()) is { } interim)
                {
                    progress.Notice?.Invoke(interim);
                }
            } };
        try
        {
            progress.Simulations = new WorkCount(done, all, 0);
            runner.Run(missing, journal, fit.Jobs, fit.Threads, cancellation);
        }
        finally
        {
            log.Add(string.Create(CultureInfo.InvariantCulture,
                $"{runner.Ended} simulations in {watch.Elapsed.TotalSeconds:0.0} s, {runner.Failures} failed"));
        }
    }

    /// <summary>Makes table, manifest and report from the journals.</summary>
    internal SweepOutcome Merge(bool nothingDone, int reused, RunLog log)
    {
        using RunFolder held = RunFolder.Open(_folder.Path);
        SweepResults results = Results();
        return _request.Product.Write(this, results, Outcome(results, _tasks.All, nothingDone, reused, null, null));
    }

    private SweepOutcome Outcome(SweepResults results, IReadOnlyList<SweepTask> tasks, bool nothingDone, int reused, string? table,
        string? report)
    {
        List<SweepFailure> failures = [];
        int missing = 0, ended = 0;
        foreach (SweepTask task in tasks)
        {
            foreach ((RunId run, PointArm place) in task.Runs)
            {
                JournalRow? row = results.Find(run);
                missing += row is null ? 1 : 0;
                ended += row is { Error: null, EndedEarly: true } ? 1 : 0;
                if (row?.Error is { } reason)
                {
                    failures.Add(new SweepFailure(place.Point, _points.Design.Describe(place.Point), _scenario.Arms[place.Arm].Name,
                        task.Replicate, reason));
                }
            }
        }

        RunStatus status = missing > 0 ? RunStatus.Interrupted : failures.Count > 0 ? RunStatus.Failed : nothingDone ? RunStatus.NothingToDo
            : RunStatus.Finished;
        return new SweepOutcome(status, _folder.Path, tasks.Sum(t => t.Runs.Count), reused, missing, failures, table,
            report) { EndedEarly = ended };
    }

    /// <summary>How many simulations fit into memory at once; points may differ in what they need, so the largest counts.</summary>
    internal MemoryFit Fit() => _request.Fit(_points.Largest(), _tasks.All.Count, _request.Threads ?? 1,
        _tasks.All.Any(t => t.Runs.Count > 1), fit =>
        $"one simulation of this sweep with the state at t = 0 that its arms share does not fit into {ByteSize.Format(fit.LimitBytes)} of "
            + "memory; make tissue.size smaller or give more with --memory");

    internal static SweepFolder FolderOf(SweepRequest request) => request.Folder is { } folder ? new SweepFolder(Path.GetFullPath(folder))
        : SweepFolder.Of(request.OutDirectory, request.Scenario, request.Product.Verb, request.Scenario.Sweep!.Space);

    // Shards that begin at the same moment write the same text; who comes second waits for the first.
    private static void WriteOnce(string path, string text)
    {
        for (int attempt = 1; !File.Exists(path) || RegularFile.ReadAllText(path) != text; attempt++)
        {
            try
            {
                AtomicFile.WriteText(path, text);
            }
            catch (RunFolderException) when (attempt < 20 && File.Exists(path + ".tmp"))
            {
                Thread.Sleep(100);
            }
        }
    }
}
