using System.CommandLine;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Explaining;

namespace TmeSim.Cli.Commands;

/// <summary>
/// <c>tmesim explain [KEY]</c>: meaning, unit, range, default and source of everything that has a name, found by a part of it.
/// </summary>
internal static class ExplainCommand
{
    public static Command Create(CliConsole console)
    {
        var key =
            new Argument<string[]>("KEY") { Description = "Path, name, part of a name or words of the text; without one, the list of all",
            Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string?>("--format") { Description = "Print the parameter table for a paper's supplement",
            HelpName = "csv|md|tex" };
        format.AcceptOnlyFromAmong("csv", "md", "tex");
        var command = new Command("explain",
            "Show meaning, unit, range, default and source of a key, parameter, mechanism, drug, measure, figure or column");
        command.Arguments.Add(key);
        command.Options.Add(format);
        command.SetAction(parsed => Show(console, parsed.GetValue(key) is { Length: > 0 } words ? string.Join(' ', words) : null,
            parsed.GetValue(format)));
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
            _ => key is null ? Explain.List(ResultColumns.All) : Explain.Answer(key, ResultColumns.All),
        };
        if (text is null)
        {
            throw new CliException(ExitCode.Usage,
                $"nothing is called '{key}' or has it in its text{Explain.Suggest(key!)}; 'tmesim explain' lists everything");
        }

        console.Out.Write(text);
        return ExitCode.Done;
    }
}
