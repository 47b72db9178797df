using System.CommandLine;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli;

/// <summary>
/// Refuses words that look like options and are none, and unknown commands, with a suggestion. The parser alone would take
/// <c>--sed</c> in <c>run --sed 3 x</c> for the file.
/// </summary>
internal static class NearMiss
{
    /// <summary>What is wrong; null when every option is known.</summary>
    public static string? Find(RootCommand root, IReadOnlyList<string> args)
    {
        Command command = root;
        Option? awaiting = null;
        foreach (string arg in args)
        {
            if (arg == "--")
            {
                return null;
            }

            if (awaiting is not null)
            {
                awaiting = null;
                if (!arg.StartsWith("--", StringComparison.Ordinal))
                {
                    continue;
                }
            }

            if (arg.Length > 1 && arg[0] == '-')
            {
                string name = arg.Split('=', ':')[0];
                Option? option = Known(command, root).FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));
                if (option is null && !(name == "--version" && command is RootCommand))
                {
                    return $"unknown option '{name}'{Clause(name, [.. Known(command, root).Select(o => o.Name).Distinct()])}";
                }

                awaiting = option is not null && option.Arity.MinimumNumberOfValues > 0 && name == arg ? option : null;
            }
            else if (command.Subcommands.FirstOrDefault(c => c.Name == arg) is { } next)
            {
                command = next;
            }
            else if (command is RootCommand)
            {
                return $"unknown command '{arg}'{Meant(arg, root)}";
            }
        }

        return null;
    }

    // A scenario or a folder alone: what is done with it is missing.
    private static string Meant(string arg, RootCommand root) =>
        Directory.Exists(arg) ? $"; a folder is given to a command, for example 'tmesim list {arg}'"
        : File.Exists(arg) || Path.GetExtension(arg).ToLowerInvariant() is ".yaml" or ".yml" ? $"; did you mean 'tmesim run {arg}'?"
        : Suggestion.Clause(arg, [.. root.Subcommands.Select(c => c.Name)], "commands");

    // --sed is as near to --set as to --seed: name both.
    private static string Clause(string name, string[] known) => Suggestion.AllNearest(name, known) is { Count: > 0 } near
        ? $"; did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?"
        : Suggestion.Clause(name, known, "options");

    private static IEnumerable<Option> Known(Command command, RootCommand root) =>
        command.Options.Concat(root.Options.Where(o => o.Recursive));
}
