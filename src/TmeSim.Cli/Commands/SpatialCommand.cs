using System.CommandLine;
using TmeSim.Analysis.Spatial;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim spatial POINTS</c>: the spatial measures on anyone's points.</summary>
internal sealed class SpatialCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _points = new("POINTS") { Description = "CSV with a header, .parquet or .h5ad: a row for each point" };
    private readonly Option<string?> _x = Column("--x", "Column of x (default: x_um, x or obsm/spatial)");
    private readonly Option<string?> _y = Column("--y", "Column of y (default: y_um, y or obsm/spatial)");
    private readonly Option<string?> _z = Column("--z", "Column of z (default: the points lie in a plane)");
    private readonly Option<string?> _type = Column("--type", "Column of the type (default: cell_type or type)");
    private readonly Option<double?> _unit = TypedOption.Length("--unit", "Length of one unit of the coordinates (default: 1 um)");
    private readonly Option<double?> _radius = TypedOption.Length("--radius", "Largest radius of the curves (default: 200 um)");
    private readonly Option<double?> _step = TypedOption.Length("--step", "Step of the radii (default: 10 um)");
    private readonly Option<string[]> _cells = new("--cell") { Description = "A type to measure; may be repeated (default: all)", HelpName = "TYPE" };
    private readonly Option<string> _edge = new("--edge") { Description = "Edge correction of K and L: translate (default), isotropic, border or none",
        HelpName = "NAME", DefaultValueFactory = _ => "translate" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to (default: beside the points, NAME-spatial)", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Progress and the paths as JSON, one object a line" };

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var spatial = new SpatialCommand(console, cancellation);
        spatial._edge.AcceptOnlyFromAmong("translate", "isotropic", "border", "none");
        var command = new Command("spatial", "Measure a table of points: densities, nearest neighbours, K, L, Morisita-Horn, neighbourhoods");
        command.Arguments.Add(spatial._points);
        foreach (Option option in (Option[])[spatial._x, spatial._y, spatial._z, spatial._type, spatial._unit, spatial._cells, spatial._radius, spatial._step,
            spatial._edge, spatial._out, spatial._force, spatial._quiet, spatial._json])
        {
            command.Options.Add(option);
        }

        command.SetAction(spatial.Execute);
        return command;
    }

    private static Option<string?> Column(string name, string text) => new(name) { Description = text, HelpName = "COLUMN" };

    private int Execute(ParseResult parsed)
    {
        string points = parsed.GetRequiredValue(_points);
        bool json = parsed.GetValue(_json);
        var progress = new RunProgress();
        var request = new PointsRequest
        {
            File = points,
            OutDirectory = parsed.GetValue(_out) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(points)) ?? ".", Path.GetFileNameWithoutExtension(points) + "-spatial"),
            X = parsed.GetValue(_x),
            Y = parsed.GetValue(_y),
            Z = parsed.GetValue(_z),
            Type = parsed.GetValue(_type),
            UnitUm = parsed.GetValue(_unit) ?? 1,
            RadiusUm = parsed.GetValue(_radius) ?? 200,
            StepUm = parsed.GetValue(_step) ?? 10,
            Types = parsed.GetValue(_cells) ?? [],
            Edge = Enum.Parse<EdgeCorrection>(parsed.GetValue(_edge)!, ignoreCase: true),
            Force = parsed.GetValue(_force),
        };
        if (request.StepUm > request.RadiusUm)
        {
            throw new CliException(ExitCode.Usage, "--step must be no longer than --radius");
        }

        if (request.Edge == EdgeCorrection.Isotropic && request.Z is not null)
        {
            throw new CliException(ExitCode.Usage, "the isotropic correction is there for planes only; use translate or border with --z");
        }

        var events = new JsonDisplay(console.Out);
        IRunDisplay display = parsed.GetValue(_quiet) ? new QuietDisplay() : json ? events : console.IsTerminal ? BarDisplay.Create(console) : new LineDisplay(console);
        var result = new ExportResult(RunDisplay.Watch(display, progress, () => PointMeasures.Write(request, new ExportProgress(progress), cancellation)));
        if (json)
        {
            events.Finished(result);
        }
        else if (!parsed.GetValue(_quiet))
        {
            result.Write(console.Out);
        }

        return result.Report(console.Error);
    }
}
