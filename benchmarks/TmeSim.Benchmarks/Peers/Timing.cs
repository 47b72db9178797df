using TmeSim.Experiments.Bench;

namespace TmeSim.Benchmarks;

/// <summary>How long work is measured.</summary>
/// <param name="quick">Fewer batches.</param>
internal sealed class Timing(bool quick)
{
    public bool Quick { get; } = quick;

    /// <summary>Seconds of one call of work that takes microseconds or more, in its steady state.</summary>
    public BatchTimes Seconds(Action work, int threads = 1) => SteadyClock.Seconds(work, Quick ? 7 : 21, Quick ? 0.03 : 0.1, threads);

    /// <summary>Values of batches that time themselves, in their steady state.</summary>
    public BatchTimes Measure(Func<double> batch, int threads = 1) => SteadyClock.Measure(batch, Quick ? 5 : 11, threads);
}
