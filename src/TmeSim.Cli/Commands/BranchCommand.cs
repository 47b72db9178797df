using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim branch DIR --at TIME --arm NAME [FILE]</c>: an arm of a run with another therapy from a time on.</summary>
internal sealed class BranchCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder of a run" };
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "What changes (YAML): therapy, stop, parameters, mechanisms, drugs, figures, time.duration; absent: nothing",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _at = new("--at") { Description = "Time after t = 0 from which on it changes, e.g. \"6 weeks\"", HelpName = "TIME",
        Required = true };

    private readonly Option<string> _arm = new("--arm") { Description = "Arm that branches", HelpName = "NAME", Required = true };
    private readonly Option<string?> _name = new("--name") { Description = "Name of the new arm (default: that of the arm with the time)", HelpName = "NAME" };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var branch = new BranchCommand(console, cancellation);
        var command = new Command("branch", "Go on with an arm of a run under another therapy, other parameters or switches from a time on");
        command.Arguments.Add(branch._folder);
        command.Arguments.Add(branch._file);
        command.Options.Add(branch._at);
        command.Options.Add(branch._arm);
        command.Options.Add(branch._name);
        branch._options = new WorkOptions(command, WorkKind.Branch, console);
        command.SetAction(branch.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        string at = parsed.GetRequiredValue(_at), folder = parsed.GetRequiredValue(_folder);
        if (ScenarioBranch.Hours(at) is null)
        {
            throw new CliException(ExitCode.Usage, $"--at must be a time with its unit, for example \"6 weeks\", not '{at}'");
        }

        var run = StoppedRun.Of(folder);
        var branch = new ScenarioBranch(parsed.GetRequiredValue(_arm), at, parsed.GetValue(_name));
        string? file = parsed.GetValue(_file);
        ScenarioResult branched = ScenarioReader.ReadBranch(run.ScenarioPath, branch, file);
        if (_options.Read(parsed, run.ScenarioPath, showWarnings: false).Definition is not { } scenario || branched.Definition is null)
        {
            console.Error.Write(Diagnostic.FormatAll([.. branched.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]));
            return ExitCode.InvalidScenario;
        }

        string command = $"tmesim branch {PosixWord.Quote(folder)} --at {PosixWord.Quote(at)} --arm {PosixWord.Quote(branch.Arm)}"
            + (parsed.GetValue(_name) is { } name ? $" --name {PosixWord.Quote(name)}" : "") + (file is null ? "" : " " + PosixWord.Quote(file));
        RunRequest request = _options.Fill(parsed, BranchedRun.Request(run, scenario, branch, branched.Definition), null, command, branched.Diagnostics)
            with { Checkpoints = _options.Checkpoints(parsed), Force = _options.Force(parsed) };
        return _options.Run(parsed, progress => new RunResult(RunSession.Execute(request, progress, cancellation)));
    }
}
