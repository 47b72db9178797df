using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Layout;

/// <summary>An axis with its range decided: maps values to fractions of its length and knows its ticks.</summary>
internal sealed class AxisMap
{
    private const double Limit = 1e290;

    // A round step is at most 2.5 times the one asked for: with six there are at least two ticks.
    private const int FewIntervals = 6;
    private readonly bool _log;

    private AxisMap(Axis axis, double low, double high, IReadOnlyList<double> ticks, IReadOnlyList<string> labels)
    {
        Axis = axis;
        Low = low;
        High = high;
        Ticks = ticks;
        Labels = labels;
        _log = axis.Scale == AxisScale.Log10 && axis.Categories is null;
    }

    public Axis Axis { get; }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>One label per tick.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Decides range and ticks.</summary>
    /// <param name="axis">What was asked.</param>
    /// <param name="data">Smallest and largest value drawn (positive ones on a logarithmic axis), not finite for none.</param>
    /// <param name="intervals">Most intervals between ticks.</param>
    public static AxisMap Create(Axis axis, (double Low, double High) data, int intervals)
    {
        if (axis.Categories is { } names)
        {
            return new AxisMap(axis, -0.5, Math.Max(names.Count, 1) - 0.5, [.. Enumerable.Range(0, names.Count).Select(i => (double)i)], [.. names.Select(PlainText.Clean)]);
        }

        return axis.Scale == AxisScale.Log10 ? Logarithmic(axis, data, intervals) : Linear(axis, data, intervals);
    }

    /// <summary>Fraction of the axis length, 0 at the lower end; NaN for a value that has no place.</summary>
    public double Fraction(double value)
    {
        if (!double.IsFinite(value) || (_log && value <= 0))
        {
            return double.NaN;
        }

        double fraction = _log
            ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (value - Low) / (High - Low);
        return Math.Clamp(fraction, -20, 20);
    }

    private static AxisMap Linear(Axis axis, (double Low, double High) data, int intervals)
    {
        double low = Math.Clamp(axis.Min ?? data.Low, -Limit, Limit);
        double high = Math.Clamp(axis.Max ?? data.High, -Limit, Limit);
        bool lowFree = axis.Min is null;
        bool highFree = axis.Max is null;
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            (low, high) = axis.Min is { } min && double.IsFinite(min) ? (min, min + 1) : axis.Max is { } max && double.IsFinite(max) ? (max - 1, max) : (0, 1);
        }

        if (lowFree && axis.PreferZero && low > 0 && (low < high / 2 || high - low < high * 1e-9))
        {
            low = 0;
        }

        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9)
        {
            double room = low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = highFree && lowFree && low != 0 ? (low - room, low + room) : (low, low + room);
        }

        double step = NiceTicks.Step(high - low, intervals, axis.Steps);
        if (axis.RoundEnds && lowFree)
        {
            low = Math.Floor((low / step) + 1e-6) * step;
        }

        if (axis.RoundEnds && highFree)
        {
            high = Math.Ceiling((high / step) - 1e-6) * step;
        }

        if (axis.TickValues is { } values)
        {
            return Given(axis, low, high, intervals, values);
        }

        IReadOnlyList<double> ticks = NiceTicks.Linear(low, high, step);
        return new AxisMap(axis, low, high, ticks, NiceTicks.Labels(ticks, step));
    }

    private static AxisMap Logarithmic(Axis axis, (double Low, double High) data, int intervals)
    {
        double low = Math.Clamp(axis.Min ?? data.Low, 1e-290, Limit);
        double high = Math.Clamp(axis.Max ?? data.High, 1e-290, Limit);
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            (low, high) = (0.1, 10);
        }

        if (axis.Min is null && axis.RoundEnds)
        {
            low = Math.Pow(10, Math.Floor(Math.Log10(low) + 1e-9));
        }

        if (axis.Max is null && axis.RoundEnds)
        {
            high = Math.Pow(10, Math.Ceiling(Math.Log10(high) - 1e-9));
        }

        if (high <= low * 1.0001)
        {
            high = low * 10;
        }

        if (axis.TickValues is { } values)
        {
            return Given(axis, low, high, intervals, values);
        }

        IReadOnlyList<double> ticks = NiceTicks.Decades(low, high, intervals);
        if (ticks.Count < 2)
        {
            // A short axis skips decades; two of them say more than one.
            ticks = NiceTicks.Decades(low, high, int.MaxValue);
        }

        if (ticks.Count < 2)
        {
            // Within less than a decade 1, 2, 5 may all be missed.
            double step = NiceTicks.Step(high - low, FewIntervals, null);
            ticks = NiceTicks.Linear(low, high, step);
            return new AxisMap(axis, low, high, ticks, NiceTicks.Labels(ticks, step));
        }

        return new AxisMap(axis, low, high, ticks, NiceTicks.LogLabels(ticks));
    }

    // Ticks closer than half an interval crowd.
    private static AxisMap Given(Axis axis, double low, double high, int intervals, IReadOnlyList<double> values)
    {
        var empty = new AxisMap(axis, low, high, [], []);
        var ticks = new List<double>();
        foreach (double value in values.Where(value => empty.Fraction(value) is >= -1e-9 and <= 1 + 1e-9).Distinct().Order())
        {
            if (ticks.Count == 0 || empty.Fraction(value) - empty.Fraction(ticks[^1]) >= 0.5 / intervals)
            {
                ticks.Add(value);
            }
        }

        return new AxisMap(axis, low, high, ticks, [.. ticks.Select(NiceTicks.Short)]);
    }
}
