using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary>Options of every command that runs scenarios and draws what came out.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _out = OutOption("Folder that holds run folders");
    private readonly Option<int?> _jobs = WholeNumber.Option("--jobs", 1, 1024, "Replicates at once (default: cores)");
    private readonly Option<int?> _threads = WholeNumber.Option("--threads", 1, 1024, "Threads inside a simulation (default: 1 when several run at once)");
    private readonly Option<long?> _memory = MemoryAmount.Option();
    private readonly Option<bool> _force = new("--force") { Description = "Run again and replace what is there" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing but errors" };
    private readonly Option<bool> _json = new("--json") { Description = "Write events as JSON, one object a line" };
    private readonly Option<bool> _noFigures = new("--no-figures") { Description = "Draw no figures and no report" };
    private readonly Option<string> _plots = PlotsOption();
    private readonly Option<bool> _profile = new("--profile") { Description = "Say where the time goes: parts of a step, cycles and residual of each field" };

    public RunOptions(Command command)
    {
        command.Options.Add(_out);
        Scenario = new ScenarioOptions(command);
        foreach (Option option in (Option[])[_jobs, _threads, _memory, _force, _quiet, _json, _noFigures, _plots, _profile])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Options that change a scenario.</summary>
    public ScenarioOptions Scenario { get; }

    public string Out(ParseResult parsed) => parsed.GetRequiredValue(_out);

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    public bool Figures(ParseResult parsed) => !parsed.GetValue(_noFigures);

    /// <summary>What draws the files of figures.</summary>
    /// <exception cref="CliException">This build does not have it.</exception>
    public IFigureBackend Plots(ParseResult parsed) => Plots(parsed.GetRequiredValue(_plots));

    /// <inheritdoc cref="Plots(ParseResult)"/>
    public static IFigureBackend Plots(string name) => FigureBackends.Find(name, out string? problem) ?? throw new CliException(ExitCode.Usage, $"--plots: {problem}");

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

    /// <summary>The option that names it.</summary>
    public static Option<string> PlotsOption() => new("--plots")
    {
        Description = $"What draws the files in figures/: {string.Join(" or ", FigureBackends.Names)}", HelpName = "NAME", DefaultValueFactory = _ => "svg",
    };

    /// <summary>A scenario with its warnings as a request; all arms, and figures as asked.</summary>
    public RunRequest Request(ParseResult parsed, ScenarioDefinition scenario, IReadOnlyList<Diagnostic> diagnostics, string command) => new()
    {
        Scenario = scenario,
        OutDirectory = Out(parsed),
        Jobs = parsed.GetValue(_jobs),
        Threads = parsed.GetValue(_threads),
        MemoryBytes = parsed.GetValue(_memory),
        Force = parsed.GetValue(_force),
        Figures = Figures(parsed),
        Plots = Plots(parsed),
        Command = command,
        Warnings = ScenarioOptions.Warnings(diagnostics),
    };

    public IRunDisplay Display(ParseResult parsed, CliConsole console) => parsed.GetValue(_json) ? new JsonDisplay(console.Out)
        : Quiet(parsed) ? new QuietDisplay()
        : console.IsTerminal ? BarDisplay.Create(console)
        : new LineDisplay(console);

    public RunProgress Progress(ParseResult parsed, IRunDisplay display, CliConsole console) => new()
    {
        ArmFinished = display.ArmFinished,
        Warning = damage => console.Error.WriteLine("warning: " + damage),
        WantsProfile = parsed.GetValue(_profile),
        Notice = Quiet(parsed) ? null : note => console.Error.WriteLine("note: " + note),
    };
}
