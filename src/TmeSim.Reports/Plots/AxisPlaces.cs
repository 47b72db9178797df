using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots.Ticks;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots;

/// <summary>An axis that is drawn by hand (one of parallel coordinates, the colours of a movie): places of values and round values with their labels.</summary>
internal sealed class AxisPlaces
{
    private readonly bool _log;
    private readonly (double Low, double High) _range;

    /// <param name="axis">What was asked.</param>
    /// <param name="data">Smallest and largest value; not finite for none.</param>
    /// <param name="count">About so many round values.</param>
    public AxisPlaces(Axis axis, (double Low, double High) data, int count)
    {
        Axis = axis;
        _log = axis is { Scale: AxisScale.Log10, Categories: null };
        _range = AxisRange.Of(axis, (Coordinate(data.Low), Coordinate(data.High)));
        (double low, double high) = _log ? (Math.Pow(10, _range.Low), Math.Pow(10, _range.High)) : _range;
        (Low, High) = (low, high);
        Ticks = axis.Categories is { } names ? [.. Enumerable.Range(0, names.Count).Select(i => (double)i)] : RoundTicks.Of(low, high, count, _log);
        Labels = axis.Categories is { } words ? [.. words.Select(PlainText.Drawn)] : [.. Ticks.Select(Numbers.Short)];
    }

    public Axis Axis { get; }

    /// <summary>Value at the lower end.</summary>
    public double Low { get; }

    /// <summary>Value at the upper end.</summary>
    public double High { get; }

    /// <summary>Round values, or the places of names.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>One label per tick.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Fraction of the length, 0 at the lower end; NaN for a value that has no place.</summary>
    public double Fraction(double value) => (Coordinate(value) - _range.Low) / (_range.High - _range.Low);

    private double Coordinate(double value) => !double.IsFinite(value) || (_log && value <= 0) ? double.NaN : _log ? Math.Log10(value) : value;
}
