using System.CommandLine;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Spatial;
using TmeSim.Cli.Progress;
using TmeSim.Engine.State;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim export DIR</c>: a finished run as tables, images and movies.</summary>
internal sealed class ExportCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _run = new("DIR") { Description = "Run folder" };
    private readonly Option<bool> _measures =
        new("--measures") { Description = "Write spatial.csv (every spatial measure of every snapshot) and spatial_curves.csv (K, L, g, G with envelopes)" };
    private readonly Option<bool> _points =
        new("--points") { Description = "Write points.csv: place, type, state and marks of every cell" };
    private readonly Option<bool> _movie =
        new("--movie") { Description = "Write a movie of each lesion, arms side by side: animated PNG, and MP4 where ffmpeg is on the PATH" };
    private readonly (Option<bool> Option, ExportFormats Format)[] _formats =
    [
        (new("--h5ad") { Description = "Write cells.h5ad: every cell of every snapshot as AnnData, for Scanpy and Squidpy" }, ExportFormats.H5ad),
        (new("--anndata-zarr") { Description = "Write cells.zarr: the same as a folder of Zarr" }, ExportFormats.AnnDataZarr),
        (new("--ome-zarr") { Description = "Write ome-zarr: fields and labels of each arm, replicate and lesion as an image, for napari and Fiji" },
            ExportFormats.OmeZarr),
        (new("--parquet") { Description = "Write cells and tables as Parquet; of a sweep or trial its tables" }, ExportFormats.Parquet),
        (new("--vtk") { Description = "Write vtk: fields and tissue as image data with a collection by time, for ParaView" }, ExportFormats.Vtk),
    ];
    private readonly Option<string?> _field = new("--field") { Description = "Movie: show a field (oxygen, say) in place of cells",
        HelpName = "NAME" };
    private readonly Option<int?> _replicate = TypedOption.WholeNumber("--replicate", 0, int.MaxValue,
        "Movie: replicate to show (default: the lowest that has snapshots)");
    private readonly Option<int?> _fps = TypedOption.WholeNumber("--fps", 1, 60,
        "Movie: frames per second (default: so that it lasts 12 s, but 1 to 30)");
    private readonly Option<string[]> _arm = new("--arm") { Description = "Movie: an arm to show; may be repeated (default: all)",
        HelpName = "NAME" };
    private readonly Option<string?> _out = new("--out") { Description = "Folder to write to (default: export in the run folder)",
        HelpName = "DIR" };
    private readonly Option<double?> _radius = TypedOption.Length("--radius", "Largest radius of the curves (default: 200 um)");
    private readonly Option<double?> _step = TypedOption.Length("--step",
        "Step of the radii and width of annuli (default: the lattice spacing)");
    private readonly Option<int?> _simulations = TypedOption.WholeNumber("--simulations", 0, 9999,
        "Simulated patterns of an envelope, 0 for none, else at least 19 (default: 199)");
    private readonly Option<string> _edge =
        new("--edge") { Description = "Edge correction of K, L and g: translate (default), isotropic (rectangles), border or none",
        HelpName = "NAME", DefaultValueFactory = _ => "translate" };
    private readonly Option<string> _window =
        new("--window") { Description = "Region of the curves: tile, the whole lattice (default), or tumor", HelpName = "NAME",
        DefaultValueFactory = _ => "tile" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Progress and the paths as JSON, one object a line" };

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var export = new ExportCommand(console, cancellation);
        export._edge.AcceptOnlyFromAmong("translate", "isotropic", "border", "none");
        export._window.AcceptOnlyFromAmong("tile", "tumor");
        export._field.AcceptOnlyFromAmong([.. FieldTable.All.Select(f => f.Key)]);
        var command = new Command("export",
            "Write a finished run as tables (CSV, Parquet, AnnData), images (OME-Zarr, VTK) and movies");
        command.Arguments.Add(export._run);
        foreach (Option option in (Option[])
        [
            export._measures, export._points, .. export._formats.Select(f => f.Option), export._out, export._radius, export._step, export._simulations, export._edge, export._window,
                export._movie, export._field, export._replicate, export._fps, export._arm, export._force, export._quiet, export._json,
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

        bool json = parsed.GetValue(_json), quiet = parsed.GetValue(_quiet);
        var progress = new RunProgress();
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
            Progress = new ExportProgress(progress),
        };
        bool tables = request.Measures || request.Points, movie = parsed.GetValue(_movie);
        ExportFormats formats = _formats.Where(f => parsed.GetValue(f.Option)).Aggregate(ExportFormats.None, (all, f) => all | f.Format);
        if (!tables && !movie && formats == ExportFormats.None)
        {
            throw new CliException(ExitCode.Usage,
                $"say what to export: --measures, --points, --movie, {string.Join(", ", _formats.Select(f => f.Option.Name))} or several of them");
        }

        if (!movie && ((Option[])[_field, _replicate, _fps, _arm])
            .FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } stray)
        {
            throw new CliException(ExitCode.Usage, $"{stray.Name} is for movies: add --movie");
        }

        var events = new JsonDisplay(console.Out);
        IRunDisplay display = quiet ? new QuietDisplay() : json ? events : console.IsTerminal ? BarDisplay.Create(console)
            : new LineDisplay(console);
        IReadOnlyList<string> paths;
        try
        {
            // Before the tables, which take longer than finding out that a movie cannot be made.
            MovieExport? movies = movie ? MovieExport.Open(Movie(parsed, request)) : null;
            FormatExport? others = formats == ExportFormats.None ? null : FormatExport.Open(new FormatRequest
            {
                Directory = request.RunDirectory,
                OutDirectory = request.OutDirectory,
                Formats = formats,
                Force = request.Force,
                Progress = request.Progress,
            });
            paths = RunDisplay.Watch(display, progress, () => (string[])
            [
                .. tables ? RunExport.Write(request, cancellation) : [], .. others?.Write(cancellation) ?? [], .. movies?.Write(cancellation) ?? [],
            ]);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCode.Usage, e.Message.Split(" (Parameter")[0]);
        }

        var result = new ExportResult(paths);
        if (json)
        {
            events.Finished(result);
        }
        else if (!quiet)
        {
            result.Write(console.Out);
        }

        return result.Report(console.Error);
    }

    private MovieRequest Movie(ParseResult parsed, ExportRequest export) => new()
    {
        RunDirectory = export.RunDirectory,
        OutDirectory = export.OutDirectory,
        Field = parsed.GetValue(_field),
        Replicate = parsed.GetValue(_replicate),
        Arms = parsed.GetValue(_arm) ?? [],
        FramesPerSecond = parsed.GetValue(_fps),
        Force = export.Force,
        SearchPath = Environment.GetEnvironmentVariable("PATH"),
        Notice = parsed.GetValue(_quiet) ? null : console.Error.WriteLine,
        Progress = export.Progress,
    };
}

/// <summary>What an export wrote.</summary>
internal sealed record ExportResult(IReadOnlyList<string> Paths) : IOutcome
{
    public void Write(TextWriter writer)
    {
        foreach (string path in Paths)
        {
            writer.WriteLine(path);
        }
    }

    public JsonObject Json() => new() { ["event"] = "exported", ["files"] = JsonParts.Texts(Paths) };

    public int Report(TextWriter error) => ExitCode.Done;
}
