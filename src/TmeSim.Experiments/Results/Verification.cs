using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;

namespace TmeSim.Experiments.Results;

/// <summary>What a check of a folder came to.</summary>
/// <param name="Folder">Folder as given.</param>
/// <param name="Kind">run, sweep or comparison.</param>
/// <param name="Files">Files whose sums, or whose lines' sums, were looked at.</param>
/// <param name="Findings">What was found, harmless things among them.</param>
/// <param name="Cautions">What was not checked, in words.</param>
public sealed record Verification(string Folder, string Kind, int Files, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Cautions)
{
    /// <summary>There were sums to check against.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Arms × replicates of a run that are finished: what can be simulated again and compared.</summary>
    public int Finished { get; init; }

    /// <summary>Everything that was written is there.</summary>
    public bool IsIntact => IsChecked && !Findings.Any(f => f.IsDamage);

    /// <summary>Command that makes damaged files again; null when nobody knows.</summary>
    public string? Command { get; init; }

    /// <summary>Checks a folder. Reads; changes nothing and runs nothing.</summary>
    /// <param name="directory">Folder of a run, a sweep, a calibration or a comparison.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <returns>One result; of a comparison one for each of its runs.</returns>
    /// <exception cref="RunFolderException">It is none of these.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<Verification> Of(string directory, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(directory))
        {
            throw new RunFolderException($"there is no folder {directory}");
        }

        return FolderKinds.Of(directory) switch
        {
            FolderKind.Comparison => [.. Comparison.Read(directory).In(directory).Select(run => Run(run, cancellation))],
            FolderKind.Sweep or FolderKind.Calibration or FolderKind.Trial => [Sweep(directory)],
            FolderKind.Run => [Run(directory, cancellation)],
            _ => throw new RunFolderException($"{directory} is no folder of a run, a sweep, a calibration, a trial or a comparison"),
        };
    }

    private static Verification Run(string directory, CancellationToken cancellation)
    {
        ManifestReading read = ManifestReading.Of(directory);
        if (read.Manifest is not { } manifest)
        {
            return new Verification(directory, "run", 1, [read.Damage!],
                ["without its manifest nobody can tell whether the other files are as they were written"]);
        }

        if (!manifest.HasSums)
        {
            return new Verification(directory, "run", 0, [],
                [$"written by TmeSim {manifest.ToolVersion}, which kept no checksums: nobody can tell whether its files are as they were written"])
            {
                IsChecked = false,
                Command = manifest.Command,
            };
        }

        var check = FolderCheck.Of(directory, manifest, cancellation);
        return new Verification(directory, "run", manifest.Files.Count + 1, check.Findings, manifest.Status == Manifest.Finished ? []
            : [$"{manifest.Status}: {manifest.Missing.Count} arm x replicate are missing"])
        {
            Finished = manifest.Done.Count,
            Command = manifest.Command,
        };
    }

    // Each line of a journal has a checksum of its own.
    private static Verification Sweep(string directory)
    {
        var journals = new JournalFolder(Path.GetFullPath(directory)).ReadJournals().ToList();
        return new Verification(
            directory,
            "sweep",
            journals.Count,
            [
                .. journals.Where(j => j.Content.Damaged > 0).Select(j => new Finding(
                    FindingKind.Changed, $"journals/{j.Shard}.log", null, null,
                    j.Content.LostItsHeader ? "its first line is damaged: its results count for nothing"
                    : $"{j.Content.Damaged} damaged lines: what they held is run again by the same command")),
            ],
            ["checked are the lines of the journals; tables and figures are made from them again by the same command, the time series have no sums"]);
    }
}
