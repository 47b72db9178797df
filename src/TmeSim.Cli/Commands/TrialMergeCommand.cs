using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim trial merge FILE [FROM…]</c>: tables and report from the journals of all parts.</summary>
internal sealed class TrialMergeCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario with a cohort block, or the folder of the trial" };
    private readonly Argument<string[]> _from = new("FROM") { Description = "Folders of this trial that ran elsewhere, or of trials that share simulations with it",
        Arity = ArgumentArity.ZeroOrMore };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var merge = new TrialMergeCommand(console, cancellation);
        var command = new Command("merge", "Make tables and report of a trial from the journals of all its parts");
        command.Arguments.Add(merge._file);
        command.Arguments.Add(merge._from);
        merge._options = new WorkOptions(command, WorkKind.Merge, console);
        command.SetAction(merge.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        var request = _options.Request(
            parsed, parsed.GetRequiredValue(_file), "trial", s => new SweepRequest { Scenario = s }, FolderKind.Trial,
                TrialCommand.Sets(parsed, _options, null));
        return request is null ? ExitCode.InvalidScenario
            : RunDisplay.End(
                _options.Display(parsed),
                new SweepResult(SweepMerge.Execute(TrialSession.Of(request), parsed.GetValue(_from) ?? [],
                    cancellation)) { Command = request.Command, IsTrial = true },
                console);
    }
}
