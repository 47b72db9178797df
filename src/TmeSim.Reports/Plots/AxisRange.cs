using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots;

/// <summary>Decides the range of an axis in coordinates of its plot.</summary>
internal static class AxisRange
{
    private const double Margin = 0.04;
    private const double Limit = 1e290;

    /// <summary>Ends of an axis.</summary>
    /// <param name="axis">What was asked.</param>
    /// <param name="data">Smallest and largest coordinate drawn; not finite for none.</param>
    public static (double Low, double High) Of(Axis axis, (double Low, double High) data)
    {
        if (axis.Categories is { } names)
        {
            return (-0.5, Math.Max(names.Count, 1) - 0.5);
        }

        bool log = axis.Scale == AxisScale.Log10;
        double? min = Coordinate(axis.Min, log), max = Coordinate(axis.Max, log);
        double low = min ?? Math.Clamp(data.Low, -Limit, Limit), high = max ?? Math.Clamp(data.High, -Limit, Limit);
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            (low, high) = min is { } first ? (first, first + 1) : max is { } last ? (last - 1, last) : log ? (-1, 1) : (0, 1);
        }

        bool fromZero = !log && min is null && axis.PreferZero && low > 0 && (low < high / 2 || high - low < high * 1e-9);
        low = fromZero ? 0 : low;
        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9)
        {
            double room = log ? 0.5 : low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = min is null && max is null && low != 0 ? (low - room, low + room) : (low, low + room);
        }

        double margin = axis.RoundEnds ? (high - low) * Margin : 0;
        bool atZero = fromZero || (low == 0 && axis.PreferZero);
        return (min is null && !atZero ? low - margin : low, max is null ? high + margin : high);
    }

    private static double? Coordinate(double? end, bool log) => end is not { } value || !double.IsFinite(value) || (log && value <= 0)
        ? null
        : log ? Math.Log10(value) : Math.Clamp(value, -Limit, Limit);
}
