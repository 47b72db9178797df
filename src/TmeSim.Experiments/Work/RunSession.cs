using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// One call of <c>run</c>: finds what the folder holds, runs what is missing, and draws figures and report. Each arm goes to the journal
/// when it is finished, so a killed run loses those at work alone. Tables and manifest are written from what is finished every few seconds
/// and when the session ends, which ends its journal too.
/// </summary>
public sealed class RunSession
{
    /// <summary>
    /// Tables are written at most this often: with thousands of short arms, writing all of them after each would take the time.
    /// </summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(3);

    private readonly RunRequest _request;
    private readonly ScenarioDefinition _scenario;
    private readonly ManifestBuilder _manifests;
    private readonly FinishedArms _finished;
    private readonly RunFolder _folder;
    private readonly RunFiles _files;
    private readonly RunLog _log;
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Stopwatch _saved = new();
    private readonly Stopwatch _tableTime = new();
    private long _snapshotTicks;
    private RunCheckpoints? _checkpoints;

    private RunSession(RunRequest request, ManifestBuilder manifests, RunFolder folder)
    {
        (_request, _scenario, _manifests, _folder) = (request, request.Scenario, manifests, folder);
        _finished = new FinishedArms(_scenario);
        _files = new RunFiles(folder);
        _log = new RunLog(folder.In(ResultFiles.Log));
    }

    /// <summary>Runs.</summary>
    /// <exception cref="RunFolderException">The folder cannot be used, or holds something else and force is off.</exception>
    /// <exception cref="MemoryRefusedException">The run does not fit into memory; nothing was written.</exception>
    public static RunOutcome Execute(RunRequest request, RunProgress progress, CancellationToken cancellation = default)
    {
        var manifests = new ManifestBuilder(request);
        if (request.Scenario.LimitBytes is { } limit && RunForecast.Of(request, measures: false, cancellation).Refusal(limit) is { } refusal)
        {
            throw new RunFolderException(refusal);
        }

        string path = request.Folder ?? RunFolder.PathFor(request.OutDirectory, request.Scenario);
        if (request.Force || !File.Exists(Path.Combine(path, ResultFiles.Manifest)))
        {
            // Everything is to be run. A refusal comes before anything is made or deleted.
            _ = Fit(request, ReplicateWork.Of(request.Scenario, manifests.Missing(manifests.Fresh())));
        }

        using RunFolder folder = RunFolder.Open(path);
        return new RunSession(request, manifests, folder).Execute(progress, cancellation);
    }

    private RunOutcome Execute(RunProgress progress, CancellationToken cancellation)
    {
        progress.Stage = "checking the files of the run";
        var earlier = EarlierRun.Of(_folder, _request, _manifests.Fresh(), _finished, cancellation);
        progress.Stage = null;
        _manifests.Again = earlier.Again;
        Manifest manifest = _finished.In(earlier.Manifest);
        var journal = JournalFolder.OfRun(_folder.Path);
        bool wasKilled = Directory.Exists(journal.Journals);
        IReadOnlyList<ReplicateWork> work = ReplicateWork.Of(_scenario, _manifests.Missing(manifest));
        bool drawn = (!_request.Figures || IsDrawn()) && ResultFiles.Whole.All(name => manifest.Files.Any(f => f.Path == name));
        if (work.Count == 0 && drawn && manifest.Status == Manifest.Finished && earlier.Damage.Count == 0 && !wasKilled)
        {
            string? report = File.Exists(_folder.ReportPath) ? _folder.ReportPath : null;
            return new RunOutcome(RunStatus.NothingToDo, _folder.Path, manifest, manifest.Done.Count,
                EndpointTable.Of(Results(manifest)), report);
        }

        MemoryFit? fit = work.Count == 0 ? null : Fit(_request, work);
        Repair(earlier, progress);
        _folder.ClearTemporary();
        int left = work.Sum(w => w.Arms.Count), all = _manifests.Arms.Length * _scenario.Replicates;
        _log.Add($"tmesim {ToolInfo.Version}, model {Simulation.ModelVersion}: {_scenario.Name}, {left} of {all} arm x replicate to run");
        WriteScenario();
        int reused = _finished.Count;
        if (work.Count > 0)
        {
            // From here on the folder says what it is, and that it is not finished. The first manifest stands before the first table: one
            // without the other would look damaged.
            manifest = manifest with { Status = Manifest.Interrupted, Error = null };
            _ = reused > 0 ? Save(manifest) : SaveManifest(_manifests.Listing(manifest));

            // What the journal of an earlier session held is in the tables now.
            Delete(journal);
        }

        Exception? failure = fit is null ? null : Simulate(work, fit, manifest, journal, progress, cancellation);
        return Finish(manifest, reused, failure, journal) with { Damage = earlier.Damage };
    }

