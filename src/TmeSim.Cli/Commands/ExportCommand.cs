using System.CommandLine;
using TmeSim.Analysis;
using TmeSim.Experiments;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim export DIR</c>: the snapshots of a finished run as tables.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string> _run = new("DIR") { Description = "Run folder" };
    private readonly Option<bool> _measures = new("--measures") { Description = "Write spatial.csv (every spatial measure of every snapshot) and spatial_curves.csv (K, L, g, G with envelopes)" };
    private readonly Option<bool> _points = new("--points") { Description = "Write points.csv: place, type, state and marks of every cell" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to (default: export in the run folder)", HelpName = "DIR" };
    private readonly Option<double?> _radius = Micrometres.Option("--radius", "Largest radius of the curves (default: 200 um)");
    private readonly Option<double?> _step = Micrometres.Option("--step", "Step of the radii and width of annuli (default: the lattice spacing)");
    private readonly Option<int?> _simulations = WholeNumber.Option("--simulations", 0, 9999, "Simulated patterns of an envelope, 0 for none, else at least 19 (default: 199)");
    private readonly Option<string> _edge = new("--edge") { Description = "Edge correction of K, L and g: translate (default), isotropic (rectangles), border or none", HelpName = "NAME", DefaultValueFactory = _ => "translate" };
    private readonly Option<string> _window = new("--window") { Description = "Region of the curves: tile, the whole lattice (default), or tumor", HelpName = "NAME", DefaultValueFactory = _ => "tile" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace tables that are there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors and the paths" };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;

    private ExportCommand(CliConsole console, CancellationToken cancellation)
    {
        _console = console;
        _cancellation = cancellation;
    }

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var export = new ExportCommand(console, cancellation);
        export._edge.AcceptOnlyFromAmong("translate", "isotropic", "border", "none");
        export._window.AcceptOnlyFromAmong("tile", "tumor");
        var command = new Command("export", "Write the snapshots of a finished run as CSV: spatial measures, curves, points");
        command.Arguments.Add(export._run);
        foreach (Option option in (Option[])
        [
            export._measures, export._points, export._out, export._radius, export._step, export._simulations, export._edge, export._window, export._force, export._quiet,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction(export.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        if (parsed.GetValue(_out) is { } folder && string.IsNullOrWhiteSpace(folder))
        {
            throw new CliException(ExitCode.Usage, "--out must name a folder");
        }

        var request = new ExportRequest
        {
            RunDirectory = parsed.GetRequiredValue(_run),
            OutDirectory = parsed.GetValue(_out),
            Measures = parsed.GetValue(_measures),
            Points = parsed.GetValue(_points),
            RadiusUm = parsed.GetValue(_radius) ?? 200,
            StepUm = parsed.GetValue(_step),
            Simulations = parsed.GetValue(_simulations) ?? Envelope.DefaultSimulations,
            Edge = Enum.Parse<EdgeCorrection>(parsed.GetValue(_edge)!, ignoreCase: true),
            Window = Enum.Parse<ExportWindow>(parsed.GetValue(_window)!, ignoreCase: true),
            Force = parsed.GetValue(_force),
            Notice = parsed.GetValue(_quiet) ? null : _console.Error.WriteLine,
        };
        if (!request.Measures && !request.Points)
        {
            throw new CliException(ExitCode.Usage, "say what to export: --measures, --points or both");
        }

        IReadOnlyList<string> paths;
        try
        {
            paths = RunExport.Write(request, _cancellation);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCode.Usage, e.Message.Split(" (Parameter")[0]);
        }

        foreach (string path in paths)
        {
            _console.Out.WriteLine(path);
        }

        return ExitCode.Done;
    }
}
