using System.CommandLine;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim run FILE</c>: every arm and replicate of a scenario, with its report.</summary>
internal sealed class RunCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario (YAML)" };
    private readonly Option<string[]> _arms = new("--arm") { Description = "Run this arm only, repeatable", HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _dryRun = new("--dry-run", "--plan")
    {
        Description = "Run nothing: say how many simulations, how long, how much memory and disk, and how many files",
    };

    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var run = new RunCommand(console, cancellation);
        var command = new Command("run", "Run every arm and replicate of a scenario and write a run folder with its report");
        command.Arguments.Add(run._file);
        run._options = new WorkOptions(command, WorkKind.Run, console);
        command.Options.Add(run._arms);
        command.Options.Add(run._dryRun);
        command.SetAction(run.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        // A backend that is not there is said before anything runs.
        _ = _options.Plots(parsed);
        string[] arms = parsed.GetValue(_arms) ?? [];
        var request = _options.Request(
            parsed, parsed.GetRequiredValue(_file), "run",
            s => BranchedRun.Of(s) with { Arms = Arms(arms, s), Force = _options.Force(parsed), Checkpoints = _options.Checkpoints(parsed) });
        if (request is null)
        {
            return ExitCode.InvalidScenario;
        }

        request = request with { Command = request.Command + string.Concat(arms.Select(a => " --arm " + PosixWord.Quote(a))) };
        if (parsed.GetValue(_dryRun))
        {
            return RunForecastText.Write(RunForecast.Of(request, measures: true, cancellation), request.Scenario.LimitBytes, console, _options.Json(parsed));
        }

        return _options.Run(parsed, progress => new RunResult(RunSession.Execute(request, progress, cancellation)));
    }

    private static int[] Arms(string[] names, ScenarioDefinition scenario) =>
    [
        .. names.Select(name =>
        {
            int index = scenario.Arms.Select(a => a.Name).ToList().IndexOf(name);
            return index >= 0 ? index : throw new CliException(
                ExitCode.Usage,
                $"--arm: the scenario has no arm '{name}'{Suggestion.Clause(name, [.. scenario.Arms.Select(a => a.Name)], "arms")}");
        }),
    ];
}

/// <summary>How a run came out.</summary>
internal sealed record RunResult(RunOutcome Outcome) : IOutcome
{
    public void Write(TextWriter writer)
    {
        if (Outcome.Status == RunStatus.NothingToDo)
        {
            writer.WriteLine("nothing to do: finished before (--force runs it again)");
        }

        if (Outcome.Endpoints is { } endpoints)
        {
            EndpointText.Write(writer, endpoints);
        }

        writer.WriteLine(Outcome.ReportPath ?? Outcome.Folder);
    }

    public JsonObject Json() => new()
    {
        ["event"] = "finished",
        ["status"] = Outcome.Status == RunStatus.NothingToDo ? "nothing_to_do" : Outcome.Manifest.Status,
        ["folder"] = Outcome.Folder,
        ["report"] = Outcome.ReportPath,
        ["error"] = Outcome.Manifest.Error,
        ["damaged"] = JsonParts.Array(Outcome.Damage, VerifyCommand.Json),
        ["missing"] = JsonParts.Array(Outcome.Manifest.Missing, m => new JsonObject { ["arm"] = m.Arm, ["replicate"] = m.Replicate }),
        ["endpoints"] = EndpointText.Json(Outcome.Endpoints),
        ["not_drawn"] = JsonParts.Texts(Outcome.Remarks),
    };

    public int Report(TextWriter error)
    {
        RunDisplay.Warn([.. Outcome.BaselineMisses, .. Outcome.EarlyEnds, .. Outcome.Remarks], error);
        switch (Outcome.Status)
        {
            case RunStatus.Failed:
                error.WriteLine($"error: {Outcome.Manifest.Error}; see {Path.Combine(Outcome.Folder, "log.txt")}");
                return ExitCode.Failed;
            case RunStatus.Interrupted:
                error.WriteLine(
                    $"interrupted: {Outcome.Manifest.Done.Count} arm x replicate written, missing {Names(Outcome.Manifest.Missing)}; "
                    + "run the same command to go on");
                return ExitCode.Interrupted;
            default:
                return ExitCode.Done;
        }
    }

    private static string Names(IReadOnlyList<ArmReplicate> missing)
    {
        const int shown = 6;
        string text = string.Join(", ", missing.Take(shown).Select(m => $"{m.Arm} #{m.Replicate}"));
        return missing.Count > shown ? $"{text} and {missing.Count - shown} more" : text;
    }
}
