namespace TmeSim.Experiments.Folders;

/// <summary>Names in a run folder: what the run writes and sums, and what stands beside it.</summary>
internal static class ResultFiles
{
    public const string Manifest = "manifest.json";
    public const string Scenario = "resolved.yaml";
    public const string TimeSeries = "timeseries.csv";
    public const string Events = "events.csv";
    public const string Responses = "responses.csv";
    public const string Endpoints = "endpoints.csv";
    public const string Contrasts = "contrasts.csv";
    public const string Trial = "trial.json";
    public const string Patients = "patients.csv";
    public const string Visits = "visits.csv";
    public const string Snapshots = "snapshots";
    public const string Data = "data";
    public const string Figures = "figures";
    public const string Report = "report.html";

    /// <summary>What the folder holds, for repositories.</summary>
    public const string Crate = "ro-crate-metadata.json";

    /// <summary>What speaks for the run, as a page.</summary>
    public const string Credibility = "credibility.html";

    /// <summary>The same as Markdown.</summary>
    public const string CredibilityText = "credibility.md";

    /// <summary>Makes a folder a comparison.</summary>
    public const string Comparison = "comparison.json";

    public const string Design = "design.csv";
    public const string Journals = "journals";

    /// <summary>Folder of the journal of a run that is at work, or was killed at it.</summary>
    public const string Journal = "journal";

    /// <summary>Folder of the states that the scenario wants to keep.</summary>
    public const string States = "states";

    /// <summary>Folder of the states that a run at work goes on from.</summary>
    public const string Checkpoints = "checkpoints";

    public const string Log = "log.txt";
    public const string Lock = ".lock";

    /// <summary>Folder that damaged files are moved to, with a number.</summary>
    public const string Damaged = "damaged-";

    private static readonly string[] Beside = [Manifest, Crate, Log, Lock, Journal, Checkpoints, Figures, Report, Credibility, CredibilityText, "export"];

    /// <summary>Tables of lines by arm and replicate: <c>ResultTables</c> makes them.</summary>
    public static IReadOnlyList<string> Tables { get; } = [TimeSeries, Events, Responses];

    /// <summary>Tables made from these when a session ends.</summary>
    public static IReadOnlyList<string> Derived { get; } = [Endpoints, Contrasts];

    /// <summary>Files of the whole run, tables among them.</summary>
    public static IReadOnlyList<string> Whole { get; } = [Scenario, .. Tables, .. Derived];

    /// <summary>Folders whose files the run writes.</summary>
    public static IReadOnlyList<string> Folders { get; } = [Data, Snapshots, States];

    public static bool IsFolderOfRun(string name) => Folders.Contains(name);

    /// <summary>Written by the tool, but not summed: it can be drawn or exported again, or says what happened.</summary>
    public static bool IsBeside(string name) => Beside.Contains(name) || name.StartsWith(Damaged, StringComparison.Ordinal);
}
