using System.CommandLine;
using System.CommandLine.Parsing;

namespace TmeSim.Cli;

/// <summary>The parser's messages in words that say what to type.</summary>
internal static class UsageWords
{
    private const string Example = "scenarios/quick-start.yaml";

    /// <summary>The command as typed, with the program: <c>tmesim sweep merge</c>.</summary>
    public static string Name(ParseResult parsed)
    {
        var words = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            words.Insert(0, command.Command.Name);
        }

        return string.Join(' ', words.Prepend("tmesim"));
    }

    /// <summary>A message of the parser, or a better one where it only names what it could not place.</summary>
    public static string Of(string message, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (message.StartsWith("Required argument missing for command", StringComparison.Ordinal)
            && command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0) is { } missing)
        {
            string example = missing.Name.StartsWith("FILE", StringComparison.Ordinal) && File.Exists(Example)
                ? $", for example '{Name(parsed)} {Example}'" : "";
            return $"'{Name(parsed)}' needs {missing.Name}: {missing.Description}{example}";
        }

        if (message.StartsWith("Required argument missing for option", StringComparison.Ordinal)
            && command.Options.FirstOrDefault(o => message.Contains($"'{o.Name}'", StringComparison.Ordinal)) is { } bare)
        {
            return $"'{bare.Name}' needs a value: {bare.Name} {bare.HelpName ?? "VALUE"} ({bare.Description})";
        }

        // "Argument 'doc' not recognized. Must be one of:", and the words on lines of their own.
        if (message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, var word,
            .. var others] && first.EndsWith(':'))
        {
            return $"{first} {string.Join(", ", others.Prepend(word))}";
        }

        if (parsed.UnmatchedTokens is not [string stray, ..] || !message.Contains($"'{stray}'", StringComparison.Ordinal))
        {
            return message;
        }

        string takes = command.Arguments.Count == 0 ? "takes options only"
            : $"takes {string.Join(' ', command.Arguments.Select(a => a.Name))}";
        return stray.StartsWith('-')
            ? $"'{stray}' stands behind '--', where everything is a name; write options before it"
            : $"'{stray}' is too much: '{Name(parsed)}' {takes}{(command.Name == "run" ? "; 'tmesim compare' takes several" : "")}";
    }
}
