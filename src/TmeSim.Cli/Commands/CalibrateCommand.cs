using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim calibrate FILE</c>: fits keys of a scenario to what was observed.</summary>
internal sealed class CalibrateCommand(CancellationToken cancellation)
{
    private readonly Argument<string> _file =
        new("FILE") { Description = "Scenario with a calibrate block, or the folder of a calibration to go on with" };
    private WorkOptions _options = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var calibrate = new CalibrateCommand(cancellation);
        var command = new Command("calibrate",
            "Fit keys of a scenario to observed values (ABC-SMC) and write the scenario with the posterior medians");
        command.Arguments.Add(calibrate._file);
        calibrate._options = new WorkOptions(command, WorkKind.Vary, console);
        command.SetAction(calibrate.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        var request = _options.Request(
            parsed, parsed.GetRequiredValue(_file), "calibrate", s => new CalibrationRequest { Scenario = s }, FolderKind.Calibration);
        return request is null ? ExitCode.InvalidScenario
            : _options.Run(parsed, progress => new CalibrationResult(CalibrationSession.Execute(request, progress, cancellation)));
    }
}

/// <summary>How a calibration came out.</summary>
internal sealed record CalibrationResult(CalibrationOutcome Outcome) : IOutcome
{
    public void Write(TextWriter writer)
    {
        if (Outcome.Status == RunStatus.NothingToDo)
        {
            writer.WriteLine("nothing to run: finished before");
        }

        foreach (FittedParameter p in Outcome.Parameters)
        {
            writer.WriteLine($"{p.Path}: {p.Median:G4} ({p.Low:G4} to {p.High:G4}){(p.Unit == "1" ? "" : " " + p.Unit)}");
        }

        writer.WriteLine($"{Outcome.Generations} complete generations, {Outcome.Simulations} simulations");
        writer.WriteLine(Outcome.ScenarioPath ?? Outcome.Folder);
        if (Outcome.ReportPath is { } report)
        {
            writer.WriteLine(report);
        }
    }

    public JsonObject Json() => new()
    {
        ["event"] = "calibrated",
        ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(Outcome.Status.ToString()),
        ["stop"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(Outcome.Stop.ToString()),
        ["folder"] = Outcome.Folder,
        ["scenario"] = Outcome.ScenarioPath,
        ["report"] = Outcome.ReportPath,
        ["generations"] = Outcome.Generations,
        ["simulations"] = Outcome.Simulations,
        ["parameters"] = JsonParts.Array(Outcome.Parameters, p => new JsonObject
        {
            ["path"] = p.Path,
            ["unit"] = p.Unit,
            ["median"] = JsonParts.Finite(p.Median),
            ["low_95"] = JsonParts.Finite(p.Low),
            ["high_95"] = JsonParts.Finite(p.High),
            ["mean"] = JsonParts.Finite(p.Mean),
            ["sd"] = JsonParts.Finite(p.Sd),
        }),
    };

    public int Report(TextWriter error)
    {
        if (Outcome.Status == RunStatus.Interrupted)
        {
            error.WriteLine($"interrupted: {Outcome.Generations} complete generations are written; run the same command to go on");
            return ExitCode.Interrupted;
        }

        if (Outcome.ScenarioPath is null)
        {
            error.WriteLine("warning: the posterior medians together are no valid scenario, so none was written; see posterior.csv");
        }

        return ExitCode.Done;
    }
}
