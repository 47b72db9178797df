using System.CommandLine;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim explain [KEY]</c>: meaning, unit, range, default and source of everything that has a name.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliConsole console)
    {
        var key = new Argument<string?>("KEY") { Description = "Key, parameter, mechanism, drug or measure; without one, the list of all", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string?>("--format") { Description = "Print the parameter table for a paper's supplement", HelpName = "csv|md|tex" };
        format.AcceptOnlyFromAmong("csv", "md", "tex");
        var command = new Command("explain", "Show meaning, unit, range, default and source of a key, parameter, mechanism, drug or measure");
        command.Arguments.Add(key);
        command.Options.Add(format);
        command.SetAction(parsed => Show(console, parsed.GetValue(key), parsed.GetValue(format)));
        return command;
    }

    private static int Show(CliConsole console, string? key, string? format)
    {
        if (format is not null && key is not null)
        {
            throw new CliException(ExitCode.Usage, "--format prints the whole table: leave the key out");
        }

        string? text = format switch
        {
            "csv" => Explain.Table(TableFormat.Csv),
            "md" => Explain.Table(TableFormat.Markdown),
            "tex" => Explain.Table(TableFormat.Latex),
            _ => key is null ? Explain.List() : Explain.Show(key),
        };
        if (text is null)
        {
            throw new CliException(ExitCode.Usage, $"nothing is called '{key}'{Explain.Suggest(key!)}; 'tmesim explain' lists everything");
        }

        console.Out.Write(text);
        return ExitCode.Done;
    }
}
