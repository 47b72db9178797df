using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// What a run folder holds of the run that is asked for, and what is damaged of it. Found by reading alone; nothing is changed before
/// <see cref="Clear"/>.
/// </summary>
internal sealed class EarlierRun
{
    private readonly string[] _inTheWay;
    private readonly bool _forced;

    private EarlierRun(Manifest manifest, IReadOnlyList<Finding> damage, string[] inTheWay, bool forced) =>
        (Manifest, Damage, _inTheWay, _forced) = (manifest, damage, inTheWay, forced);

    /// <summary>The manifest to go on from, without what is finished.</summary>
    public Manifest Manifest { get; }

    /// <summary>What is damaged.</summary>
    public IReadOnlyList<Finding> Damage { get; }

    /// <summary>Arms and replicates that were finished and are to be run again, whether or not they are asked for now.</summary>
    public IReadOnlyList<ArmReplicate> Again { get; private init; } = [];

    /// <summary>Rows of the journal of a session that was killed: taken over, and of no use.</summary>
    public (int Taken, int Dropped) Journal { get; private init; }

    /// <summary>Looks into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="fresh">Its manifest without results.</param>
    /// <param name="finished">Takes what is there of it.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="RunFolderException">It holds another run, and force is off.</exception>
    public static EarlierRun Of(RunFolder folder, RunRequest request, Manifest fresh, FinishedArms finished, CancellationToken cancellation)
    {
        if (request.Force)
        {
            return new EarlierRun(fresh, [], [], forced: true);
        }

        ManifestReading read = ManifestReading.Of(folder.Path);
        if (read.Manifest is not { } old)
        {
            return WithoutManifest(folder, read, fresh, finished);
        }

        string? difference = old.ModelVersion != fresh.ModelVersion ? $"model version {old.ModelVersion}"
            : old.IdentityHash != fresh.IdentityHash ? "another scenario"
            : old.OutputHash != fresh.OutputHash ? "other times of rows or snapshots, or other columns"
            : !old.HasSums ? "no checksums (TmeSim 0.1), so that nobody knows whether its files are as they were written"
            : old.Done.Any(d => !ResultFiles.Tables.All(d.Tables.ContainsKey)) ? "other tables"
            : null;
        return difference is null ? Of(folder, request.Scenario, fresh, old, finished, cancellation)
            : throw new RunFolderException($"{folder.Path} holds a run with {difference}; use --force to replace it, or another --out");
    }

    /// <summary>Makes room: damaged files are put aside, or, when forced, all that a run writes is deleted.</summary>
    /// <returns>What was put aside and where, in words; null for nothing.</returns>
    /// <exception cref="RunFolderException">A file cannot be moved.</exception>
    public string? Clear(RunFolder folder)
    {
        if (_forced)
        {
            folder.Clear();
        }

        return PutAside.Move(folder.Path, ResultFiles.Damaged, _inTheWay) is not { } place ? null
            : $"damaged files are put aside in "
                + $"{folder.In(place)}{(Again.Count > 0 ? $"; run again: {string.Join(", ", Again.Select(a => $"{a.Arm} #{a.Replicate}"))}" : "")}";
    }

    // What a journal holds does not depend on the manifest. A run that was stopped before its first one leaves no results.
    private static EarlierRun WithoutManifest(RunFolder folder, ManifestReading read, Manifest fresh, FinishedArms finished)
    {
        (int, int) journal = finished.Load(folder, JournalFolder.OfRun(folder.Path));
        HashSet<string> kept = [.. finished.In(fresh).Files.Select(f => f.Path)];
        string[] beside = [.. ResultFiles.Folders.Where(f => Directory.Exists(folder.In(f)))
            .SelectMany(f => Directory.GetFileSystemEntries(folder.In(f)).Select(p => $"{f}/{Path.GetFileName(p)}"))
            .Where(f => !kept.Contains(f))];
        bool any = ResultFiles.Tables.Append(ResultFiles.Snapshots).Append(ResultFiles.Manifest).Any(f => Path.Exists(folder.In(f)));
        return new EarlierRun(fresh, any ? [read.Damage!] : [], any ? [ResultFiles.Manifest, .. ResultFiles.Whole, .. beside] : [], false)
        {
            Journal = journal,
        };
    }

    private static EarlierRun Of(RunFolder folder, ScenarioDefinition scenario, Manifest fresh, Manifest old, FinishedArms finished,
        CancellationToken cancellation)
    {
        var check = FolderCheck.Of(folder.Path, old, cancellation);
        Finding[] damage = [.. check.Damage.Where(f => !IsAsAskedFor(folder, scenario, f.File))];
        finished.Load(folder, old, check);
        (int, int) journal = finished.Load(folder, JournalFolder.OfRun(folder.Path));

        // What an earlier session did stays; the rest of the manifest describes this one.
        var manifest = fresh with
        {
            Status = old.Status,
            Arms = [.. scenario.Arms.Select(a => a.Name).Where(n => old.Arms.Contains(n) || fresh.Arms.Contains(n))],
            Replicates = Math.Max(old.Replicates, fresh.Replicates),
            Files = old.Files,
            WallSeconds = old.WallSeconds,
        };
        HashSet<ArmReplicate> there = [.. finished.In(manifest).Done.Select(d => new ArmReplicate(d.Arm, d.Replicate))];
        return new EarlierRun(manifest, damage, [.. damage.Select(f => f.File)], forced: false)
        {
            Journal = journal,
            Again = [.. old.Done.Select(d => new ArmReplicate(d.Arm, d.Replicate))
                .Where(a => check.Lost.Contains(a) && !there.Contains(a))],
        };
    }

    // The scenario and its data are written before the manifest that sums them.
    private static bool IsAsAskedFor(RunFolder folder, ScenarioDefinition scenario, string file) =>
        file == ResultFiles.Scenario ? folder.Holds(file, scenario.ResolvedYaml)
            : scenario.Kept.Any(k => k.Path == file && folder.Holds(file, k.Text));
}
