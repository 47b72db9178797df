using System.Diagnostics;
using System.Globalization;
using TmeSim.Engine;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

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
        Manifest manifest = TakeOver(folder);
        int reused = manifest.Done.Count;
        double before = manifest.WallSeconds;
        (int Arm, int Replicate)[] work = [.. _manifests.Missing(manifest)];
        bool drawn = !_request.Figures || IsDrawn(folder);
        if (work.Length == 0 && drawn && manifest.Status == Manifest.Finished)
        {
            return new RunOutcome(RunStatus.NothingToDo, folder.Path, manifest, reused, Endpoints(folder), File.Exists(folder.ReportPath) ? folder.ReportPath : null);
        }

        MemoryFit fit = Fit(work);
        folder.ClearBranches();
        var log = new RunLog(folder.In("log.txt"));
        log.Add($"tmesim {ToolInfo.Version}, model {Simulation.ModelVersion}: {_scenario.Name}, {work.Length} of {_manifests.Arms.Length * _scenario.Replicates} arm x replicate to run");
        WriteScenario(folder);
        foreach (string note in fit.Notes)
        {
            log.Add(note);
            progress.Notice?.Invoke(note);
        }

        Exception? failure = new ExperimentRunner(_scenario).Run(work, fit.Jobs, fit.Threads, progress, Keep, cancellation, Places(folder, fit));
        void Keep(ArmResult result)
        {
            _tables.Add(result);
            manifest = _manifests.With(manifest, result);
            if (_saved.Elapsed > SaveInterval || !_saved.IsRunning)
            {
                Save(folder, _manifests.Listing(manifest) with { WallSeconds = before + _watch.Elapsed.TotalSeconds });
                _saved.Restart();
            }

            log.Add($"finished {_scenario.Arms[result.Arm].Name}, replicate {result.Replicate} in {result.WallSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s{(result.EndedEarly ? ", ended early: tumour near the wall" : "")}");
        }

        return Finish(folder, manifest with { WallSeconds = before + _watch.Elapsed.TotalSeconds }, reused, failure, log);
    }

    private RunOutcome Finish(RunFolder folder, Manifest manifest, int reused, Exception? failure, RunLog log)
    {
        bool complete = !_manifests.Missing(manifest).Any();
        manifest = _manifests.Listing(manifest) with { Status = complete ? Manifest.Finished : failure is null ? Manifest.Interrupted : Manifest.Failed, Error = failure?.Message };
        Save(folder, manifest);
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
        if (report)
        {
            var drawing = Stopwatch.StartNew();
            (_, remarks) = RunReport.Write(new ScenarioRun(FinishedRun.Open(folder.Path), _scenario), _request.Plots);
            log.Add(string.Create(CultureInfo.InvariantCulture, $"figures and report drawn in {drawing.Elapsed.TotalSeconds:0.0} s"));
        }

        RunStatus status = complete ? RunStatus.Finished : failure is null ? RunStatus.Interrupted : RunStatus.Failed;
        return new RunOutcome(status, folder.Path, manifest, reused, endpoints, report ? folder.ReportPath : null) { Remarks = remarks };
    }

    private static EndpointTable Endpoints(RunFolder folder) => EndpointTable.Read(folder.TimeSeriesPath, ResponseTable.Read(folder.ResponsesPath));

    // A report of other figures or data is drawn again; the run itself stays.
    private bool IsDrawn(RunFolder folder) =>
        File.Exists(folder.ReportPath) && Holds(folder, "resolved.yaml", _scenario.ResolvedYaml) && _scenario.Data.All(data => Holds(folder, data.KeptAs, data.Text));

    private static bool Holds(RunFolder folder, string file, string text) => File.Exists(folder.In(file)) && RegularFile.ReadAllText(folder.In(file)) == text;

    // With the observed points beside it, the folder can be drawn again wherever it is.
    private void WriteScenario(RunFolder folder)
    {
        foreach (ObservedSeries data in _scenario.Data)
        {
            AtomicFile.WriteText(folder.In(data.KeptAs), data.Text);
        }

        AtomicFile.WriteText(folder.In("resolved.yaml"), _scenario.ResolvedYaml);
    }

    /// <summary>The manifest to go on from: that of the folder when it belongs to this question, else a new one.</summary>
    private Manifest TakeOver(RunFolder folder)
    {
        Manifest fresh = _manifests.Fresh();
        Manifest? old = folder.ReadManifest();
        if (_request.Force || old is null)
        {
            if (!_request.Force && folder.HasContent() && !OnlyLeftovers(folder))
            {
                throw new RunFolderException($"{folder.Path} holds files but no manifest of a run; move them away or use --force to replace what a run writes");
            }

            folder.Clear();
            return fresh;
        }

        string? difference = old.ModelVersion != fresh.ModelVersion ? $"model version {old.ModelVersion}"
            : old.IdentityHash != fresh.IdentityHash ? "another scenario"
            : old.OutputHash != fresh.OutputHash ? "other times of rows or snapshots, or other columns"
            : null;
        var done = old.Done.Select(d => (Arm: _manifests.ArmIndex(d.Arm), d.Replicate)).ToHashSet();
        if (difference is null && !(File.Exists(folder.TimeSeriesPath) && File.Exists(folder.EventsPath) && File.Exists(folder.ResponsesPath)
            && _tables.Load(RegularFile.ReadAllText(folder.TimeSeriesPath), RegularFile.ReadAllText(folder.EventsPath), RegularFile.ReadAllText(folder.ResponsesPath), done)))
        {
            difference = "tables that do not fit its manifest";
        }

        if (difference is not null)
        {
            throw new RunFolderException($"{folder.Path} holds a run with {difference}; use --force to replace it, or another --out");
        }

        // What an earlier session did stays; the rest of the manifest describes this one.
        return fresh with
        {
            Status = old.Status,
            Arms = [.. _scenario.Arms.Select(a => a.Name).Where(n => old.Arms.Contains(n) || fresh.Arms.Contains(n))],
            Replicates = Math.Max(old.Replicates, fresh.Replicates),
            Done = old.Done,
            Baseline = old.Baseline,
            StateHashes = old.StateHashes,
            WallSeconds = old.WallSeconds,
        };
    }

    // A run killed before its first arm was finished leaves these.
    private static bool OnlyLeftovers(RunFolder folder) => Directory.EnumerateFileSystemEntries(folder.Path)
        .All(p => Path.GetFileName(p) is ".lock" or "log.txt" or "resolved.yaml" or "snapshots" or "data" || p.EndsWith(".tmp", StringComparison.Ordinal));

    // The manifest goes last: what it lists is there.
    private void Save(RunFolder folder, Manifest manifest)
    {
        _tableTime.Start();
        AtomicFile.WriteText(folder.TimeSeriesPath, _tables.TimeSeries());
        AtomicFile.WriteText(folder.EventsPath, _tables.Events());
        AtomicFile.WriteText(folder.ResponsesPath, _tables.Responses());
        AtomicFile.WriteText(folder.ManifestPath, manifest.ToJson());
        _tableTime.Stop();
    }

    private RunPlaces Places(RunFolder folder, MemoryFit fit) => new()
    {
        BranchFile = fit.BranchOnDisk ? folder.BranchPath : null,
        Snapshot = (simulation, lesion, arm) =>
        {
            long start = Stopwatch.GetTimestamp();
            SnapshotFile.Write(folder.SnapshotPath(_scenario, simulation, lesion, arm), simulation, lesion, _scenario.Arms[arm]);
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
