using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Colours of the values of an output, common to all panels.</summary>
/// <param name="Map">Colours.</param>
/// <param name="Min">Value of the first colour.</param>
/// <param name="Max">Value of the last colour.</param>
/// <param name="IsLog">Colours follow the logarithm.</param>
/// <param name="LowestShown">Lowest value, above 0 on a logarithmic scale.</param>
/// <param name="HighestShown">Highest value.</param>
internal sealed record SweepColors(ColorMap Map, double Min, double Max, bool IsLog, double LowestShown, double HighestShown)
{
    // Beyond, differences overflow.
    private const double Limit = 1e290;

    /// <summary>A diverging map around 0 for differences and for values of both signs, else a sequential one.</summary>
    public static SweepColors For(IEnumerable<double> values, bool log, bool isDifference = false)
    {
        double[] known = [.. values.Where(double.IsFinite).Select(value => Math.Clamp(value, -Limit, Limit))];
        double[] positive = [.. known.Where(value => value > 0)];
        if (log && positive.Length > 0)
        {
            (double least, double most) = (positive.Min(), positive.Max());
            (double first, double last) = most > least * 1.0001 ? (least, most) : (least / 2, most * 2);
            return new SweepColors(ColorMap.Viridis, first, last, true, least, most);
        }

        (double low, double high) = known.Length == 0 ? (double.PositiveInfinity, double.NegativeInfinity) : (known.Min(), known.Max());
        if ((low < 0 && high > 0) || (isDifference && low != high))
        {
            double most = Math.Max(Math.Abs(low), Math.Abs(high));
            return new SweepColors(ColorMap.BlueOrange, -most, most, false, low, high);
        }

        (double min, double max) = FieldFigure.Range(low, high);
        return new SweepColors(ColorMap.Viridis, min, max, false, low, high);
    }

    /// <summary>A map without a pale middle, which thin lines would lose.</summary>
    public static SweepColors Sequential(IEnumerable<double> values, bool log)
    {
        var colors = For(values, log);
        return ReferenceEquals(colors.Map, ColorMap.Viridis) ? colors : colors with { Map = ColorMap.Viridis, Min = colors.LowestShown, Max = colors.HighestShown };
    }

    /// <summary>Colour of a value; values outside take the colour of the end.</summary>
    public Rgb Color(double value)
    {
        double part = IsLog
            ? value <= 0 ? 0 : (Math.Log10(value) - Math.Log10(Min)) / (Math.Log10(Max) - Math.Log10(Min))
            : ((value / 2) - (Min / 2)) / ((Max / 2) - (Min / 2));

        // 100 shades let neighbours of one colour be written as one shape.
        return Map.At(Math.Round(Math.Clamp(part, 0, 1) * 100) / 100);
    }

    /// <summary>A value as printed in a cell: about three digits of the range of all.</summary>
    public string Text(double value, SweepAxis axis)
    {
        double range = HighestShown - LowestShown;
        return axis.Words is not null ? axis.Text(value)
            : IsLog || !(range > 0) || range is > 1e5 or < 1e-4 ? Numbers.Short(value)
            : Numbers.Plain(value, Math.Clamp(1 - (int)Math.Floor(Math.Log10(range)), 0, 6));
    }
}
