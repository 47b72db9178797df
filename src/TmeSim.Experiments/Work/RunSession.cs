using System.Diagnostics;
using System.Globalization;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// One call of <c>run</c>: finds what the folder holds, runs what is missing, writes finished arms every few seconds (so a killed
/// run keeps all but the last of them) and when it stops, and draws figures and report from the written files.
/// </summary>
public sealed class RunSession
{
    /// <summary>Tables are written at most this often: with thousands of short arms, writing all of them after each would take the time.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(3);

    private readonly RunRequest _request;
    private readonly ScenarioDefinition _scenario;
    private readonly ManifestBuilder _manifests;
    private readonly ResultTables _tables;
    private RunFiles _files = null!;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Stopwatch _saved = new();
    private readonly Stopwatch _tableTime = new();
    private long _snapshotTicks;

    private RunSession(RunRequest request)
    {
        _request = request;
        _scenario = request.Scenario;
        _manifests = new ManifestBuilder(request);
        _tables = new ResultTables(_scenario);
    }

    /// <summary>Runs.</summary>
    /// <exception cref="RunFolderException">The folder cannot be used, or holds something else and force is off.</exception>
    /// <exception cref="MemoryRefusedException">The run does not fit into memory; nothing was written.</exception>
    public static RunOutcome Execute(RunRequest request, RunProgress progress, CancellationToken cancellation = default) =>
        new RunSession(request).Execute(progress, cancellation);

    private RunOutcome Execute(RunProgress progress, CancellationToken cancellation)
    {
        string path = RunFolder.PathFor(_request.OutDirectory, _scenario);
        if (_request.Force || !File.Exists(Path.Combine(path, "manifest.json")))
        {
            // Everything is to be run. A refusal comes before anything is made or deleted.
            _ = Fit([.. from arm in _manifests.Arms from replicate in Enumerable.Range(0, _scenario.Replicates) select (arm, replicate)]);
        }

        using RunFolder folder = RunFolder.Open(path);
        progress.Stage = "checking the files of the run";
        var earlier = EarlierRun.Of(folder, _request, _manifests.Fresh(), cancellation);
        progress.Stage = null;
        Manifest manifest = earlier.Manifest;
        _manifests.Again = earlier.Again;
        int reused = manifest.Done.Count;
        double before = manifest.WallSeconds;
        (int Arm, int Replicate)[] work = [.. _manifests.Missing(manifest)];
        bool drawn = (!_request.Figures || IsDrawn(folder)) && ResultFiles.Whole.All(name => manifest.Files.Any(f => f.Path == name));
        if (work.Length == 0 && drawn && manifest.Status == Manifest.Finished && earlier.Damage.Count == 0)
        {
            return new RunOutcome(RunStatus.NothingToDo, folder.Path, manifest, reused, Endpoints(folder), File.Exists(folder.ReportPath) ? folder.ReportPath : null);
        }

        MemoryFit fit = Fit(work);
        var log = new RunLog(folder.In(ResultFiles.Log));
        _tables.Load(folder, manifest.Done);
        Repair(earlier, folder, progress, log);
        folder.ClearTemporary();
        log.Add($"tmesim {ToolInfo.Version}, model {Simulation.ModelVersion}: {_scenario.Name}, {work.Length} of {_manifests.Arms.Length * _scenario.Replicates} arm x replicate to run");
        _files = new RunFiles(folder);
        _files.Keep(manifest.Files.Where(f => f.Arm is not null));
        WriteScenario();
        if (work.Length > 0)
        {
            // From here on the folder says what it is, and that it is not finished. The first manifest stands before the first table: one without the other would look damaged.
            Manifest begun = _manifests.Listing(manifest) with { Status = Manifest.Interrupted, Error = null };
            manifest = begun.Done.Count > 0 ? Save(folder, begun) : SaveManifest(folder, begun);
        }

        foreach (string note in fit.Notes)
        {
            log.Add(note);
            progress.Notice?.Invoke(note);
        }

        Exception? failure = new ExperimentRunner(_scenario).Run(work, fit.Jobs, fit.Threads, progress, Keep, cancellation, Places(folder, fit));
        void Keep(ArmResult result)
        {
            manifest = _manifests.With(manifest, result, _tables.Add(result));
            if (_saved.Elapsed > SaveInterval || !_saved.IsRunning)
            {
                Save(folder, _manifests.Listing(manifest) with { WallSeconds = before + _watch.Elapsed.TotalSeconds });
                _saved.Restart();
            }

            log.Add($"finished {_scenario.Arms[result.Arm].Name}, replicate {result.Replicate} in {result.WallSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s{(result.EndedEarly ? ", ended early: tumour near the wall" : "")}");
        }

        return Finish(folder, manifest with { WallSeconds = before + _watch.Elapsed.TotalSeconds }, reused, failure, log) with { Damage = earlier.Damage };
    }

    // Said before the work begins, which may take hours.
    private static void Repair(EarlierRun earlier, RunFolder folder, RunProgress progress, RunLog log)
    {
        string? moved = earlier.Clear(folder);
        foreach (string line in earlier.Damage.Select(f => f.ToString()).Concat(moved is null ? [] : [moved]))
        {
            log.Add(line);
            progress.Warning?.Invoke(line);
        }
    }

