using System.Diagnostics;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>How often a replicate that runs keeps its state.</summary>
public sealed record CheckpointPolicy
{
    /// <summary>Every five minutes, and never for more than a fiftieth of the time.</summary>
    public static CheckpointPolicy Default { get; } = new();

    /// <summary>Time between two states [s], positive; infinite for none but at an interruption.</summary>
    public double EverySeconds { get; init; } = 300;

    /// <summary>States are kept that often whatever they cost; false: they may take <see cref="CheckpointClock.LargestShare"/> of the time.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Nothing is kept, not even at an interruption.</summary>
    public bool IsOff { get; init; }
}

/// <summary>When the state of a replicate is due. It counts time that runs, so a clock that is set does not matter.</summary>
internal sealed class CheckpointClock(CheckpointPolicy policy)
{
    /// <summary>Share of the time that keeping states may take where the interval is not given.</summary>
    public const double LargestShare = 0.02;

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private double _seconds = policy.IsOff ? double.PositiveInfinity : policy.EverySeconds;

    /// <summary>Time since the last state [s].</summary>
    public double Seconds => _since.Elapsed.TotalSeconds;

    /// <summary>The interval is over.</summary>
    public bool IsDue => _seconds < double.PositiveInfinity && Seconds >= _seconds;

    /// <summary>A state was kept, which took so long [s]: the next interval begins.</summary>
    public void Restart(double cost = 0)
    {
        if (!policy.IsOff)
        {
            _seconds = policy.IsStrict ? policy.EverySeconds : Math.Max(policy.EverySeconds, cost / LargestShare);
        }

        _since.Restart();
    }
}
