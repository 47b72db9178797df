using System.Text.Json;

namespace TmeSim.Experiments.Folders;

/// <summary>sweep.json: what was swept, with what, and how far it is. Keys are the names below in snake case.</summary>
public sealed record SweepManifest
{
    public string Format { get; init; } = "tmesim-sweep/1";

    /// <summary>finished, interrupted or failed.</summary>
    public required string Status { get; init; }

    public required string ToolVersion { get; init; }

    public string? Commit { get; init; }

    public required int ModelVersion { get; init; }

    public required string Scenario { get; init; }

    /// <summary>Hash of the scenario without its sweep.</summary>
    public required string IdentityHash { get; init; }

    public required ulong Seed { get; init; }

    public required string Command { get; init; }

    public required string Method { get; init; }

    public required int Points { get; init; }

    public required int Arms { get; init; }

    public required int Replicates { get; init; }

    /// <summary>Rows of sweep.csv without lesions: points × arms × replicates.</summary>
    public required int Rows { get; init; }

    /// <summary>Different simulations behind them.</summary>
    public required int Simulations { get; init; }

    /// <summary>Of these, finished.</summary>
    public required int Finished { get; init; }

    /// <summary>Of the finished ones, those that stopped before their duration because a tumour came near the wall.</summary>
    public int EndedEarly { get; init; }

    /// <summary>Of all, failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Hours of simulation over all cores, burn-ins left out.</summary>
    public required double CpuHours { get; init; }

    /// <summary>Varied keys.</summary>
    public required IReadOnlyList<ColumnEntry> Factors { get; init; }

    /// <summary>Outputs.</summary>
    public required IReadOnlyList<ColumnEntry> Outputs { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<InputEntry> Inputs { get; init; }

    public required CpuInfo Cpu { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ManifestJson.Readable.SweepManifest) + "\n";
}
