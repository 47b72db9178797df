using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary>What a command does with scenarios, which decides the options that it takes.</summary>
internal enum WorkKind
{
    /// <summary>Reads them.</summary>
    Check,

    /// <summary>Runs arms and replicates of each.</summary>
    Run,

    /// <summary>Goes on with a run as it was asked for.</summary>
    Resume,

    /// <summary>Goes on with an arm of a run in another way.</summary>
    Branch,

    /// <summary>Runs again what is finished.</summary>
    Verify,

    /// <summary>Runs many variants of one.</summary>
    Vary,

    /// <summary>Puts together what ran elsewhere.</summary>
    Merge,
}

/// <summary>
/// The options of all commands that take scenarios: how a scenario is changed, what of the machine the work may take, where it goes and how
/// it is shown.
/// </summary>
internal sealed class WorkOptions
{
    private readonly Option<string> _out;
    private readonly Option<string[]> _sets = new("--set")
    {
        Description = "Change a key: path=value, repeatable, e.g. --set patient.nlr=5 --set \"lesions[primary].immune.cd8=40 /mm2\"",
        HelpName = "path=value",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<ulong?> _seed =
        TypedOption.WholeNumber("--seed", ulong.MinValue, ulong.MaxValue, "Seed in place of the scenario's");

    private readonly Option<int?> _replicates =
        TypedOption.WholeNumber("--replicates", 1, 100_000, "Replicates of every arm in place of the scenario's");
    private readonly Option<int?> _jobs;
    private readonly Option<int?> _threads =
        TypedOption.WholeNumber("--threads", 1, 1024, "Threads inside a simulation (default: 1 when several run at once)");
    private readonly Option<long?> _memory = TypedOption.Memory();
    private readonly Option<bool> _force = new("--force") { Description = "Run again and replace what is there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Write events as JSON, one object a line" };
    private readonly Option<bool> _noFigures = new("--no-figures") { Description = "Draw no figures and no report" };
    private readonly Option<string> _plots = PlotsOption();
    private readonly Option<bool> _profile = new("--profile")
    {
        Description = "Say where the time goes: parts of a step, cycles and residual of each field",
    };

    private readonly Option<double?> _checkpoints = TypedOption.Checkpoints();
    private readonly CliConsole _console;
    private readonly bool _runs;

    public WorkOptions(Command command, WorkKind kind, CliConsole console)
    {
        (_console, _runs) = (console, kind is WorkKind.Run or WorkKind.Resume or WorkKind.Branch);
        _out = OutOption(_runs ? "Folder that holds run folders" : "Folder that holds folders of sweeps");
        _jobs = TypedOption.WholeNumber(
            "--jobs", 1, 1024, _runs ? "Replicates at once (default: cores)" : "Simulations at once, one core each (default: cores)");
        Option[] options = kind switch
        {
            WorkKind.Check => [_sets, _seed, _replicates, _quiet],
            WorkKind.Run =>
                [_out, _sets, _seed, _replicates, _jobs, _threads, _memory, _checkpoints, _force, _quiet, _json, _noFigures, _plots, _profile],
            WorkKind.Branch => [_out, _jobs, _threads, _memory, _checkpoints, _force, _quiet, _json, _noFigures, _plots, _profile],
            WorkKind.Verify => [_jobs, _threads, _memory, _quiet, _json],
            WorkKind.Resume => [_jobs, _threads, _memory, _checkpoints, _quiet, _json, _noFigures, _plots, _profile],
            WorkKind.Vary => [_out, _sets, _seed, _replicates, _jobs, _memory, _noFigures, _plots, _quiet, _json],
            _ => [_out, _sets, _seed, _replicates, _noFigures, _plots, _quiet, _json],
        };
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The option that names the folder of results.</summary>
    public static Option<string> OutOption(string description)
    {
        var option = new Option<string>("--out") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => "runs" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError("--out must name a folder");
            }
        });
        return option;
    }

    /// <summary>The option that names the formats of figures.</summary>
    public static Option<string> PlotsOption() => new("--plots")
    {
        Description = $"Formats of the files in figures/, one or several with commas: {string.Join(", ", FigureFormat.All.Select(f => f.Name))}",
        HelpName = "LIST",
        DefaultValueFactory = _ => "svg",
    };

    /// <summary>How often states are kept.</summary>
    public CheckpointPolicy Checkpoints(ParseResult parsed) => parsed.GetValue(_checkpoints) is not { } seconds ? CheckpointPolicy.Default
        : new CheckpointPolicy { EverySeconds = seconds, IsOff = double.IsPositiveInfinity(seconds), IsStrict = true };

    /// <summary>Formats of figures by their names, each once.</summary>
    /// <exception cref="CliException">One is unknown, or there is none.</exception>
    public static IReadOnlyList<FigureFormat> Plots(string names) =>
    [
        .. names.Split(',').Select(name => FigureFormat.Find(name.Trim()) ?? throw new CliException(
            ExitCode.Usage, $"--plots: there is no format '{name.Trim()}' for figures; formats: {string.Join(", ", FigureFormat.All.Select(f => f.Name))}")).Distinct(),
    ];

    /// <inheritdoc cref="Plots(string)"/>
    public IReadOnlyList<FigureFormat> Plots(ParseResult parsed) => Plots(parsed.GetRequiredValue(_plots));

    public string Out(ParseResult parsed) => parsed.GetValue(_out) ?? "runs";

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public bool Force(ParseResult parsed) => parsed.GetValue(_force);

    public bool Figures(ParseResult parsed) => !parsed.GetValue(_noFigures);

    /// <summary>Changes of a scenario as they stand, for the command that repeats the work.</summary>
    public string Text(ParseResult parsed) => string.Concat(
        Sets(parsed).Select(s => " --set " + PosixWord.Quote(s))
        .Append(parsed.GetValue(_seed) is ulong seed ? $" --seed {seed}" : "")
        .Append(parsed.GetValue(_replicates) is int replicates ? $" --replicates {replicates}" : ""));

    /// <summary>Options <c>--set</c>.</summary>
    public IReadOnlyList<string> Sets(ParseResult parsed) => parsed.GetValue(_sets) ?? [];

    /// <summary>Option <c>--seed</c>.</summary>
    public ulong? Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>Seed or replicates are given.</summary>
    public bool ChangesReplicates(ParseResult parsed) => parsed.GetValue(_seed) is not null || parsed.GetValue(_replicates) is not null;

    /// <summary>Reads a scenario; diagnostics go to the error stream.</summary>
    /// <returns>The scenario and its warnings; null when there are errors.</returns>
    public (ScenarioDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics) Read(
        ParseResult parsed, string file, bool showWarnings = true, IReadOnlyList<string>? sets = null, ulong? seed = null)
    {
        ScenarioResult result = ScenarioReader.ReadFile(file, new ScenarioOverrides
        {
            Sets = [.. Sets(parsed), .. sets ?? []], Seed = seed ?? parsed.GetValue(_seed), Replicates = parsed.GetValue(_replicates),
        });
        Diagnostic[] shown = [.. result.Diagnostics.Where(d => (showWarnings && !Quiet(parsed)) || d.Severity == DiagnosticSeverity.Error)];
        if (shown.Length > 0)
        {
            _console.Error.Write(Diagnostic.FormatAll(shown));
        }

        if (result.Definition is null)
        {
            int errors = result.Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error);
            _console.Error.WriteLine($"{file}: {errors} error{(errors == 1 ? "" : "s")}");
        }

        return (result.Definition, result.Diagnostics);
    }

    /// <summary>
    /// Reads a scenario from its file, or from a folder whose work goes on, and asks for work on it; null after errors, which are written.
    /// </summary>
    /// <param name="parsed">Options.</param>
    /// <param name="given">File or folder.</param>
    /// <param name="verb">Command that repeats the work.</param>
    /// <param name="make">Makes a request of a scenario.</param>
    /// <param name="resumed">Kind of folder that is taken in place of a file; none for files alone.</param>
    /// <param name="sets">Changes after those of the command line.</param>
    /// <param name="seed">Seed in place of any other.</param>
    /// <exception cref="CliException">A folder is of another kind, or options would change what is in it.</exception>
    public T? Request<T>(
        ParseResult parsed, string given, string verb, Func<ScenarioDefinition, T> make, FolderKind resumed = FolderKind.None,
        IReadOnlyList<string>? sets = null, ulong? seed = null)
        where T : WorkRequest
    {
        string? folder = resumed != FolderKind.None && Directory.Exists(given) ? given : null;
        string file = folder is null ? given : Path.Combine(folder, "resolved.yaml");
        if (folder is not null && (FolderKinds.Of(folder) != resumed || !Path.Exists(file)))
        {
            throw new CliException(ExitCode.Failed, $"{folder} is not the folder of a {resumed.Name()}; give its scenario");
        }

        if (folder is not null && (Sets(parsed).Count > 0 || ChangesReplicates(parsed)))
        {
            throw new CliException(
                ExitCode.Usage, $"{folder} is a sweep as it was written; --set, --seed and --replicates need its scenario instead");
        }

        (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = Read(parsed, file, showWarnings: folder is null, sets, seed);
        return scenario is null ? null
            : Fill(parsed, make(scenario), folder, $"tmesim {verb} {PosixWord.Quote(given)}{Text(parsed)}", diagnostics);
    }

    /// <summary>A request with what the options say.</summary>
    public T Fill<T>(ParseResult parsed, T request, string? folder, string command, IReadOnlyList<Diagnostic> diagnostics)
        where T : WorkRequest
    {
        WorkRequest asked = request;
        return (T)(asked with
        {
            Folder = folder,
            OutDirectory = Out(parsed),
            Jobs = parsed.GetValue(_jobs),
            Threads = parsed.GetValue(_threads),
            MemoryBytes = parsed.GetValue(_memory),
            Figures = Figures(parsed),
            Plots = parsed.GetValue(_plots) is { } plots ? Plots(plots) : [],
            Command = command,
            Warnings =
            [
                .. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning)
                    .Select(d => (d.Path is null ? "" : d.Path + ": ") + d.Message),
            ],
        });
    }

    public IRunDisplay Display(ParseResult parsed) => Json(parsed) ? new JsonDisplay(_console.Out)
        : Quiet(parsed) ? new QuietDisplay()
        : _console.IsTerminal ? BarDisplay.Create(_console)
        : new LineDisplay(_console);

    /// <summary>Works while a display watches; the profile, where one is asked for, goes to the error stream.</summary>
    public T Watch<T>(ParseResult parsed, IRunDisplay display, Func<RunProgress, T> work)
    {
        var progress = new RunProgress
        {
            // A sweep counts its simulations, which are too many for a line each.
            ArmFinished = _runs ? display.ArmFinished : null,
            Warning = damage => _console.Error.WriteLine("warning: " + damage),
            WantsProfile = parsed.GetValue(_profile),
            Notice = Quiet(parsed) ? null : note => _console.Error.WriteLine("note: " + note),
        };
        T result = RunDisplay.Watch(display, progress, () => work(progress));
        if (progress.Profile() is { Steps: > 0 } measured)
        {
            ProfileTable.Write(_console.Error, measured);
        }

        return result;
    }

    /// <summary>Works under the display that is asked for, shows what came of it and gives the exit code.</summary>
    public int Run(ParseResult parsed, Func<RunProgress, IOutcome> work)
    {
        IRunDisplay display = Display(parsed);
        return RunDisplay.End(display, Watch(parsed, display, work), _console);
    }
}
