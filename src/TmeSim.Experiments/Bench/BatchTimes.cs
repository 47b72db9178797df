using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Bench;

/// <summary>What batches of equal work came to, in one unit, and what disturbed them.</summary>
public sealed class BatchTimes
{
    /// <summary>From this share of its time on, waiting for a core disturbs a figure.</summary>
    public const double WaitedAtMost = 0.02;

    private readonly double[] _sorted;

    /// <param name="values">One value a batch, at least one, in any order.</param>
    /// <param name="waited">Share of the wall time in which threads of this process waited for a core, 0 to 1; null where the system does not tell.</param>
    /// <param name="compiling">Batches among them during which code was still being compiled.</param>
    public BatchTimes(IEnumerable<double> values, double? waited, int compiling)
    {
        _sorted = [.. values.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(values));
        (Waited, Compiling) = (waited, compiling);
    }

    /// <summary>The middle batch; the mean of the two in the middle when they are even in number.</summary>
    public double Median => Quantiles.OfSorted(_sorted, 0.5);

    /// <summary>A quarter of the batches lies below.</summary>
    public double Low => Quantiles.OfSorted(_sorted, 0.25);

    /// <summary>A quarter of the batches lies above.</summary>
    public double High => Quantiles.OfSorted(_sorted, 0.75);

    /// <summary>Batches measured.</summary>
    public int Count => _sorted.Length;

    /// <summary>Share of the wall time in which threads of this process waited for a core, 0 to 1; null where the system does not tell.</summary>
    public double? Waited { get; }

    /// <summary>Batches among them during which code was still being compiled: 0 when a steady state was reached.</summary>
    public int Compiling { get; }

    /// <summary>The same batches in another unit, or inverted as rates.</summary>
    public BatchTimes Select(Func<double, double> value) => new(_sorted.Select(value), Waited, Compiling);
}
