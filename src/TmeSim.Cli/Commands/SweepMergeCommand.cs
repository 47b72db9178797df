using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim sweep merge FILE [FROM…]</c>: table and report from the journals of all parts.</summary>
internal sealed class SweepMergeCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario with a sweep block, or the folder of the sweep" };
    private readonly Argument<string[]> _from = new("FROM") { Description = "Folders of the same sweep that ran elsewhere",
        Arity = ArgumentArity.ZeroOrMore };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var merge = new SweepMergeCommand(console, cancellation);
        var command = new Command("merge", "Make sweep.csv and the report from the journals of all parts of a sweep");
        command.Arguments.Add(merge._file);
        command.Arguments.Add(merge._from);
        merge._options = new WorkOptions(command, WorkKind.Merge, console);
        command.SetAction(merge.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var request = _options.Request(
            parsed, parsed.GetRequiredValue(_file), "sweep", s => new SweepRequest { Scenario = s }, FolderKind.Sweep);
        return request is null ? ExitCode.InvalidScenario
            : RunDisplay.End(
                _options.Display(parsed),
                new SweepResult(SweepMerge.Execute(request, parsed.GetValue(_from) ?? [], cancellation)) { Command = request.Command },
                console);
    }
}
