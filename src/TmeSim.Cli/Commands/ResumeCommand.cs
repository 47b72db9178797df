using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim resume DIR</c>: goes on with a run that was stopped, from the states that it kept.</summary>
internal sealed class ResumeCommand(CancellationToken cancellation)
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder of a run that was stopped" };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var resume = new ResumeCommand(cancellation);
        var command = new Command("resume", "Go on with a run that was stopped or killed, from the states that it kept on the way");
        command.Arguments.Add(resume._folder);
        resume._options = new WorkOptions(command, WorkKind.Resume, console);
        command.SetAction(resume.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        var stopped = StoppedRun.Of(parsed.GetRequiredValue(_folder));
        if (_options.Read(parsed, stopped.ScenarioPath, showWarnings: false).Definition is not { } scenario)
        {
            return ExitCode.InvalidScenario;
        }

        RunRequest request = _options.Fill(parsed, stopped.Request(scenario), stopped.Folder, stopped.Command, [])
            with { Checkpoints = _options.Checkpoints(parsed), Warnings = stopped.Warnings };
        return _options.Run(parsed, progress => new RunResult(RunSession.Execute(request, progress, cancellation)));
    }
}
