using System.Globalization;
using System.Text;

namespace TmeSim.Reports.Words;

/// <summary>Numbers as figures write them.</summary>
internal static class Numbers
{
    /// <summary>A tick of a linear axis: at most six digits, or a multiple of a power of ten where it is very large or small.</summary>
    public static string Tick(double value)
    {
        double size = Math.Abs(value);
        if (size is >= 99_999.5 or (> 0 and < 0.000995))
        {
            return Short(value);
        }

        int whole = size == 0 ? 0 : (int)Math.Floor(Math.Log10(size) + 1e-9);
        return Plain(value, Math.Clamp(5 - whole, 0, 8), trim: true);
    }

    /// <summary>A number with a true minus sign and a blank between thousands.</summary>
    public static string Plain(double value, int decimals, bool trim = false)
    {
        string format = trim ? "#,0." + new string('#', decimals) : "N" + decimals.ToString(CultureInfo.InvariantCulture);
        string text = (Math.Round(value, decimals) == 0 ? 0 : value).ToString(format, CultureInfo.InvariantCulture);
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
