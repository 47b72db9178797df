using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Work;

/// <summary>A run of a scenario.</summary>
public sealed record RunRequest : WorkRequest
{
    public RunRequest() => Command = "tmesim run";

    /// <summary>Indices of the arms to run; empty for all.</summary>
    public IReadOnlyList<int> Arms { get; init; } = [];

    /// <summary>The run that it goes on from; null for none.</summary>
    internal BranchOrigin? Origin { get; init; }

    /// <summary>What the manifest says of where it comes from; null for nothing.</summary>
    public BranchEntry? BranchedFrom { get; init; }

    /// <summary>How often the states of replicates at work are kept.</summary>
    public CheckpointPolicy Checkpoints { get; init; } = CheckpointPolicy.Default;

    /// <summary>Run again and replace what is there.</summary>
    public bool Force { get; init; }
}

/// <summary>How a run came out.</summary>
public enum RunStatus
{
    /// <summary>Everything asked for was there already.</summary>
    NothingToDo,

    Finished,

    /// <summary>Stopped on request; finished arms are written.</summary>
    Interrupted,

    /// <summary>A simulation failed; finished arms are written.</summary>
    Failed,
}

/// <summary>Result of a run.</summary>
/// <param name="Status">How it came out.</param>
/// <param name="Folder">Run folder.</param>
/// <param name="Manifest">Manifest as written.</param>
/// <param name="Reused">Pairs of arm and replicate taken over from an earlier session.</param>
/// <param name="Endpoints">Table of endpoints; null when there is nothing to count.</param>
/// <param name="ReportPath">The report; null when none was drawn.</param>
public sealed record RunOutcome(RunStatus Status, string Folder, Manifest Manifest, int Reused, EndpointTable? Endpoints,
    string? ReportPath)
{
    /// <summary>What was damaged of an earlier run in the folder, and has been made again.</summary>
    public IReadOnlyList<Finding> Damage { get; init; } = [];

    /// <summary>What the scenario's figures ask for and is not drawn, with the reason; empty when nothing was drawn.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Set-points of the baseline that the burn-in missed, in words.</summary>
    public IReadOnlyList<string> BaselineMisses => [.. SetPointCheck.Misses(Manifest.Baseline)];

    /// <summary>Arms that a tumour near the wall ended before their duration, one line each.</summary>
    public IReadOnlyList<string> EarlyEnds => [.. Results.EarlyEnds.Of(Manifest)];
}
