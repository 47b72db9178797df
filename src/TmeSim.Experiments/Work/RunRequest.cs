using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What to run and where to put it.</summary>
public sealed record RunRequest
{
    public required ScenarioDefinition Scenario { get; init; }

    /// <summary>Indices of the arms to run; empty for all.</summary>
    public IReadOnlyList<int> Arms { get; init; } = [];

    /// <summary>Folder that holds run folders.</summary>
    public string OutDirectory { get; init; } = "runs";

    /// <summary>Replicates at once; null for as many as cores.</summary>
    public int? Jobs { get; init; }

    /// <summary>Threads inside a simulation; null for 1 when several run at once, else as many as cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Memory that the run may take [bytes]; null for <see cref="MachineMemory.Limit"/>.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Run again and replace what is there.</summary>
    public bool Force { get; init; }

    /// <summary>Draw figures and the report.</summary>
    public bool Figures { get; init; } = true;

    /// <summary>What draws the files in figures/; the report holds SVG in any case.</summary>
    public IFigureBackend Plots { get; init; } = new SvgBackend();

    /// <summary>Command that repeats the run, for manifest and report.</summary>
    public string Command { get; init; } = "tmesim run";

    /// <summary>Warnings of the scenario, for manifest and report.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
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
public sealed record RunOutcome(RunStatus Status, string Folder, Manifest Manifest, int Reused, EndpointTable? Endpoints, string? ReportPath)
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
