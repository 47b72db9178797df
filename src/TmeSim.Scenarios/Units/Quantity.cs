using System.Globalization;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Units;

/// <summary>Numbers and quantities as text.</summary>
internal static class Quantity
{
    /// <summary>
    /// Splits "15 mg/kg" into 15 and "mg/kg". False when the text does not begin with a number.
    /// </summary>
    public static bool TrySplit(string text, out double number, out string unit)
    {
        ReadOnlySpan<char> span = text.AsSpan().Trim();
        int end = NumberLength(span);
        unit = string.Empty;
        if (end == 0 || !double.TryParse(span[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            number = 0;
            return false;
        }

        unit = span[end..].Trim().ToString();
        return true;
    }

    /// <summary>The value in <paramref name="target"/>, or an error that says what to write.</summary>
    public static bool TryRead(string text, Unit target, out double value, out string error)
    {
        value = 0;
        error = string.Empty;
        bool pure = target.Dimension == default;
        if (IsNotFinite(text))
        {
            error = $"'{Shown(text)}' is not a finite number";
            return false;
        }

        if (!TrySplit(text, out double number, out string unitText))
        {
            error = pure ? $"'{Shown(text)}' is not a number"
                : $"'{Shown(text)}' is not a quantity; write a number with a unit, {Example(target)}";
            return false;
        }

        if (!double.IsFinite(number))
        {
            error = $"'{Shown(text)}' is too large for a number";
            return false;
        }

        if (unitText.Length == 0)
        {
            if (!pure)
            {
                error = $"'{Shown(text)}' has no unit; write for example '{Format(number)} {target.Text}' (accepted: {Accepted(target)})";
                return false;
            }

            value = number;
            return true;
        }

        if (!Unit.TryParse(unitText, out Unit? unit, out string? unknown))
        {
            string? near = Suggestion.Nearest(unknown ?? unitText, Unit.Names);
            error = $"unknown unit '{Shown(unitText)}'{(near is null ? string.Empty : $" (did you mean '{near}'?)")}; accepted: "
                + $"{Accepted(target)}";
            return false;
        }

        if (unit.Dimension != target.Dimension)
        {
            error = pure
                ? $"'{Shown(text)}' has a unit, but a plain number is wanted; write '{Format(number)}'"
                : $"'{Shown(unitText)}' is the wrong kind of unit; accepted: {Accepted(target)}";
            return false;
        }

        value = unit.Convert(number, target);
        if (!double.IsFinite(value))
        {
            error = $"'{Shown(text)}' is too large for a number";
            return false;
        }

        return true;
    }

    /// <summary>Shortest text that reads back to the same bits.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Number and unit; the number alone for unit "1".</summary>
    public static string Format(double value, Unit unit) => unit.Text == "1" ? Format(value) : $"{Format(value)} {unit.Text}";

    /// <summary>Units that a reader accepts in place of <paramref name="target"/>, for messages.</summary>
    public static string Accepted(Unit target)
    {
        if (target.Dimension == default)
        {
            return "a plain number or %";
        }

        IReadOnlyList<string> names = Unit.NamesOf(target.Dimension);
        if (names.Count > 0)
        {
            return string.Join(", ", names);
        }

        string text = target.Text;
        if (text.EndsWith("/s", StringComparison.Ordinal) || text.EndsWith("/h", StringComparison.Ordinal)
            || text.EndsWith("/d", StringComparison.Ordinal))
        {
            string stem = text[..^1];
            return string.Join(", ", ((string[])["s", "min", "h", "d"]).Select(t => stem + t));
        }

        return text switch
        {
            "/mm2" or "/um2" => "/mm2, /um2, /cm2",
            "mg/kg" => "mg/kg, ug/kg",
            _ => text,
        };
    }

    private static string Example(Unit target) => $"for example '1 {target.Text}' (accepted: {Accepted(target)})";

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool IsNotFinite(string text)
    {
        string plain = text.Trim().TrimStart('+', '-').TrimStart('.').ToLowerInvariant();
        return plain is "inf" or "nan" or "infinity";
    }

    // Length of [+-]digits[.digits][e[+-]digits] at the start, 0 when there is none.
    private static int NumberLength(ReadOnlySpan<char> s)
    {
        int i = s.Length > 0 && s[0] is '+' or '-' ? 1 : 0;
        int whole = Digits(s, i);
        int fraction = i + whole < s.Length && s[i + whole] == '.' ? 1 + Digits(s, i + whole + 1) : 0;
        if (whole + Math.Max(0, fraction - 1) == 0)
        {
            return 0;
        }

        i += whole + fraction;
        if (i < s.Length && s[i] is 'e' or 'E')
        {
            int sign = i + 1 < s.Length && s[i + 1] is '+' or '-' ? 1 : 0;
            int exponent = Digits(s, i + 1 + sign);
            i += exponent > 0 ? 1 + sign + exponent : 0;
        }

        return i;
    }

    private static int Digits(ReadOnlySpan<char> s, int from)
    {
        int i = from;
        while (i < s.Length && char.IsAsciiDigit(s[i]))
        {
            i++;
        }

        return i - from;
    }
}
