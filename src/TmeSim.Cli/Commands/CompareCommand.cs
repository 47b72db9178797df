using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim compare FILE|DIR…</c>: one report over the arms of scenarios and run folders; what is not finished is run.</summary>
internal sealed class CompareCommand
{
    private readonly Argument<string[]> _inputs = new("FILE|DIR") { Description = "Scenarios (YAML) and run folders", Arity = ArgumentArity.OneOrMore };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;
    private RunOptions _options = null!;

    private CompareCommand(CliConsole console, CancellationToken cancellation)
    {
        _console = console;
        _cancellation = cancellation;
    }

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var compare = new CompareCommand(console, cancellation);
        var command = new Command("compare", "Write one report over the arms of several scenarios or run folders; what is not finished is run");
        command.Arguments.Add(compare._inputs);
        compare._options = new RunOptions(command);
        command.SetAction(compare.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        // A backend that is not there is said before anything runs.
        _ = _options.Plots(parsed);
        string[] given = parsed.GetRequiredValue(_inputs);
        var inputs = new List<CompareInput>();
        bool valid = true;

        // All are read before the first one runs.
        foreach (string input in given)
        {
            CompareInput? read = Directory.Exists(input) ? Folder(parsed, input) : File(parsed, input);
            valid &= read is not null;
            inputs.AddRange(read is null ? [] : [read]);
        }

        if (!valid)
        {
            return ExitCode.InvalidScenario;
        }

        IRunDisplay display = _options.Display(parsed, _console);
        int exit = ExitCode.Done;
        CompareOutcome? outcome = CompareSession.Execute(
            new CompareRequest
            {
                Inputs = inputs,
                OutDirectory = _options.Out(parsed),
                Figures = _options.Figures(parsed),
                Plots = _options.Plots(parsed),
                Command = $"tmesim compare {string.Join(' ', given.Select(PosixWord.Quote))}{_options.Scenario.Text(parsed)}",
            },
            request =>
            {
                RunOutcome run = RunDisplay.Watch(request, display, _options.Progress(parsed, display, _console), _console, _cancellation);
                exit = RunDisplay.Report(run, _console);
                return exit == ExitCode.Done ? run : null;
            });
        if (outcome is not null)
        {
            display.Compared(outcome);
            exit = RunDisplay.Report(outcome, _console);
        }

        return exit;
    }

    // A folder whose run was interrupted goes on from its own scenario, in its place.
    private CompareInput? Folder(ParseResult parsed, string directory)
    {
        if (_options.Scenario.ChangesReplicates(parsed))
        {
            throw new CliException(ExitCode.Usage, $"--seed and --replicates change what is run, and {directory} is a run; give its scenario instead");
        }

        string manifest = Path.Combine(directory, "manifest.json"), resolved = Path.Combine(directory, "resolved.yaml");
        Manifest? read = System.IO.File.Exists(manifest) ? Manifest.Parse(RegularFile.ReadAllText(manifest)) : null;
        if (read is null || read.Status == Manifest.Finished || !System.IO.File.Exists(resolved))
        {
            return new CompareInput(null, directory, _options.Scenario.Sets(parsed));
        }

        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _options.Scenario.Read(parsed, resolved, _console, !_options.Quiet(parsed));
        if (scenario is null)
        {
            return null;
        }

        string parent = Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory)))!;
        return RunFolder.PathFor(parent, scenario) == Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory))
            ? new CompareInput(_options.Request(parsed, scenario, diagnostics, read.Command) with { OutDirectory = parent, Figures = false }, null, [])
            : throw new CliException(ExitCode.Failed, $"{directory} is not finished ({read.Status}) and does not stand where its run would go on ({RunFolder.PathFor(parent, scenario)}); rename it, or give its scenario");
    }

    private CompareInput? File(ParseResult parsed, string file)
    {
        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _options.Scenario.Read(parsed, file, _console, !_options.Quiet(parsed));
        return scenario is null
            ? null
            : new CompareInput(_options.Request(parsed, scenario, diagnostics, $"tmesim run {PosixWord.Quote(file)}{_options.Scenario.Text(parsed)}") with { Figures = false }, null, []);
    }
}
