using System.CommandLine;
using System.Text.RegularExpressions;

namespace TmeSim.Cli;

/// <summary>
/// The parser's help with what may be left out in square brackets, also in the list of commands: <c>list [DIR]</c>, <c>run
/// &lt;FILE&gt;</c>.
/// </summary>
internal static partial class HelpWords
{
    /// <summary>Help of a command as it is shown; widths stay as they are.</summary>
    public static string Of(string help, Command command)
    {
        foreach (Command listed in command.Subcommands)
        {
            string required = string.Join(' ', listed.Arguments.Select(a => $"<{a.Name}>")),
                shown = string.Join(' ', listed.Arguments.Select(Form));
            help = help.Replace($"  {listed.Name} {required} ", $"  {listed.Name} {shown} ", StringComparison.Ordinal);
        }

        // A subcommand takes its own arguments only: sweep merge <FILE>.
        foreach (Command parent in command.Parents.OfType<Command>().Where(p => p.Arguments.Count > 0))
        {
            help = help.Replace($"{parent.Name} {string.Join(' ', parent.Arguments.Select(a => $"<{a.Name}>"))} {command.Name}",
                $"{parent.Name} {command.Name}", StringComparison.Ordinal);
        }

        return Optional().Replace(help, "[$1$2]");
    }

    private static string Form(Argument argument) => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]"
        : $"<{argument.Name}>";

    [GeneratedRegex(@"\[<([^>\]]+)>(\.\.\.)?\]")]
    private static partial Regex Optional();
}
