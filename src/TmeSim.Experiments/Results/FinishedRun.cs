using System.Globalization;
using TmeSim.Reports;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>A run folder that is only read: nothing is made, locked or changed in it.</summary>
public sealed class FinishedRun
{
    private readonly string[] _snapshots;
    private readonly HashSet<(string Arm, int Replicate)> _done;

    private FinishedRun(string directory, Manifest manifest)
    {
        Directory = directory;
        Manifest = manifest;
        _done = [.. manifest.Done.Select(d => (d.Arm, d.Replicate))];
        string snapshots = In("snapshots");
        _snapshots = System.IO.Directory.Exists(snapshots) ? [.. System.IO.Directory.GetFiles(snapshots, "*.bin.gz").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Full path.</summary>
    public string Directory { get; }

    public Manifest Manifest { get; }

    /// <summary>Opens a run folder.</summary>
    /// <exception cref="RunFolderException">It is no run folder, or nothing in it is finished.</exception>
    public static FinishedRun Open(string directory)
    {
        string path = Path.Combine(directory, "manifest.json");
        Manifest? manifest;
        try
        {
            manifest = File.Exists(path) ? Manifest.Parse(RegularFile.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }

        if (manifest is null)
        {
            string why = File.Exists(directory) ? "it is a file"
                : !System.IO.Directory.Exists(directory) ? "there is no such folder" + NearFolders.Clause(directory) : File.Exists(path) ? "its manifest.json cannot be read" : "it has no manifest.json";
            throw new RunFolderException($"{directory} is no run folder: {why}; give the folder that 'tmesim run' named");
        }

        return manifest.Done.Count > 0
            ? new FinishedRun(Path.GetFullPath(directory), manifest)
            : throw new RunFolderException($"{directory} holds no finished arm (status {manifest.Status}); run it to the end first");
    }

    /// <summary>Full path of a file of the folder.</summary>
    public string In(string relative) => Path.Combine(Directory, relative);

    /// <summary>Arms with a finished replicate, in the order of the scenario.</summary>
    public IReadOnlyList<string> Arms() => [.. Manifest.Arms.Where(a => Manifest.Done.Any(d => d.Arm == a))];

    /// <summary>Replicate whose tissue is shown: the lowest that is finished.</summary>
    public int ShownReplicate => Manifest.Done.Min(d => d.Replicate);

    /// <summary>The scenario as it was run, with changes of keys that do not touch the state (figures, data).</summary>
    /// <param name="sets">Options <c>path=value</c>.</param>
    /// <exception cref="RunFolderException">The folder has no resolved.yaml.</exception>
    /// <exception cref="ScenarioRefusedException">A change is a mistake, or would need another run.</exception>
    public ScenarioDefinition Scenario(IReadOnlyList<string> sets)
    {
        string path = In("resolved.yaml");
        if (!File.Exists(path))
        {
            throw new RunFolderException($"{Directory} has no resolved.yaml; it holds the scenario that figures are drawn for");
        }

        ScenarioResult result = ScenarioReader.ReadFile(path, new ScenarioOverrides { Sets = sets });
        Diagnostic[] errors = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (result.Definition is not { } scenario)
        {
            throw new ScenarioRefusedException(errors);
        }

        return scenario.IdentityHash == Manifest.IdentityHash
            ? scenario
            : throw new ScenarioRefusedException($"{Directory} holds another run: {(sets.Count > 0 ? "a --set changes what is simulated; here only keys below figures and data may change" : "its resolved.yaml was changed")}");
    }

    /// <summary>timeseries.csv.</summary>
    /// <exception cref="RunFolderException">It cannot be read, or lacks what the manifest says is finished.</exception>
    public TimeSeriesTable TimeSeries()
    {
        var table = TimeSeriesTable.Read(In("timeseries.csv"));
        var there = table.Rows.Select(r => (r.Arm, r.Replicate)).ToHashSet();
        return Manifest.Done.FirstOrDefault(d => !there.Contains((d.Arm, d.Replicate))) is not { } missing
            ? table
            : throw new RunFolderException($"{In("timeseries.csv")} was cut short: it has no row of arm '{missing.Arm}', replicate {missing.Replicate}; run the scenario again with --force");
    }

    /// <summary>Doses and fractions of all arms, each once for all replicates.</summary>
    /// <exception cref="RunFolderException">events.csv cannot be read.</exception>
    public IReadOnlyList<DoseMark> Doses()
    {
        try
        {
            return
            [
                .. RegularFile.ReadLines(In("events.csv")).Skip(1).Select(Csv.Split).Where(f => f.Length > 5 && f[4] is "dose" or "fraction")
                    .Select(f => new DoseMark(f[0], f[5], double.Parse(f[3], CultureInfo.InvariantCulture))).Distinct(),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new RunFolderException($"cannot read {In("events.csv")}: {e.Message}", e);
        }
    }

    /// <summary>responses.csv; null in a folder of a version that did not write it.</summary>
    /// <exception cref="RunFolderException">It cannot be read, or lacks what the manifest says is finished.</exception>
    public ResponseTable? Responses()
    {
        if (Manifest.ResponseColumns is null)
        {
            return null;
        }

        var table = ResponseTable.Read(In("responses.csv"));
        var there = table.Rows.Select(r => (r.Arm, r.Replicate)).ToHashSet();
        return Manifest.Done.FirstOrDefault(d => !there.Contains((d.Arm, d.Replicate))) is not { } missing
            ? table
            : throw new RunFolderException($"{In("responses.csv")} was cut short: it has no row of arm '{missing.Arm}', replicate {missing.Replicate}; run the scenario again with --force");
    }

    /// <summary>The snapshots of a replicate, known from their first lines; none when it kept none.</summary>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    internal IReadOnlyList<(string Path, SnapshotHeader Header)> Index(int replicate) =>
        Headers(_snapshots.Where(f => Path.GetFileName(f).Contains(FormattableString.Invariant($".r{replicate}."), StringComparison.Ordinal)));

    /// <summary>
    /// The snapshots of finished arms, one in memory at a time, in the order of arm, replicate, lesion and time. Arms that were interrupted leave snapshots
    /// too; those are passed over.
    /// </summary>
    /// <exception cref="RunFolderException">There are none, one is damaged, or, after the last one, some are missing.</exception>
    public IEnumerable<TissueSnapshot> Snapshots()
    {
        HashSet<(string Arm, int Replicate, long Seconds)> seen = [];
        foreach (string file in _snapshots)
        {
            TissueSnapshot snapshot = SnapshotFile.Read(file);
            if (_done.Contains((snapshot.Arm, snapshot.Replicate)))
            {
                seen.Add((snapshot.Arm, snapshot.Replicate, Seconds(snapshot.TimeDays)));
                yield return snapshot;
            }
        }

        CheckComplete(seen);
    }

    /// <summary>What <see cref="Snapshots"/> would read, known from the first line of each file.</summary>
    /// <exception cref="RunFolderException">There are none, one is damaged, or some are missing.</exception>
    internal IReadOnlyList<(string Path, SnapshotHeader Header)> Index()
    {
        (string Path, SnapshotHeader Header)[] all = Headers(_snapshots);
        CheckComplete([.. all.Select(s => (s.Header.Arm, s.Header.Replicate, Seconds(s.Header.TimeD)))]);
        return all;
    }

    private (string Path, SnapshotHeader Header)[] Headers(IEnumerable<string> files) =>
        [.. files.Select(f => (Path: f, Header: SnapshotFile.ReadHeader(f))).Where(s => _done.Contains((s.Header.Arm, s.Header.Replicate)))];

    private void CheckComplete(HashSet<(string Arm, int Replicate, long Seconds)> seen)
    {
        if (seen.Count == 0)
        {
            throw new RunFolderException($"{Directory} has no snapshots of finished arms; run the scenario with time.snapshot_every set");
        }

        // A state hash stands in the manifest for every time of a snapshot. Replicates may keep none at all.
        StateHashEntry? missing = Manifest.StateHashes.FirstOrDefault(h =>
            _done.Contains((h.Arm, h.Replicate)) && seen.Any(s => s.Replicate == h.Replicate) && !seen.Contains((h.Arm, h.Replicate, Seconds(h.TimeD))));
        if (missing is not null)
        {
            throw new RunFolderException(
                FormattableString.Invariant($"{Directory} lacks the snapshot of arm '{missing.Arm}', replicate {missing.Replicate}, day {missing.TimeD}; run the scenario again with --force"));
        }
    }

    internal static long Seconds(double days) => (long)Math.Round(days * 86400);
}

/// <summary>A scenario with mistakes, or one that does not belong to a run.</summary>
#pragma warning disable CA1032 // Without a text for the user it would say nothing.
public sealed class ScenarioRefusedException : Exception
#pragma warning restore CA1032
{
    /// <param name="message">Why, in one line.</param>
    public ScenarioRefusedException(string message)
        : base(message)
    {
    }

    /// <param name="errors">Mistakes found.</param>
    public ScenarioRefusedException(IReadOnlyList<Diagnostic> errors)
        : base(Diagnostic.FormatAll(errors).TrimEnd())
    {
    }
}
