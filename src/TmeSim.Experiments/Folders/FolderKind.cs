using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>Kinds of folders that the tool writes.</summary>
public enum FolderKind
{
    /// <summary>Nothing in it comes from the tool.</summary>
    None,

    Run,

    Sweep,

    Calibration,

    Trial,

    Comparison,

    /// <summary>Something in it comes from the tool, and nothing says what it was.</summary>
    Unknown,
}

/// <summary>The one place that knows a folder by its files.</summary>
public static class FolderKinds
{
    // Files that only the tool leaves: of work that was killed early, or of a folder damaged since.
    private static readonly string[] Traces =
        [ResultFiles.Scenario, "sweep.csv", "posterior.csv", ResultFiles.Contrasts, ResultFiles.Report, ResultFiles.Lock];

    /// <summary>
    /// By kind: the file that says what was done, written when a part of the work is done, and what a finished folder holds besides.
    /// </summary>
    internal static IReadOnlyList<(FolderKind Kind, string Manifest, string[] Files)> All { get; } =
    [
        (FolderKind.Run, ResultFiles.Manifest, [ResultFiles.Scenario, ResultFiles.TimeSeries, ResultFiles.Events]),
        (FolderKind.Sweep, "sweep.json", [ResultFiles.Scenario, ResultFiles.Design, "sweep.csv"]),
        (FolderKind.Calibration, "calibration.json", [ResultFiles.Scenario, "posterior.csv", "generations.csv"]),
        (FolderKind.Trial, ResultFiles.Trial, [ResultFiles.Scenario, ResultFiles.Design, ResultFiles.Patients, ResultFiles.Visits]),
        (FolderKind.Comparison, ResultFiles.Comparison, [ResultFiles.Endpoints, ResultFiles.Contrasts]),
    ];

    /// <summary>What a folder is; one that was killed before its manifest is known by what it works with.</summary>
    public static FolderKind Of(string directory)
    {
        bool Holds(string name) => Path.Exists(Path.Combine(directory, name));
        return All.Where(k => Holds(k.Manifest)).Select(k => k.Kind).FirstOrDefault() is var kind and not FolderKind.None ? kind
            : Holds(ResultFiles.Design) ? IsTrial(directory) ? FolderKind.Trial : FolderKind.Sweep
            : Holds(ResultFiles.Journals) ? FolderKind.Calibration
            : ResultFiles.Tables.Append(ResultFiles.Snapshots).Any(Holds) ? FolderKind.Run
            : Traces.Any(Holds) ? FolderKind.Unknown
            : FolderKind.None;
    }

    // A design of patients: the scenario beside it has a cohort.
    private static bool IsTrial(string directory)
    {
        try
        {
            return RegularFile.ReadLines(Path.Combine(directory, ResultFiles.Scenario)).Any(l => l.StartsWith("cohort:", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>In small letters.</summary>
    public static string Name(this FolderKind kind) => kind.ToString().ToLowerInvariant();
}