    private Exception? Simulate(
        IReadOnlyList<ReplicateWork> work, MemoryFit fit, Manifest manifest, JournalFolder folder, RunProgress progress,
        CancellationToken cancellation)
    {
        foreach (string note in fit.Notes)
        {
            _log.Add(note);
            progress.Notice?.Invoke(note);
        }

        progress.StepDays = _scenario.Plan.Time.StepHours / 24;
        _checkpoints = Checkpoints(manifest.OutputHash, progress);
        using JournalWriter journal = JournalWriter.Open(folder, "run", _finished.Header, note => _log.Add(note));
        void Keep(ReplicateWork at, ScenarioDefinition scenario, ArmResult result)
        {
            lock (_gate)
            {
                string name = scenario.Arms[result.Arm].Name;
                FinishedArm arm = _finished.Add(result, _files.Of(name, result.Replicate));
                RunId run = _finished.Run(result.Arm, result.Replicate);
                journal.Add([], end => new JournalRow(run, null, [], result.Rows[^1].TimeDays, result.Hashes[^1].Hash,
                    result.WallSeconds, end)
                {
                    EndedEarly = result.EndedEarly,
                    Arm = arm,
                });
                if (_saved.Elapsed > SaveInterval || !_saved.IsRunning)
                {
                    Save(manifest);
                    _saved.Restart();
                }

                string early = result.EndedEarly ? ", ended early: tumour near the wall" : "";
                _log.Add(string.Create(CultureInfo.InvariantCulture,
                    $"finished {name}, replicate {result.Replicate} in {result.WallSeconds:0.0} s{early}"));
            }
        }

        return new WorkPool(progress) { Finished = Keep, Places = Places(fit) }.Run(work, fit.Jobs, fit.Threads, cancellation);
    }

    private RunCheckpoints Checkpoints(string output, RunProgress progress) => new(
        _folder.Path, _scenario, output, _request.Checkpoints, note =>
        {
            _log.Add(note);
            progress.Notice?.Invoke(note);
        })
    {
        Files = (arm, replicate) => _files.Of(_scenario.Arms[arm].Name, replicate),
        Found = _files.Add,
        Origin = _request.Origin,
    };

    // Said before the work begins, which may take hours.
    private void Repair(EarlierRun earlier, RunProgress progress)
    {
        string? moved = earlier.Clear(_folder);
        foreach (string line in earlier.Damage.Select(f => f.ToString()).Concat(moved is null ? [] : [moved]))
        {
            _log.Add(line);
            progress.Warning?.Invoke(line);
        }

        (int taken, int dropped) = earlier.Journal;
        if (taken + dropped > 0)
        {
            string note = $"journal of the session that was stopped: {taken} finished arm x replicate taken over, {dropped} lines of no use";
            _log.Add(note);
            progress.Notice?.Invoke(note);
        }
    }

