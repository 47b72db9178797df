using System.Globalization;
using System.Text;

namespace TmeSim.Reports.Layout;

/// <summary>Round tick positions and their labels.</summary>
internal static class NiceTicks
{
    /// <summary>The smallest round step that gives at most <paramref name="count"/> intervals.</summary>
    public static double Step(double range, int count, IReadOnlyList<double>? steps)
    {
        double raw = range / Math.Max(1, count);
        foreach (double step in steps ?? [])
        {
            if (step >= raw * 0.999999)
            {
                return step;
            }
        }

        double unit = steps is { Count: > 0 } ? steps[^1] : 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw / unit)));
        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (factor * power * unit >= raw * 0.999999)
            {
                return factor * power * unit;
            }
        }

        return 10 * power * unit;
    }

    /// <summary>Multiples of a step inside a range.</summary>
    public static IReadOnlyList<double> Linear(double low, double high, double step)
    {
        var ticks = new List<double>();
        double first = Math.Ceiling((low / step) - 1e-6);
        for (int i = 0; i < 1000 && (first + i) * step <= high + (step * 1e-6); i++)
        {
            // Round to the step's own digits: 3 × 0.1 is to be 0.3.
            double value = (first + i) * step;
            ticks.Add(Math.Abs(value) < step * 1e-6 ? 0 : value);
        }

        return ticks;
    }

    /// <summary>Decades of a range (every second, third … when there are more than <paramref name="count"/>), or 1, 2, 5 in a short one.</summary>
    public static IReadOnlyList<double> Decades(double low, double high, int count)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        int stride = Math.Max(1, (int)Math.Ceiling((last - first) / (double)Math.Max(1, count)));
        ReadOnlySpan<double> mantissas = last - first <= 2 && count >= 4 ? [1, 2, 5] : [1];
        var ticks = new List<double>();
        for (int decade = first; decade <= last; decade += stride)
        {
            foreach (double mantissa in mantissas)
            {
                double value = mantissa * Math.Pow(10, decade);
                if (value >= low * 0.999999 && value <= high * 1.000001)
                {
                    ticks.Add(value);
                }
            }
        }

        return ticks;
    }

    /// <summary>Labels with the same number of digits on a linear axis; powers of ten where numbers are very large or small.</summary>
    public static IReadOnlyList<string> Labels(IReadOnlyList<double> ticks, double step)
    {
        double largest = ticks.Count == 0 ? 0 : ticks.Max(Math.Abs);
        bool scientific = largest is >= 1e5 or (> 0 and < 1e-3);
        int power = scientific ? (int)Math.Floor(Math.Log10(largest) + 1e-9) : 0;
        double unit = Math.Pow(10, power);
        int decimals = Decimals(step / unit);
        return [.. ticks.Select(tick => tick == 0 ? "0" : Plain(tick / unit, decimals) + (scientific ? "×" + PowerOfTen(power) : ""))];
    }

    /// <summary>Labels of a logarithmic axis.</summary>
    public static IReadOnlyList<string> LogLabels(IReadOnlyList<double> ticks)
    {
        bool plain = ticks.All(tick => tick is >= 0.00099 and < 10_001);
        return [.. ticks.Select(tick => plain ? Plain(tick, 6, trim: true) : Power(tick))];

        static string Power(double tick)
        {
            int power = (int)Math.Floor(Math.Log10(tick) + 1e-9);
            double mantissa = Math.Round(tick / Math.Pow(10, power));
            return (mantissa == 1 ? "" : Plain(mantissa, 0) + "×") + PowerOfTen(power);
        }
    }

    /// <summary>A number with a true minus sign and a blank between thousands.</summary>
    public static string Plain(double value, int decimals, bool trim = false)
    {
        string format = trim ? "#,0." + new string('#', decimals) : "N" + decimals.ToString(CultureInfo.InvariantCulture);
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        bool four = Math.Abs(value) < 9999.5;
        return text.Replace(",", four ? "" : "\u00A0", StringComparison.Ordinal).Replace("-", "−", StringComparison.Ordinal);
    }

    /// <summary>A number with this many decimals, or as a multiple of a power of ten where it is very large or small.</summary>
    public static string Readable(double value, int decimals) =>
        Math.Abs(value) is >= 1e6 or (> 0 and < 1e-5) ? Scientific(value) : Plain(value, decimals);

    /// <summary>A number with three significant digits and no zeros behind them, or as a multiple of a power of ten.</summary>
    public static string Short(double value)
    {
        if (Math.Abs(value) is >= 99_999.5 or (> 0 and < 0.000995))
        {
            int power = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
            double mantissa = Math.Round(value / Math.Pow(10, power), 2);
            return (mantissa switch { 1 => "", -1 => "−", _ => Plain(mantissa, 2, trim: true) + "×" }) + PowerOfTen(power);
        }

        int whole = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        return Plain(value, Math.Clamp(2 - whole, 0, 6), trim: true);
    }

    /// <summary>A number with two significant digits as a multiple of a power of ten.</summary>
    public static string Scientific(double value)
    {
        int power = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        return Plain(value / Math.Pow(10, power), 1) + "×" + PowerOfTen(power);
    }

    private static int Decimals(double step)
    {
        for (int decimals = 0; decimals < 6; decimals++)
        {
            double scaled = step * Math.Pow(10, decimals);
            if (Math.Abs(scaled - Math.Round(scaled)) < 1e-6 * scaled)
            {
                return decimals;
            }
        }

        return 6;
    }

    private static string PowerOfTen(int power)
    {
        var text = new StringBuilder("10");
        foreach (char digit in power.ToString(CultureInfo.InvariantCulture))
        {
            text.Append(digit switch { '-' => '⁻', '1' => '¹', '2' => '²', '3' => '³', '0' => '⁰', _ => (char)('⁰' + (digit - '0')) });
        }

        return text.ToString();
    }
}
