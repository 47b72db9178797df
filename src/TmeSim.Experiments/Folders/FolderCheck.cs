namespace TmeSim.Experiments.Folders;

/// <summary>The files of a run folder against the sums in its manifest. Reads; changes nothing.</summary>
internal sealed class FolderCheck
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };
    private readonly Dictionary<string, BlockLines> _tables = [];
    private readonly HashSet<ArmReplicate> _lost = [], _lostLines = [];

    private FolderCheck(IReadOnlyList<Finding> findings) => Findings = findings;

    /// <summary>All that was found, damage first, in the order of the manifest; then files that are not of the run.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Of these, what was lost.</summary>
    public IEnumerable<Finding> Damage => Findings.Where(f => f.IsDamage);

    /// <summary>Finished arms and replicates of which something is lost: their lines in a table or one of their snapshots.</summary>
    public IReadOnlySet<ArmReplicate> Lost => _lost;

    /// <summary>Of these, the ones whose lines in a table are lost.</summary>
    public IReadOnlySet<ArmReplicate> LostLines => _lostLines;

    /// <summary>Nothing to check against: the manifest is of a version that kept no sums.</summary>
    public static FolderCheck Nothing { get; } = new([]);

    /// <summary>Checks all files of a manifest, several at once, and looks for files that it does not list.</summary>
    /// <param name="directory">Folder of the run.</param>
    /// <param name="manifest">Its manifest, with sums.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FolderCheck Of(string directory, Manifest manifest, CancellationToken cancellation = default)
    {
        FileCheck[] checks = [.. manifest.Files.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(f => FileCheck.Of(directory, f, manifest))];
        var check = new FolderCheck([.. checks.SelectMany(c => c.Findings), .. Extra(directory, manifest)]);
        foreach ((FileEntry file, FileCheck one) in manifest.Files.Zip(checks))
        {
            check._lost.UnionWith(one.Lost);
            if (one.Table is { } table)
            {
                check._lostLines.UnionWith(one.Lost);
                check._tables[file.Path] = table;
            }
        }

        return check;
    }

    /// <summary>The lines of a table that is not as it was written; null for one that is.</summary>
    public BlockLines? Table(string file) => _tables.GetValueOrDefault(file);

    private static IEnumerable<Finding> Extra(string directory, Manifest manifest)
    {
        HashSet<string> known = [.. manifest.Files.Select(f => f.Path)];
        foreach (string path in Directory.EnumerateFileSystemEntries(directory, "*", Everything).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (ResultFiles.IsFolderOfRun(name) && Directory.Exists(path))
            {
                foreach (string file in Directory.EnumerateFileSystemEntries(path, "*", Everything)
                    .Select(f => $"{name}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal).Where(f => !known.Contains(f)))
                {
                    yield return new Finding(FindingKind.Extra, file, null, null, Why(file, manifest));
                }
            }
            else if (!known.Contains(name) && !ResultFiles.IsBeside(name))
            {
                yield return new Finding(FindingKind.Extra, Directory.Exists(path) ? name + "/" : name, null, null, Why(name, manifest));
            }
        }
    }

    private static string Why(string file, Manifest manifest) =>
        file.EndsWith(AtomicFile.Temporary, StringComparison.Ordinal) ? "left by a run that was stopped while it wrote"
        : file.StartsWith(ResultFiles.Snapshots, StringComparison.Ordinal) && manifest.Status != Manifest.Finished
            ? "of an arm that is not finished, or not of this run"
        : ResultFiles.Tables.Contains(file) && manifest.Status != Manifest.Finished ? "written before the manifest could list it"
        : ResultFiles.Derived.Contains(file) && manifest.Status != Manifest.Finished
            ? "of an earlier session; it is made again when this run ends"
        : "not of this run; it is left alone";
}