    private RunOutcome Finish(Manifest manifest, int reused, Exception? failure, JournalFolder journal)
    {
        bool complete = !_manifests.Missing(_finished.In(manifest)).Any();
        string word = complete ? Manifest.Finished : failure is null ? Manifest.Interrupted : Manifest.Failed;
        manifest = Save(manifest with { Status = word, Error = failure?.Message });
        Delete(journal);
        if (complete)
        {
            (_checkpoints ?? Checkpoints(manifest.OutputHash, new RunProgress())).Clear();
        }

        if (_checkpoints?.Written is { Count: > 0 } kept)
        {
            _log.Add(string.Create(CultureInfo.InvariantCulture,
                $"{kept.Count} states kept on the way in {kept.Seconds:0.0} s over all jobs; a kill would have repeated {kept.AtStake:0.00} s of a replicate at most"));
        }

        _log.Add(manifest.Status + (failure is null ? "" : ": " + failure));
        double all = _watch.Elapsed.TotalSeconds, tables = _tableTime.Elapsed.TotalSeconds;
        double snapshots = Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _snapshotTicks)).TotalSeconds;
        _log.Add(string.Create(CultureInfo.InvariantCulture,
            $"{all:0.0} s, of which tables {tables:0.0} s and, over all jobs, snapshots {snapshots:0.0} s"));
        if (failure is RunFolderException)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        RunStatus status = complete ? RunStatus.Finished : failure is null ? RunStatus.Interrupted : RunStatus.Failed;
        if (manifest.Done.Count == 0)
        {
            return new RunOutcome(status, _folder.Path, manifest, reused, null, null);
        }

        ResultSet results = Results(manifest);
        foreach ((string file, string text) in RunReport.Tables(results))
        {
            _files.Write(file, text);
        }

        manifest = SaveManifest(manifest);
        RunCrate.Write(_folder.Path, manifest);
        string? report = _request.Figures ? _folder.ReportPath : null;
        return new RunOutcome(status, _folder.Path, manifest, reused, EndpointTable.Of(results), report)
        {
            Remarks = _request.Figures ? Draw(results) : [],
        };
    }

    private IReadOnlyList<string> Draw(ResultSet results)
    {
        var drawing = Stopwatch.StartNew();
        IReadOnlyList<string> remarks = RunReport.Write(results, _request.Plots);
        _log.Add(string.Create(CultureInfo.InvariantCulture, $"figures and report drawn in {drawing.Elapsed.TotalSeconds:0.0} s"));
        return remarks;
    }

    private ResultSet Results(Manifest manifest) =>
        new(_scenario.Name, [new ScenarioRun(FinishedRun.Trusted(_folder.Path, manifest, _finished.Lines), _scenario)]);

    private static void Delete(JournalFolder journal)
    {
        try
        {
            if (Directory.Exists(journal.Journals))
            {
                Directory.Delete(journal.Journals, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot delete {journal.Journals}: {e.Message}", e);
        }
    }

    // A report of other figures or data is drawn again; the run itself stays.
    private bool IsDrawn() =>
        File.Exists(_folder.ReportPath) && _folder.Holds(ResultFiles.Scenario, _scenario.ResolvedYaml)
            && _scenario.Kept.All(file => _folder.Holds(file.Path, file.Text));

    // With the observed points beside it, the folder can be drawn again wherever it is.
    private void WriteScenario()
    {
        foreach (KeptFile kept in _scenario.Kept)
        {
            _files.Write(kept.Path, kept.Text);
        }

        _files.Write(ResultFiles.Scenario, _scenario.ResolvedYaml);
    }

    // The manifest goes last: what it lists is there.
    private Manifest Save(Manifest manifest)
    {
        _tableTime.Start();
        _finished.Write(_files);
        double seconds = manifest.WallSeconds + _watch.Elapsed.TotalSeconds;
        manifest = SaveManifest(_manifests.Listing(_finished.In(manifest)) with { WallSeconds = seconds });
        _tableTime.Stop();
        return manifest;
    }

    private Manifest SaveManifest(Manifest manifest)
    {
        manifest = _finished.In(manifest with { Files = _files.Of(null, null) });
        AtomicFile.WriteText(_folder.ManifestPath, manifest.ToJson());
        return manifest;
    }

    private RunPlaces Places(MemoryFit fit) => new()
    {
        BranchFile = fit.BranchOnDisk ? _folder.BranchPath : null,
        Checkpoints = _checkpoints,
        Snapshot = (simulation, lesion, arm) =>
        {
            long start = Stopwatch.GetTimestamp();
            string file = RunFolder.SnapshotFile(_scenario, simulation, lesion, arm);
            FileSum sum = SnapshotFile.Write(_folder.In(file), simulation, lesion, _scenario.Arms[arm]);
            _files.Add(new FileEntry(file, sum.Size, sum.Sha256, _scenario.Arms[arm].Name, simulation.Replicate, null));
            Interlocked.Add(ref _snapshotTicks, Stopwatch.GetTimestamp() - start);
        },
    };

    private static MemoryFit Fit(RunRequest request, IReadOnlyList<ReplicateWork> work) =>
        request.Fit(request.Scenario, work.Count, request.Threads, work.Any(w => w.Arms.Count > 1), onDisk: null);
}
