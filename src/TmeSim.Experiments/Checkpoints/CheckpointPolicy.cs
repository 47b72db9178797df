namespace TmeSim.Experiments.Checkpoints;

/// <summary>How often a replicate that runs keeps its state.</summary>
public sealed record CheckpointPolicy
{
    /// <summary>Every five minutes, and never for more than a fiftieth of the time.</summary>
    public static CheckpointPolicy Default { get; } = new();

    /// <summary>Work that a kill may cost at most [s], positive; infinite for states at an interruption alone.</summary>
    public double EverySeconds { get; init; } = 300;

    /// <summary>States are kept that often whatever they cost; false: they may take <see cref="CheckpointClock.LargestShare"/> of the time.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Nothing is kept, not even at an interruption.</summary>
    public bool IsOff { get; init; }

    /// <summary>Counts the time that runs.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
