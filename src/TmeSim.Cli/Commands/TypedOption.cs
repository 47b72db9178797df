using System.CommandLine;
using System.Globalization;
using System.Numerics;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Commands;

/// <summary>Options whose text has to be of a form; any other text is a usage error that names it.</summary>
internal static class TypedOption
{
    /// <summary>An option; null when it is not given.</summary>
    /// <param name="name">Name with its hyphens.</param>
    /// <param name="help">What stands for its value in the help.</param>
    /// <param name="description">What it does.</param>
    /// <param name="expected">What it has to be, in words.</param>
    /// <param name="parse">Reads a text; null for one of another form.</param>
    public static Option<T?> Of<T>(string name, string help, string description, string expected, Func<string, T?> parse)
        where T : struct => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            T? value = parse(text);
            if (value is null)
            {
                result.AddError($"{name} must be {expected}, not '{text}'");
            }

            return value;
        },
    };

    /// <summary>A whole number in a range.</summary>
    public static Option<T?> WholeNumber<T>(string name, T min, T max, string description)
        where T : struct, IBinaryInteger<T> => Of<T>(
            name, "N", description, $"a whole number from {min} to {max}",
            text => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value)
                && value >= min && value <= max ? value : null);

    /// <summary>A positive length [µm].</summary>
    public static Option<double?> Length(string name, string description) =>
        Of<double>(name, "LENGTH", description, "a positive length in um or mm, for example \"200 um\"", Micrometres);

    /// <summary>The memory that work may take [bytes].</summary>
    public static Option<long?> Memory() => Of(
        "--memory", "SIZE", "Memory that the run may use, e.g. 10GB (default: nine tenths of the machine's or container's)",
        "an amount with a unit (MB, GB, TB, MiB, GiB, TiB), for example 10GB", ByteSize.Parse);

    /// <summary>Time between the states that a run keeps [s]; infinite for none.</summary>
    public static Option<double?> Checkpoints() => Of<double>(
        "--checkpoint-every", "TIME",
        "Keep the state of each replicate so often in real time, so that a killed run goes on there (default: 5 min, or less often where that "
        + "would take more than 2 % of the time; off: never)",
        "a positive time in s, min or h, for example \"10 min\", or off", Seconds);

    private static double? Seconds(string text)
    {
        string trimmed = text.Trim();
        if (trimmed == "off")
        {
            return double.PositiveInfinity;
        }

        foreach ((string unit, double factor) in ((string, double)[])[("min", 60), ("s", 1), ("h", 3600)])
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(trimmed[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                && value > 0 && double.IsFinite(value * factor))
            {
                return value * factor;
            }
        }

        return null;
    }

    private static double? Micrometres(string text)
    {
        const NumberStyles decimals = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        string trimmed = text.Trim();
        foreach ((string unit, double factor) in ((string, double)[])[("um", 1), ("µm", 1), ("mm", 1000)])
        {
            if (trimmed.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(trimmed[..^unit.Length].TrimEnd(), decimals, CultureInfo.InvariantCulture, out double value)
                && value * factor > 0 && double.IsFinite(value * factor))
            {
                return value * factor;
            }
        }

        return null;
    }
}
