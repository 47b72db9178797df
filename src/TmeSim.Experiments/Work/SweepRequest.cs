namespace TmeSim.Experiments.Work;

/// <summary>One part of several that a sweep is spread over.</summary>
/// <param name="Index">Number of the part, from 1.</param>
/// <param name="Count">Parts, at least 1.</param>
public readonly record struct SweepShard(int Index, int Count)
{
    /// <summary>Name of its files.</summary>
    public string Name => $"{Index}-of-{Count}";

    /// <summary>Reads "3/40"; null for anything else.</summary>
    public static SweepShard? Parse(string text) =>
        text.Split('/') is [var i, var n] && int.TryParse(i, out int index) && int.TryParse(n, out int count) && index >= 1
            && index <= count && count <= 100_000
            ? new SweepShard(index, count) : null;
}

/// <summary>A sweep: a scenario with a <c>sweep:</c> block.</summary>
public sealed record SweepRequest : WorkRequest
{
    public SweepRequest() => Command = "tmesim sweep";

    /// <summary>Run failed simulations again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>What is made of the simulations.</summary>
    internal SweepProduct Product { get; init; } = new SweepWriter();

    /// <summary>Only this part of the tasks, without table and report; null for all.</summary>
    public SweepShard? Shard { get; init; }
}

/// <summary>How a sweep came out.</summary>
/// <param name="Status">Finished, interrupted, failed (some simulations failed) or nothing to do.</param>
/// <param name="Folder">Folder of the sweep.</param>
/// <param name="Simulations">Different simulations of the sweep, or of the shard.</param>
/// <param name="Reused">Of these, finished in earlier sessions.</param>
/// <param name="Missing">Of these, still to run.</param>
/// <param name="Failures">Simulations that failed, with the point and the reason.</param>
/// <param name="TablePath">sweep.csv; null when only a shard was run.</param>
/// <param name="ReportPath">The report; null when none was drawn.</param>
public sealed record SweepOutcome(
    RunStatus Status, string Folder, int Simulations, int Reused, int Missing, IReadOnlyList<SweepFailure> Failures, string? TablePath,
    string? ReportPath)
{
    /// <summary>Finished simulations that stopped before their duration because a tumour came near the wall.</summary>
    public int EndedEarly { get; init; }

    /// <summary>What belongs to the figures of its design and is not drawn, with the reason; empty when nothing was drawn.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A simulation that failed.</summary>
/// <param name="Point">One of the points that it serves.</param>
/// <param name="Place">The point in words.</param>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Replicate">Number of the replicate.</param>
/// <param name="Reason">Why.</param>
public sealed record SweepFailure(int Point, string Place, string Arm, int Replicate, string Reason);
