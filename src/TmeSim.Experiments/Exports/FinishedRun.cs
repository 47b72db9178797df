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
        string snapshots = Path.Combine(directory, "snapshots");
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
            manifest = File.Exists(path) ? Manifest.Parse(File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }

        if (manifest is null)
        {
            string why = !System.IO.Directory.Exists(directory) ? "there is no such folder" : File.Exists(path) ? "its manifest.json cannot be read" : "it has no manifest.json";
            throw new RunFolderException($"{directory} is no run folder: {why}; give the folder that 'tmesim run' named");
        }

        return manifest.Done.Count > 0
            ? new FinishedRun(Path.GetFullPath(directory), manifest)
            : throw new RunFolderException($"{directory} holds no finished arm (status {manifest.Status}); run it to the end first");
    }

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
        (string Path, SnapshotHeader Header)[] all =
        [
            .. _snapshots.Select(file => (Path: file, Header: SnapshotFile.ReadHeader(file))).Where(s => _done.Contains((s.Header.Arm, s.Header.Replicate))),
        ];
        CheckComplete([.. all.Select(s => (s.Header.Arm, s.Header.Replicate, Seconds(s.Header.TimeD)))]);
        return all;
    }

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
