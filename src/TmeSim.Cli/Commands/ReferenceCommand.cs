using System.CommandLine;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim reference FILE</c>: runs a scenario and writes what its burn-ins found, for <c>baseline: reference</c>.</summary>
internal sealed class ReferenceCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario that asks for the levels of the reference patient" };
    private readonly Option<string?> _write = new("--write") { Description = "File for the block `reference:` (default: standard output)",
        HelpName = "FILE" };
    private readonly Option<string?> _check = new("--check") { Description = "Run nothing; say whether this block is still that of FILE",
        HelpName = "FILE" };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var reference = new ReferenceCommand(console, cancellation);
        var command = new Command("reference",
            "Run the burn-ins of a scenario and write its multipliers as the reference patient of other scenarios");
        command.Arguments.Add(reference._file);
        reference._options = new WorkOptions(command, WorkKind.Run, console);
        command.Options.Add(reference._write);
        command.Options.Add(reference._check);
        command.SetAction(reference.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(_file);
        var request = Request(parsed, file, [], null);
        if (request is null)
        {
            return ExitCode.InvalidScenario;
        }

        IRunDisplay display = _options.Display(parsed);
        if (parsed.GetValue(_check) is { } check)
        {
            return RunDisplay.End(display, new ReferenceState(check, ReferenceSettings.Stale(check, request.Scenario)), console);
        }

        int exit = ExitCode.Done;
        ReferenceBlock? block = ReferenceSession.Execute(
            request,
            file,
            (sets, seed) => Request(parsed, file, sets, seed)
                ?? throw new CliException(ExitCode.Failed, $"{file} cannot hold what it found; see the messages above"),
            run =>
            {
                RunOutcome outcome = _options.Watch(parsed, display, progress => RunSession.Execute(run, progress, cancellation));
                exit = outcome.Status is RunStatus.Finished or RunStatus.NothingToDo ? ExitCode.Done : new RunResult(outcome).Report(console.Error);
                return exit == ExitCode.Done ? outcome : null;
            });
        if (block is null)
        {
            return exit;
        }

        string? write = parsed.GetValue(_write);
        if (write is not null)
        {
            AtomicFile.WriteText(write, block.Yaml());
        }
        else if (_options.Quiet(parsed))
        {
            // What was asked for is no remark on the way.
            console.Out.Write(block.Yaml());
        }

        return RunDisplay.End(display, new ReferenceResult(block, write), console);
    }

    private RunRequest? Request(ParseResult parsed, string file, IReadOnlyList<string> sets, ulong? seed) =>
        _options.Request(parsed, file, "reference", s => new RunRequest { Scenario = s, Force = _options.Force(parsed), Checkpoints = _options.Checkpoints(parsed) }, sets: sets, seed: seed)
            is { } request ? request with { Figures = false } : null;
}

/// <summary>A reference patient that was made.</summary>
internal sealed record ReferenceResult(ReferenceBlock Block, string? File) : IOutcome
{
    public void Write(TextWriter writer) => writer.Write(File is null ? Block.Yaml() : File + Environment.NewLine);

    public JsonObject Json() => new()
    {
        ["event"] = "finished",
        ["file"] = File,
        ["reference"] = JsonParts.Array(Block.Values, v => new JsonObject
        {
            ["key"] = v.Key, ["value"] = v.Value, ["relative_error"] = double.IsNaN(v.Error) ? null : v.Error, ["unit"] = v.Unit,
        }),
    };

    public int Report(TextWriter error) => ExitCode.Done;
}

/// <summary>Whether a reference patient is still that of its scenario.</summary>
internal sealed record ReferenceState(string File, IReadOnlyList<string> Stale) : IOutcome
{
    public void Write(TextWriter writer) => writer.WriteLine(Stale.Count == 0 ? $"{File}: up to date" : $"{File}: stale");

    public JsonObject Json() => new()
    {
        ["event"] = "finished", ["file"] = File, ["stale"] = JsonParts.Texts(Stale),
    };

    public int Report(TextWriter error)
    {
        foreach (string why in Stale)
        {
            error.WriteLine($"{File}: {why}");
        }

        return Stale.Count == 0 ? ExitCode.Done : ExitCode.Damaged;
    }
}
