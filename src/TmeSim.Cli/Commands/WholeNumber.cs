using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace TmeSim.Cli.Commands;

/// <summary>Options that take a whole number in a range.</summary>
internal static class WholeNumber
{
    /// <summary>An option; a word, a fraction or a number out of range is a usage error that names the range.</summary>
    public static Option<T?> Option<T>(string name, T least, T most, string description)
        where T : struct, IBinaryInteger<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError($"{name} must be a whole number from {least} to {most}, not '{text}'");
            return null;
        },
    };
}
