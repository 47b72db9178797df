using TmeSim.Experiments.Running;

namespace TmeSim.Experiments.Exports;

/// <summary>Which movie to make of a finished run, and where.</summary>
public sealed record MovieRequest
{
    /// <summary>Run folder.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Folder of the movies; null: <c>export</c> in the run folder.</summary>
    public string? OutDirectory { get; init; }

    /// <summary>Name of the field to show (<c>oxygen</c>); null for cells.</summary>
    public string? Field { get; init; }

    /// <summary>Replicate; null: the lowest that has snapshots.</summary>
    public int? Replicate { get; init; }

    /// <summary>Arms to show, in this order; empty for all.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Frames per second, 1–60; null: as many as make it last twelve seconds, but 1 to 30.</summary>
    public int? FramesPerSecond { get; init; }

    /// <summary>Replace movies that are there.</summary>
    public bool Force { get; init; }

    /// <summary>Folders where <c>ffmpeg</c> is looked for, separated as in the variable PATH; null or empty for nowhere.</summary>
    public string? SearchPath { get; init; }

    /// <summary>Told why there is no MP4.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Counts the frames that are done.</summary>
    public ExportProgress Progress { get; init; } = new(new RunProgress());
}
