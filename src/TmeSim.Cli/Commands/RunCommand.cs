using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim run FILE</c>: every arm and replicate of a scenario, with its report.</summary>
internal sealed class RunCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario (YAML)" };
    private readonly Option<string[]> _arms = new("--arm") { Description = "Run this arm only, repeatable", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;
    private RunOptions _options = null!;

    private RunCommand(CliConsole console, CancellationToken cancellation)
    {
        _console = console;
        _cancellation = cancellation;
    }

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var run = new RunCommand(console, cancellation);
        var command = new Command("run", "Run every arm and replicate of a scenario and write a run folder with its report");
        command.Arguments.Add(run._file);
        run._options = new RunOptions(command);
        command.Options.Add(run._arms);
        command.SetAction(run.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        // A backend that is not there is said before anything runs.
        _ = _options.Plots(parsed);
        string file = parsed.GetRequiredValue(_file);
        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _options.Scenario.Read(parsed, file, _console, !_options.Quiet(parsed));
        if (scenario is null)
        {
            return ExitCode.InvalidScenario;
        }

        RunRequest request = _options.Request(parsed, scenario, diagnostics, Repeat(parsed, file)) with { Arms = Arms(parsed, scenario) };
        IRunDisplay display = _options.Display(parsed, _console);
        RunOutcome outcome = RunDisplay.Watch(request, display, _options.Progress(parsed, display, _console), _console, _cancellation);
        display.Finished(outcome);
        return RunDisplay.Report(outcome, _console);
    }

    private int[] Arms(ParseResult parsed, ScenarioDefinition scenario) =>
    [
        .. (parsed.GetValue(_arms) ?? []).Select(name =>
        {
            int index = scenario.Arms.Select(a => a.Name).ToList().IndexOf(name);
            return index >= 0 ? index : throw new CliException(
                ExitCode.Usage, $"--arm: the scenario has no arm '{name}'{Suggestion.Clause(name, [.. scenario.Arms.Select(a => a.Name)], "arms")}");
        }),
    ];

    private string Repeat(ParseResult parsed, string file) =>
        $"tmesim run {PosixWord.Quote(file)}{_options.Scenario.Text(parsed)}{string.Concat((parsed.GetValue(_arms) ?? []).Select(a => " --arm " + PosixWord.Quote(a)))}";
}
