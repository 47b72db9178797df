using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim calibrate FILE</c>: fits keys of a scenario to what was observed.</summary>
internal sealed class CalibrateCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario with a calibrate block, or the folder of a calibration to go on with" };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;
    private SweepOptions _options = null!;

    private CalibrateCommand(CliConsole console, CancellationToken cancellation)
    {
        _console = console;
        _cancellation = cancellation;
    }

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var calibrate = new CalibrateCommand(console, cancellation);
        var command = new Command("calibrate", "Fit keys of a scenario to observed values (ABC-SMC) and write the scenario with the posterior medians");
        command.Arguments.Add(calibrate._file);
        calibrate._options = new SweepOptions(command, runs: true);
        command.SetAction(calibrate.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string given = parsed.GetRequiredValue(_file);
        _ = _options.Plots(parsed);
        if (_options.Read(parsed, given, "calibration", _console) is not var (scenario, folder, warnings))
        {
            return ExitCode.InvalidScenario;
        }

        var request = new CalibrationRequest
        {
            Scenario = scenario,
            Folder = folder,
            OutDirectory = _options.Out(parsed),
            Jobs = _options.Jobs(parsed),
            MemoryBytes = _options.Memory(parsed),
            Figures = _options.Figures(parsed),
            Plots = _options.Plots(parsed),
            Command = $"tmesim calibrate {PosixWord.Quote(given)}{_options.Text(parsed)}",
            Warnings = warnings,
        };
        IRunDisplay display = _options.Display(parsed, _console);
        RunProgress progress = _options.Progress(parsed, _console);
        CalibrationOutcome outcome = RunDisplay.Watch(display, progress, () => CalibrationSession.Execute(request, progress, _cancellation));
        display.Calibrated(outcome);
        if (outcome.Status == RunStatus.Interrupted)
        {
            _console.Error.WriteLine($"interrupted: {outcome.Generations} complete generations are written; run the same command to go on");
            return ExitCode.Interrupted;
        }

        if (outcome.ScenarioPath is null)
        {
            _console.Error.WriteLine("warning: the posterior medians together are no valid scenario, so none was written; see posterior.csv");
        }

        return ExitCode.Done;
    }
}
