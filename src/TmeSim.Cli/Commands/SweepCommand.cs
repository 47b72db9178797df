using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim sweep FILE</c>: every point, arm and replicate of a sweep, here, in parts, or as a job array.</summary>
internal sealed class SweepCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file =
        new("FILE") { Description = "Scenario with a sweep block, or the folder of a sweep to go on with" };
    private WorkOptions _options = null!;
    private WorkSpread _spread = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var sweep = new SweepCommand(console, cancellation);
        var command = new Command("sweep", "Vary keys of a scenario over many runs, analyse and draw what came out");
        command.Arguments.Add(sweep._file);
        sweep._options = new WorkOptions(command, WorkKind.Vary, console);
        sweep._spread = new WorkSpread(command, "sweep merge");
        command.Subcommands.Add(SweepMergeCommand.Create(console, cancellation));
        command.SetAction(sweep.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        _spread.Check(parsed);
        var request = _options.Request(
            parsed, parsed.GetRequiredValue(_file), "sweep",
            s => _spread.Fill(parsed, new SweepRequest { Scenario = s }),
            FolderKind.Sweep);
        return request is null ? ExitCode.InvalidScenario
            : _spread.Run(parsed, request, _options, console, (outcome, detached) => new SweepResult(outcome) { IsDetached = detached }, cancellation);
    }
}

/// <summary>How a sweep came out.</summary>
internal sealed record SweepResult(SweepOutcome Outcome) : IOutcome
{
    private const int Shown = 5;

    /// <summary>The rest is at work elsewhere.</summary>
    public bool IsDetached { get; init; }

    /// <summary>Points are patients of a trial.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Command that runs what is missing; null for the one that was given.</summary>
    public string? Command { get; init; }

    public void Write(TextWriter writer)
    {
        if (Outcome.Status == RunStatus.NothingToDo)
        {
            writer.WriteLine("nothing to run: finished before");
        }

        writer.WriteLine(
            $"{Outcome.Simulations - Outcome.Missing - Outcome.Failures.Count} of {Outcome.Simulations} simulations finished, "
            + $"{Outcome.Reused} of them before");
        writer.WriteLine(Outcome.ReportPath ?? Outcome.TablePath ?? Outcome.Folder);
    }

    public JsonObject Json() => new()
    {
        ["event"] = "swept",
        ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(Outcome.Status.ToString()),
        ["folder"] = Outcome.Folder,
        ["table"] = Outcome.TablePath,
        ["report"] = Outcome.ReportPath,
        ["simulations"] = Outcome.Simulations,
        ["reused"] = Outcome.Reused,
        ["missing"] = Outcome.Missing,
        ["ended_early"] = Outcome.EndedEarly,
        ["failures"] = JsonParts.Array(Outcome.Failures, f => new JsonObject
        {
            ["point"] = f.Point, ["place"] = f.Place, ["arm"] = f.Arm, ["replicate"] = f.Replicate, ["reason"] = f.Reason,
        }),
        ["not_drawn"] = JsonParts.Texts(Outcome.Remarks),
    };

    public int Report(TextWriter error)
    {
        foreach (SweepFailure failure in Outcome.Failures.Take(Shown))
        {
            error.WriteLine(
                IsTrial ? $"error: patient {failure.Point + 1} ({failure.Place}), {failure.Arm}: {failure.Reason}"
                : $"error: point {failure.Point} ({failure.Place}), {failure.Arm}, replicate {failure.Replicate}: {failure.Reason}");
        }

        if (Outcome.Failures.Count > 0)
        {
            string above = Outcome.Failures.Count > Shown ? $", {Shown} of them above" : "";
            error.WriteLine($"{Outcome.Failures.Count} of {Outcome.Simulations} simulations failed{above}; --retry-failed runs them again");
        }

        RunDisplay.Warn(Outcome.Remarks, error);
        if (Outcome.EndedEarly > 0)
        {
            error.WriteLine(
                $"warning: {Outcome.EndedEarly} of {Outcome.Simulations} simulations stopped before their duration because a tumour came "
                    + "near the wall; "
                + (IsTrial ? "from there on it grows as in the four weeks before (status ended_early)"
                : "their later outputs are empty (status ended_early); a larger tissue.size avoids it"));
        }

        if (Outcome.Missing > 0)
        {
            string missing = $"{Outcome.Missing} of {Outcome.Simulations} simulations are";
            error.WriteLine(IsDetached ? $"submitted: {missing} to come; run the same command to wait for them and merge"
                : $"{missing} missing; {(Command is null ? "run the same command to go on" : $"'{Command}' runs them")}");
        }

        return Outcome.Missing > 0 ? (IsDetached ? ExitCode.Done : Command is null ? ExitCode.Interrupted : ExitCode.Failed)
            : Outcome.Failures.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
