using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim sweep FILE</c>: every point, arm and replicate of a sweep, here, in parts, or as a job array.</summary>
internal sealed class SweepCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "Scenario with a sweep block, or the folder of a sweep to go on with" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Run nothing: say how many runs, how long, how much memory and disk, and why each would run or not" };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Run failed simulations again" };
    private readonly Option<SweepShard?> _shard = ShardOption();
    private readonly Option<string> _executor = new("--executor") { Description = "Where to run: local (default), or slurm for a job array", HelpName = "NAME", DefaultValueFactory = _ => "local" };
    private readonly CliConsole _console;
    private readonly CancellationToken _cancellation;
    private SweepOptions _options = null!;
    private SlurmArguments _slurm = null!;

    private SweepCommand(CliConsole console, CancellationToken cancellation)
    {
        _console = console;
        _cancellation = cancellation;
    }

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var sweep = new SweepCommand(console, cancellation);
        var command = new Command("sweep", "Vary keys of a scenario over many runs, analyse and draw what came out");
        command.Arguments.Add(sweep._file);
        sweep._options = new SweepOptions(command, runs: true);
        sweep._executor.AcceptOnlyFromAmong("local", "slurm");
        foreach (Option option in (Option[])[sweep._dryRun, sweep._retry, sweep._shard, sweep._executor])
        {
            command.Options.Add(option);
        }

        sweep._slurm = new SlurmArguments(command);
        command.Subcommands.Add(SweepMergeCommand.Create(console, cancellation));
        command.SetAction(sweep.Execute);
        return command;
    }

    private static Option<SweepShard?> ShardOption() => new("--shard")
    {
        Description = "Run only part i of n of the work, for schedulers of any kind; 'sweep merge' makes table and report when all are done",
        HelpName = "i/n",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            SweepShard? shard = SweepShard.Parse(text);
            if (shard is null)
            {
                result.AddError($"--shard must be i/n with 1 <= i <= n <= 100000, for example 3/40, not '{text}'");
            }

            return shard;
        },
    };

    private int Execute(ParseResult parsed)
    {
        _ = _options.Plots(parsed);
        bool slurm = parsed.GetRequiredValue(_executor) == "slurm";
        if (slurm && parsed.GetValue(_shard) is not null)
        {
            throw new CliException(ExitCode.Usage, "--shard runs a part here, --executor slurm makes the parts itself; give one of them");
        }

        if (!slurm && _slurm.Given(parsed) is { } option)
        {
            throw new CliException(ExitCode.Usage, $"{option} needs --executor slurm");
        }

        if (_options.Sweep(parsed, parsed.GetRequiredValue(_file), _console) is not { } read)
        {
            return ExitCode.InvalidScenario;
        }

        SweepRequest request = read with { RetryFailed = parsed.GetValue(_retry), Shard = parsed.GetValue(_shard) };
        if (parsed.GetValue(_dryRun))
        {
            SweepForecastText.Write(SweepForecast.Of(request, _cancellation), _console, _options.Json(parsed));
            return ExitCode.Done;
        }

        IRunDisplay display = _options.Display(parsed, _console);
        RunProgress progress = _options.Progress(parsed, _console);
        SweepOutcome outcome = RunDisplay.Watch(display, progress, () => slurm
            ? SlurmSession.Execute(request, _slurm.Read(parsed), progress, _cancellation)
            : SweepSession.Execute(request, progress, _cancellation));
        display.Swept(outcome);
        return SweepReportText.Write(outcome, _console, detached: slurm && _slurm.Detached(parsed));
    }
}
