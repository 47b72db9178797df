using System.Globalization;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Reading;

/// <summary>The text of a condition: a measure, &lt; or &gt;, and a plain number in the unit of the measure.</summary>
internal static class ConditionText
{
    /// <summary>Takes a condition apart.</summary>
    public static bool TryRead(string text, out string measure, out bool above, out double threshold)
    {
        int at = text.AsSpan().IndexOfAny('<', '>');
        (measure, above, threshold) = (at < 0 ? string.Empty : text[..at].Trim(), at >= 0 && text[at] == '>', 0);
        return measure.Length > 0
            && double.TryParse(text.AsSpan(at + 1).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out threshold)
            && double.IsFinite(threshold);
    }

    public static string Write(string measure, bool above, double threshold) =>
        $"{measure} {(above ? '>' : '<')} {Quantity.Format(threshold)}";
}
