namespace TmeSim.Experiments.Tests;

/// <summary>A time that goes on when it is told to.</summary>
internal sealed class MadeTime : TimeProvider
{
    private long _ticks;

    /// <summary>What each look takes [s].</summary>
    public double PerLook { get; init; }

    public double Seconds => Interlocked.Read(ref _ticks) / 1e7;

    public override long TimestampFrequency => 10_000_000;

    public void Advance(double seconds) => Interlocked.Add(ref _ticks, (long)(seconds * 1e7));

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, (long)(PerLook * 1e7));
}
