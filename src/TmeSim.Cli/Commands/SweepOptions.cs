using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Html;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary>Options that every command over many runs shares, and reading its scenario: a file, or the folder of a sweep that goes on.</summary>
internal sealed class SweepOptions
{
    private readonly Option<string> _out = RunOptions.OutOption("Folder that holds folders of sweeps");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Write events as JSON, one object a line" };
    private readonly Option<bool> _noFigures = new("--no-figures") { Description = "Draw no figures and no report" };
    private readonly Option<string> _plots = RunOptions.PlotsOption();
    private readonly Option<int?> _jobs = WholeNumber.Option("--jobs", 1, 1024, "Simulations at once, one core each (default: cores)");
    private readonly Option<long?> _memory = MemoryAmount.Option();
    private readonly ScenarioOptions _scenario;

    public SweepOptions(Command command, bool runs)
    {
        command.Options.Add(_out);
        _scenario = new ScenarioOptions(command);
        foreach (Option option in (Option[])[.. runs ? (Option[])[_jobs, _memory] : [], _noFigures, _plots, _quiet, _json])
        {
            command.Options.Add(option);
        }

        Runs = runs;
    }

    private bool Runs { get; }

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public int? Jobs(ParseResult parsed) => Runs ? parsed.GetValue(_jobs) : null;

    public bool Figures(ParseResult parsed) => !parsed.GetValue(_noFigures);

    public IFigureBackend Plots(ParseResult parsed) => RunOptions.Plots(parsed.GetRequiredValue(_plots));

    public string Out(ParseResult parsed) => parsed.GetRequiredValue(_out);

    public long? Memory(ParseResult parsed) => Runs ? parsed.GetValue(_memory) : null;

    /// <summary>Changes of the scenario as they stand on the command line.</summary>
    public string Text(ParseResult parsed) => _scenario.Text(parsed);

    /// <summary>Reads the scenario of a file, or of the folder of a sweep or calibration; null after errors, which are written.</summary>
    public (ScenarioDefinition Scenario, string? Folder, IReadOnlyList<string> Warnings)? Read(ParseResult parsed, string given, string kind, CliConsole console)
    {
        string? folder = Directory.Exists(given) ? given : null;
        string file = folder is null ? given : Path.Combine(folder, "resolved.yaml");
        // Only a sweep has a design, only a run has a manifest of that name.
        bool Holds(string name) => Path.Exists(Path.Combine(folder!, name));
        if (folder is not null && (!Holds("resolved.yaml") || Holds("manifest.json") || Holds("design.csv") != (kind == "sweep") || (kind != "sweep" && !Holds("journals"))))
        {
            throw new CliException(ExitCode.Failed, $"{folder} is not the folder of a {kind}; give its scenario");
        }

        if (folder is not null && (_scenario.Sets(parsed).Count > 0 || _scenario.ChangesReplicates(parsed)))
        {
            throw new CliException(ExitCode.Usage, $"{folder} is a sweep as it was written; --set, --seed and --replicates need its scenario instead");
        }

        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = _scenario.Read(parsed, file, console, !Quiet(parsed) && folder is null);
        return scenario is null ? null
            : (scenario, folder, ScenarioOptions.Warnings(diagnostics));
    }

    /// <summary>A sweep as the options common to all of its commands ask for it; null after errors, which are written.</summary>
    public SweepRequest? Sweep(ParseResult parsed, string given, CliConsole console) => Read(parsed, given, "sweep", console) is not var (scenario, folder, warnings) ? null : new SweepRequest
    {
        Scenario = scenario,
        Folder = folder,
        OutDirectory = Out(parsed),
        Jobs = Jobs(parsed),
        MemoryBytes = Memory(parsed),
        Figures = Figures(parsed),
        Plots = Plots(parsed),
        Command = $"tmesim sweep {PosixWord.Quote(given)}{Text(parsed)}",
        Warnings = warnings,
    };

    public IRunDisplay Display(ParseResult parsed, CliConsole console) => Json(parsed) ? new JsonDisplay(console.Out)
        : Quiet(parsed) ? new QuietDisplay()
        : console.IsTerminal ? BarDisplay.Create(console)
        : new LineDisplay(console);

    public RunProgress Progress(ParseResult parsed, CliConsole console) => new() { Notice = Quiet(parsed) ? null : note => console.Error.WriteLine("note: " + note) };
}
