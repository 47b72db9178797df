using System.Globalization;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Results;

/// <summary>A run folder that is only read: nothing is made, locked or changed in it.</summary>
public sealed class FinishedRun
{
    private readonly FolderCheck _check;
    private Func<string, IReadOnlyList<string>>? _lines;
    private readonly string[] _snapshots;
    private readonly HashSet<ArmReplicate> _done;

    private FinishedRun(string directory, Manifest manifest, FolderCheck check)
    {
        Directory = directory;
        Manifest = manifest with { Done = [.. manifest.Done.Where(d => !check.LostLines.Contains(new ArmReplicate(d.Arm, d.Replicate)))] };
        _check = check;
        _done = [.. Manifest.Done.Select(d => new ArmReplicate(d.Arm, d.Replicate))];
        HashSet<string> damaged = [.. check.Damage.Select(f => f.File)];
        string snapshots = In(ResultFiles.Snapshots);
        _snapshots = manifest.HasSums ? [.. manifest.Files.Where(f => f.Path.StartsWith(ResultFiles.Snapshots + "/", StringComparison.Ordinal) && !damaged.Contains(f.Path)).Select(f => In(f.Path))]
            : System.IO.Directory.Exists(snapshots) ? [.. System.IO.Directory.GetFiles(snapshots, "*.bin.gz").Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Full path.</summary>
    public string Directory { get; }

    /// <summary>The manifest; finished in it are only arms and replicates whose lines in the tables are as they were written.</summary>
    public Manifest Manifest { get; }

    /// <summary>What is damaged, and left out.</summary>
    public IReadOnlyList<Finding> Damage => [.. _check.Damage];

    /// <summary>What a reader of results from this folder should know about it: what is damaged and left out, or that nobody can tell. One line each.</summary>
    public IEnumerable<string> Cautions => !Manifest.HasSums ? ["the run is of a version that kept no checksums: nobody can tell whether its files are as they were written"]
        : Damage.Count == 0 ? []
        : [.. DamagedRunException.Lines(Damage), "what is damaged is left out: " + DamagedRunException.Remedy(Manifest.Command)];

    /// <summary>Opens a run folder and checks its files against the sums in its manifest. What is damaged is left out, see <see cref="Cautions"/>.</summary>
    /// <exception cref="RunFolderException">It is no run folder, or nothing in it is finished.</exception>
    /// <exception cref="DamagedRunException">Its manifest is damaged, or nothing is left to read.</exception>
    public static FinishedRun Open(string directory)
    {
        ManifestReading read = ManifestReading.Of(directory);
        if (read.Manifest is not { } manifest)
        {
            throw read.Damage!.Kind == FindingKind.Missing && !ResultFiles.Whole.Any(f => File.Exists(Path.Combine(directory, f)))
                ? new RunFolderException($"{directory} is no run folder: {(File.Exists(directory) ? "it is a file" : System.IO.Directory.Exists(directory) ? "it has no manifest.json" : "there is no such folder" + NearFolders.Clause(directory))}; give the folder that 'tmesim run' named")
                : new DamagedRunException(directory, [read.Damage], null);
        }

        if (manifest.Done.Count == 0)
        {
            throw new RunFolderException($"{directory} holds no finished arm (status {manifest.Status}); run it to the end first");
        }

        string full = Path.GetFullPath(directory);
        FolderCheck check = manifest.HasSums ? FolderCheck.Of(full, manifest) : FolderCheck.Nothing;
        var run = new FinishedRun(full, manifest, check);
        return run.Manifest.Done.Count > 0 ? run : throw new DamagedRunException(directory, run.Damage, manifest.Command);
    }

    /// <summary>A folder that this process wrote, or has checked already.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="lines">Header and lines of each of its tables, where they are in memory; null to read them.</param>
    internal static FinishedRun Trusted(string directory, Manifest manifest, Func<string, IReadOnlyList<string>>? lines = null) =>
        new(Path.GetFullPath(directory), manifest, FolderCheck.Nothing) { _lines = lines };

    /// <summary>Refuses a run with damage, for results that cannot carry a caution with them.</summary>
    /// <exception cref="DamagedRunException">A file is damaged.</exception>
    public void RequireIntact()
    {
        if (Damage.Count > 0)
        {
            throw new DamagedRunException(Directory, Damage, Manifest.Command);
        }
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
    /// <exception cref="DamagedRunException">The scenario or its data are not as they were written.</exception>
    /// <exception cref="ScenarioRefusedException">A change is a mistake, or would need another run.</exception>
    public ScenarioDefinition Scenario(IReadOnlyList<string> sets)
    {
        string path = In(ResultFiles.Scenario);
        Finding[] damaged = [.. Damage.Where(f => f.File == ResultFiles.Scenario || f.File.StartsWith(ResultFiles.Data + "/", StringComparison.Ordinal))];
        if (damaged.Length > 0)
        {
            throw new DamagedRunException(Directory, damaged, Manifest.Command);
        }

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

    /// <summary>Header and lines of a table (<see cref="ResultFiles.Tables"/>): those of finished arms and replicates, in the order of the file.</summary>
    /// <param name="table">File, relative to the folder.</param>
    /// <exception cref="RunFolderException">It cannot be read.</exception>
    internal IReadOnlyList<string> Lines(string table)
    {
        if (_lines is not null)
        {
            return _lines(table);
        }

        try
        {
            BlockLines? found = _check.Table(table) ?? (_check.LostLines.Count > 0 ? BlockLines.Of(RegularFile.ReadAllText(In(table))) : null);
            return found is null ? [.. RegularFile.ReadLines(In(table))] : [Manifest.Files.First(f => f.Path == table).Header!, .. Manifest.Done.SelectMany(d => found[new ArmReplicate(d.Arm, d.Replicate)])];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {In(table)}: {e.Message}", e);
        }
    }

    /// <summary>timeseries.csv.</summary>
    /// <exception cref="RunFolderException">It cannot be read, or lacks what the manifest says is finished.</exception>
    public TimeSeriesTable TimeSeries()
    {
        var table = TimeSeriesTable.Parse(In(ResultFiles.TimeSeries), Lines(ResultFiles.TimeSeries));
        return Whole(table, ResultFiles.TimeSeries, table.Rows.Select(r => (r.Arm, r.Replicate)));
    }

    /// <summary>Doses and fractions of all arms, each once for all replicates.</summary>
    /// <exception cref="RunFolderException">events.csv cannot be read.</exception>
    public IReadOnlyList<DoseMark> Doses()
    {
        try
        {
            return
            [
                .. Lines(ResultFiles.Events).Skip(1).Select(l => Csv.Split(l)).Where(f => f.Length > 5 && f[4] is "dose" or "fraction")
                    .Select(f => new DoseMark(f[0], f[5], double.Parse(f[3], CultureInfo.InvariantCulture))).Distinct(),
            ];
        }
        catch (FormatException e)
        {
            throw new RunFolderException($"cannot read {In(ResultFiles.Events)}: {e.Message}", e);
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

        var table = ResponseTable.Parse(In(ResultFiles.Responses), Lines(ResultFiles.Responses));
        return Whole(table, ResultFiles.Responses, table.Rows.Select(r => (r.Arm, r.Replicate)));
    }

    private T Whole<T>(T table, string file, IEnumerable<(string Arm, int Replicate)> rows)
    {
        var there = rows.ToHashSet();
        return Manifest.Done.FirstOrDefault(d => !there.Contains((d.Arm, d.Replicate))) is not { } missing
            ? table
            : throw new RunFolderException(
                $"{In(file)} was cut short: it has no row of arm '{missing.Arm}', replicate {missing.Replicate}; run the scenario again with --force");
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
            if (_done.Contains(new ArmReplicate(snapshot.Arm, snapshot.Replicate)))
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
        [.. files.Select(f => (Path: f, Header: SnapshotFile.ReadHeader(f))).Where(s => _done.Contains(new ArmReplicate(s.Header.Arm, s.Header.Replicate)))];

    private void CheckComplete(HashSet<(string Arm, int Replicate, long Seconds)> seen)
    {
        if (seen.Count == 0)
        {
            throw new RunFolderException($"{Directory} has no snapshots of finished arms; run the scenario with time.snapshot_every set");
        }

        // A state hash stands in the manifest for every time of a snapshot. Replicates may keep none at all.
        StateHashEntry? missing = Manifest.StateHashes.FirstOrDefault(h =>
            _done.Contains(new ArmReplicate(h.Arm, h.Replicate)) && seen.Any(s => s.Replicate == h.Replicate) && !seen.Contains((h.Arm, h.Replicate, Seconds(h.TimeD))));
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
