using System.CommandLine;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim compare FILE|DIR…</c>: one report over the arms of scenarios and run folders; what is not finished is run.</summary>
internal sealed class CompareCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string[]> _inputs = new("FILE|DIR") { Description = "Scenarios (YAML) and run folders",
        Arity = ArgumentArity.OneOrMore };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var compare = new CompareCommand(console, cancellation);
        var command = new Command("compare",
            "Write one report over the arms of several scenarios or run folders; what is not finished is run");
        command.Arguments.Add(compare._inputs);
        compare._options = new WorkOptions(command, WorkKind.Run, console);
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

        IRunDisplay display = _options.Display(parsed);
        int exit = ExitCode.Done;
        CompareOutcome? outcome = CompareSession.Execute(
            new CompareRequest
            {
                Inputs = inputs,
                OutDirectory = _options.Out(parsed),
                Figures = _options.Figures(parsed),
                Plots = _options.Plots(parsed),
                Command = $"tmesim compare {string.Join(' ', given.Select(PosixWord.Quote))}{_options.Text(parsed)}",
            },
            request =>
            {
                RunOutcome run = _options.Watch(parsed, display, progress => RunSession.Execute(request, progress, cancellation));
                exit = new RunResult(run).Report(console.Error);
                return exit == ExitCode.Done ? run : null;
            });
        return outcome is null ? exit : RunDisplay.End(display, new CompareResult(outcome), console);
    }

    // A folder whose run was interrupted goes on from its own scenario, in its place.
    private CompareInput? Folder(ParseResult parsed, string directory)
    {
        if (_options.ChangesReplicates(parsed))
        {
            throw new CliException(ExitCode.Usage,
                $"--seed and --replicates change what is run, and {directory} is a run; give its scenario instead");
        }

        string manifest = Path.Combine(directory, "manifest.json"), resolved = Path.Combine(directory, "resolved.yaml");
        Manifest? read = System.IO.File.Exists(manifest) ? Manifest.Parse(RegularFile.ReadAllText(manifest)) : null;
        if (read is null || read.Status == Manifest.Finished || !System.IO.File.Exists(resolved))
        {
            return new CompareInput(null, directory, _options.Sets(parsed));
        }

        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _options.Read(parsed, resolved);
        if (scenario is null)
        {
            return null;
        }

        string parent = Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory)))!;
        return RunFolder.PathFor(parent, scenario) == Path.GetFullPath(Path.TrimEndingDirectorySeparator(directory))
            ? new CompareInput(
                _options.Fill(parsed, new RunRequest { Scenario = scenario, Force = _options.Force(parsed), Checkpoints = _options.Checkpoints(parsed) }, null, read.Command,
                    diagnostics) with
                {
                    OutDirectory = parent, Figures = false,
                },
                null, [])
            : throw new CliException(ExitCode.Failed,
                $"{directory} is not finished ({read.Status}) and does not stand where its run would go on "
                + $"({RunFolder.PathFor(parent, scenario)}); rename it, or give its scenario");
    }

    private CompareInput? File(ParseResult parsed, string file) =>
        _options.Request(parsed, file, "run", s => new RunRequest { Scenario = s, Force = _options.Force(parsed), Checkpoints = _options.Checkpoints(parsed) }) is { } request
            ? new CompareInput(request with { Figures = false }, null, []) : null;
}

/// <summary>What a comparison came to.</summary>
internal sealed record CompareResult(CompareOutcome Outcome) : IOutcome
{
    public void Write(TextWriter writer)
    {
        EndpointText.Write(writer, Outcome.Endpoints);
        writer.WriteLine(Outcome.ReportPath ?? Outcome.Folder);
    }

    public JsonObject Json() => new()
    {
        ["event"] = "compared",
        ["folder"] = Outcome.Folder,
        ["report"] = Outcome.ReportPath,
        ["runs"] = JsonParts.Texts(Outcome.Runs),
        ["damaged"] = JsonParts.Array(Outcome.Damage, VerifyCommand.Json),
        ["endpoints"] = EndpointText.Json(Outcome.Endpoints),
        ["contrasts"] = EndpointText.Json(Outcome.Contrasts),
        ["not_drawn"] = JsonParts.Texts(Outcome.Remarks),
    };

    public int Report(TextWriter error)
    {
        RunDisplay.Warn([.. Outcome.Cautions, .. Outcome.Remarks], error);
        return Outcome.Damage.Count > 0 ? ExitCode.Damaged : ExitCode.Done;
    }
}
