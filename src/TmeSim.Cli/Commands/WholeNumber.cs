using System.CommandLine;
using System.Globalization;

namespace TmeSim.Cli.Commands;

/// <summary>Options that take a whole number in a range.</summary>
internal static class WholeNumber
{
    /// <summary>An option; a word, a fraction or a number out of range is a usage error that names the range.</summary>
    public static Option<int?> Option(string name, int least, int most, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from {least} to {most}, not '{text}'");
            return null;
        },
    };

    /// <summary>The option of a seed.</summary>
    public static Option<ulong?> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from 0 to {ulong.MaxValue}, not '{text}'");
            return null;
        },
    };
}
