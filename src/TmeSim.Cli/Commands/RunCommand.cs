using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim run FILE</c>: every arm and replicate of a scenario, with its report.</summary>
internal sealed class RunCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario (YAML)" };
    private readonly Option<string> _out = new("--out") { Description = "Folder that holds run folders", HelpName = "DIR", DefaultValueFactory = _ => "runs" };
    private readonly Option<string[]> _arms = new("--arm") { Description = "Run this arm only, repeatable", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
    private readonly Option<int?> _jobs = WholeNumber.Option("--jobs", 1, 1024, "Replicates at once (default: cores)");
    private readonly Option<int?> _threads = WholeNumber.Option("--threads", 1, 1024, "Threads inside a simulation (default: 1 when several run at once)");
    private readonly Option<long?> _memory = MemoryAmount.Option();
    private readonly Option<bool> _force = new("--force") { Description = "Run again and replace what is there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Write events as JSON, one object a line" };
    private readonly Option<bool> _noFigures = new("--no-figures") { Description = "Draw no figures and no report" };
    private readonly Option<bool> _profile = new("--profile") { Description = "Say where the time goes: parts of a step, cycles and residual of each field" };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;
    private ScenarioOptions _scenario = null!;

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
        command.Options.Add(run._out);
        run._scenario = new ScenarioOptions(command);
        foreach (Option option in (Option[])[run._arms, run._jobs, run._threads, run._memory, run._force, run._quiet, run._json, run._noFigures, run._profile])
        {
            command.Options.Add(option);
        }

        run._out.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError("--out must name a folder");
            }
        });
        command.SetAction(run.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _scenario.Read(parsed, file, _console, !parsed.GetValue(_quiet));
        if (scenario is null)
        {
            return ExitCode.InvalidScenario;
        }

        var request = new RunRequest
        {
            Scenario = scenario,
            Arms = Arms(parsed, scenario),
            OutDirectory = parsed.GetRequiredValue(_out),
            Jobs = parsed.GetValue(_jobs),
            Threads = parsed.GetValue(_threads),
            MemoryBytes = parsed.GetValue(_memory),
            Force = parsed.GetValue(_force),
            Figures = !parsed.GetValue(_noFigures),
            Command = Repeat(parsed, file),
            Warnings = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning).Select(d => (d.Path is null ? "" : d.Path + ": ") + d.Message)],
        };
        bool quiet = parsed.GetValue(_quiet);
        IRunDisplay display = parsed.GetValue(_json) ? new JsonDisplay(_console.Out)
            : quiet ? new QuietDisplay()
            : _console.IsTerminal ? BarDisplay.Create(_console)
            : new LineDisplay(_console);
        var progress = new RunProgress
        {
            ArmFinished = display.ArmFinished,
            WantsProfile = parsed.GetValue(_profile),
            Notice = quiet ? null : note => _console.Error.WriteLine("note: " + note),
        };
        return RunDisplay.Show(request, display, progress, _console, _cancellation);
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
        $"tmesim run {Shell.Quote(file)}{_scenario.Text(parsed)}{string.Concat((parsed.GetValue(_arms) ?? []).Select(a => " --arm " + Shell.Quote(a)))}";
}
