using System.CommandLine;
using TmeSim.Cli.Progress;
using TmeSim.Experiments.Cluster;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Commands;

/// <summary>Options of commands whose simulations can be forecast, run here, in parts, or as a job array.</summary>
internal sealed class WorkSpread
{
    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Run nothing: say how many runs, how long, how much memory and disk, and why each would run or not" };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Run failed simulations again" };
    private readonly Option<SweepShard?> _shard;
    private readonly Option<string> _executor = new("--executor") { Description = "Where to run: local (default), or slurm for a job array",
        HelpName = "NAME", DefaultValueFactory = _ => "local" };
    private readonly SlurmArguments _slurm;

    /// <param name="command">Command that takes them.</param>
    /// <param name="merge">Command that puts the parts together.</param>
    public WorkSpread(Command command, string merge)
    {
        _shard = TypedOption.Of<SweepShard>("--shard", "i/n",
            $"Run only part i of n of the work, for schedulers of any kind; '{merge}' makes table and report when all are done",
            "i/n with 1 <= i <= n <= 100000, for example 3/40", SweepShard.Parse);
        _executor.AcceptOnlyFromAmong("local", "slurm");
        foreach (Option option in (Option[])[_dryRun, _retry, _shard, _executor])
        {
            command.Options.Add(option);
        }

        _slurm = new SlurmArguments(command);
    }

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="CliException">They do.</exception>
    public void Check(ParseResult parsed)
    {
        bool slurm = IsSlurm(parsed);
        if (slurm && parsed.GetValue(_shard) is not null)
        {
            throw new CliException(ExitCode.Usage, "--shard runs a part here, --executor slurm makes the parts itself; give one of them");
        }

        if (!slurm && _slurm.Given(parsed) is { } option)
        {
            throw new CliException(ExitCode.Usage, $"{option} needs --executor slurm");
        }
    }

    /// <summary>A request with what these options say.</summary>
    public SweepRequest Fill(ParseResult parsed, SweepRequest request) => request with { RetryFailed = parsed.GetValue(_retry),
        Shard = parsed.GetValue(_shard) };

    /// <summary>Forecasts, or works and says what came of it.</summary>
    /// <param name="parsed">Options.</param>
    /// <param name="request">What to work on.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="console">Where.</param>
    /// <param name="result">What is said of an outcome.</param>
    /// <param name="cancellation">Stops it.</param>
    public int Run(ParseResult parsed, SweepRequest request, WorkOptions options, CliConsole console,
        Func<SweepOutcome, bool, IOutcome> result, CancellationToken cancellation)
    {
        if (parsed.GetValue(_dryRun))
        {
            SweepForecastText.Write(SweepForecast.Of(request, cancellation), console, options.Json(parsed));
            return ExitCode.Done;
        }

        bool slurm = IsSlurm(parsed);
        return options.Run(parsed, progress => result(slurm ? SlurmSession.Execute(request, _slurm.Read(parsed), progress, cancellation)
            : SweepSession.Execute(request, progress, cancellation), slurm && _slurm.Detached(parsed)));
    }

    private bool IsSlurm(ParseResult parsed) => parsed.GetRequiredValue(_executor) == "slurm";
}
