using System.CommandLine;
using System.Globalization;
using TmeSim.Scenarios.Units;

namespace TmeSim.Cli.Commands;

/// <summary>Options that take a length.</summary>
internal static class Micrometres
{
    /// <summary>A positive length in µm or mm; null when it is not given.</summary>
    public static Option<double?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LENGTH",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            double? length = Parse(text);
            if (length is null)
            {
                result.AddError($"{name} must be a positive length in um or mm, for example \"200 um\", not '{text}'");
            }

            return length;
        },
    };

    /// <summary>A positive, finite length [µm] from text such as "200 um" or "0.2mm"; null for anything else.</summary>
    public static double? Parse(string text)
    {
        string trimmed = text.Trim();
        (string Unit, double Factor)[] units = [("um", 1), ("µm", 1), ("mm", 1000)];
        foreach ((string unit, double factor) in units)
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value)
                && value * factor > 0 && double.IsFinite(value * factor))
            {
                return value * factor;
            }
        }

        return null;
    }
}
