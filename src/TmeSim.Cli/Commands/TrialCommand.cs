using System.CommandLine;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim trial FILE</c>: a virtual clinical trial of a cohort, here, in parts, or as a job array.</summary>
internal sealed class TrialCommand(CliConsole console, CancellationToken cancellation)
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario with a cohort block, or the folder of a trial to go on with" };
    private readonly Option<int?> _patients = TypedOption.WholeNumber("--patients", 1, 100_000,
        "Patients in place of the scenario's; those there are already stay the same");
    private readonly Option<string?> _patient = new("--patient") { Description = "Run no trial: write the command that runs one patient alone, with snapshots and tissue in the report", HelpName = "NAME" };
    private WorkOptions _options = null!;
    private WorkSpread _spread = null!;

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var trial = new TrialCommand(console, cancellation);
        var command = new Command("trial", "Treat a cohort of virtual patients in the arms of a trial: response, survival, who benefits");
        command.Arguments.Add(trial._file);
        trial._options = new WorkOptions(command, WorkKind.Vary, console);
        command.Options.Add(trial._patients);
        command.Options.Add(trial._patient);
        trial._spread = new WorkSpread(command, "trial merge");
        command.Subcommands.Add(TrialMergeCommand.Create(console, cancellation));
        command.Subcommands.Add(TrialAnalyseCommand.Create(console));
        command.SetAction(trial.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        _spread.Check(parsed);
        string[] sets = Sets(parsed, _options, parsed.GetValue(_patients));
        var request = _options.Request(parsed, parsed.GetRequiredValue(_file), "trial", s =>
            _spread.Fill(parsed, new SweepRequest { Scenario = s }), FolderKind.Trial, sets);
        if (request is not null && parsed.GetValue(_patient) is { } patient)
        {
            IEnumerable<string> changes = TrialSession.Patient(request.Scenario, patient).Select(c => $" --set {PosixWord.Quote(c)}");
            string given = parsed.GetRequiredValue(_file), file = Directory.Exists(given) ? Path.Combine(given, "resolved.yaml") : given;
            console.Out.WriteLine($"tmesim run {PosixWord.Quote(file)}{_options.Text(parsed)}{string.Concat(changes)} --set \"time.snapshot_every=6 weeks\"");
            return ExitCode.Done;
        }

        return request is null ? ExitCode.InvalidScenario : _spread.Run(parsed, TrialSession.Of(request), _options, console,
            (outcome, detached) => new SweepResult(outcome) { IsDetached = detached, IsTrial = true }, cancellation);
    }

    /// <summary>Changes of the cohort that options ask for.</summary>
    public static string[] Sets(ParseResult parsed, WorkOptions options, int? patients) =>
    [
        .. patients is { } count ? (string[])[$"cohort.patients={count}"] : [],
        .. options.Seed(parsed) is { } seed ? (string[])[$"cohort.seed={seed}"] : [],
    ];
}