    private RunOutcome Finish(RunFolder folder, Manifest manifest, int reused, Exception? failure, RunLog log)
    {
        bool complete = !_manifests.Missing(manifest).Any();
        manifest = _manifests.Listing(manifest) with { Status = complete ? Manifest.Finished : failure is null ? Manifest.Interrupted : Manifest.Failed, Error = failure?.Message };
        manifest = Save(folder, manifest);
        log.Add(manifest.Status + (failure is null ? "" : ": " + failure));
        log.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{_watch.Elapsed.TotalSeconds:0.0} s, of which tables {_tableTime.Elapsed.TotalSeconds:0.0} s and, over all jobs, snapshots {Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _snapshotTicks)).TotalSeconds:0.0} s"));
        EndpointTable? endpoints = manifest.Done.Count == 0 ? null : Endpoints(folder);
        if (failure is RunFolderException)
        {
            throw failure;
        }

        bool report = _request.Figures && endpoints is not null;
        IReadOnlyList<string> remarks = [];
        if (endpoints is not null)
        {
            foreach ((string file, string text) in RunReport.Tables(new ScenarioRun(FinishedRun.Trusted(folder.Path, manifest), _scenario)))
            {
                _files.Write(file, text);
            }

            manifest = SaveManifest(folder, manifest);
        }

        if (report)
        {
            var drawing = Stopwatch.StartNew();
            (_, remarks) = RunReport.Write(new ScenarioRun(FinishedRun.Trusted(folder.Path, manifest), _scenario), _request.Plots);
            log.Add(string.Create(CultureInfo.InvariantCulture, $"figures and report drawn in {drawing.Elapsed.TotalSeconds:0.0} s"));
        }

        RunStatus status = complete ? RunStatus.Finished : failure is null ? RunStatus.Interrupted : RunStatus.Failed;
        return new RunOutcome(status, folder.Path, manifest, reused, endpoints, report ? folder.ReportPath : null) { Remarks = remarks };
    }

    private EndpointTable Endpoints(RunFolder folder) =>
        EndpointTable.Read(folder.TimeSeriesPath, ResponseTable.Read(folder.ResponsesPath), _scenario.Plan.Time.DurationHours / 24);

    // A report of other figures or data is drawn again; the run itself stays.
    private bool IsDrawn(RunFolder folder) =>
        File.Exists(folder.ReportPath) && folder.Holds(ResultFiles.Scenario, _scenario.ResolvedYaml) && _scenario.Data.All(data => folder.Holds(data.KeptAs, data.Text));

    // With the observed points beside it, the folder can be drawn again wherever it is.
    private void WriteScenario()
    {
        foreach (ObservedSeries data in _scenario.Data)
        {
            _files.Write(data.KeptAs, data.Text);
        }

        _files.Write(ResultFiles.Scenario, _scenario.ResolvedYaml);
    }

    // The manifest goes last: what it lists is there.
    private Manifest Save(RunFolder folder, Manifest manifest)
    {
        _tableTime.Start();
        foreach (ResultTable table in _tables.All)
        {
            _files.Write(table.File, table.Text(), table.Header);
        }

        manifest = SaveManifest(folder, manifest);
        _tableTime.Stop();
        return manifest;
    }

    private Manifest SaveManifest(RunFolder folder, Manifest manifest)
    {
        manifest = manifest with { Files = _files.Of(manifest.Done) };
        AtomicFile.WriteText(folder.ManifestPath, manifest.ToJson());
        return manifest;
    }

    private RunPlaces Places(RunFolder folder, MemoryFit fit) => new()
    {
        BranchFile = fit.BranchOnDisk ? folder.BranchPath : null,
        Snapshot = (simulation, lesion, arm) =>
        {
            long start = Stopwatch.GetTimestamp();
            string file = RunFolder.SnapshotFile(_scenario, simulation, lesion, arm);
            FileSum sum = SnapshotFile.Write(folder.In(file), simulation, lesion, _scenario.Arms[arm]);
            _files.Add(new FileEntry(file, sum.Size, sum.Sha256, _scenario.Arms[arm].Name, simulation.Replicate, null));
            Interlocked.Add(ref _snapshotTicks, Stopwatch.GetTimestamp() - start);
        },
    };

    /// <summary>How the work fits into memory.</summary>
    /// <exception cref="MemoryRefusedException">It does not.</exception>
    private MemoryFit Fit((int Arm, int Replicate)[] work)
    {
        int[] armsOf = [.. work.GroupBy(w => w.Replicate).Select(g => g.Count())];
        int jobs = Math.Min(_request.Jobs ?? Environment.ProcessorCount, Math.Max(1, armsOf.Length));
        bool severalArms = armsOf.Any(arms => arms > 1);
        var fit = MemoryFit.Plan(_scenario, jobs, _request.Threads, severalArms, _request.MemoryBytes ?? MachineMemory.Limit);
        return fit.Fits || work.Length == 0 ? fit : throw new MemoryRefusedException(fit.Refusal(_scenario.Plan));
    }
}
