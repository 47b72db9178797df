using System.CommandLine;
using TmeSim.Experiments.Cluster;

namespace TmeSim.Cli.Commands;

/// <summary>Options for a job array.</summary>
internal sealed class SlurmArguments
{
    private readonly Option<string?> _partition = new("--partition") { Description = "Slurm: partition", HelpName = "NAME" };
    private readonly Option<string?> _time = new("--time") { Description = "Slurm: time limit of a task, e.g. 4:00:00", HelpName = "TIME" };
    private readonly Option<string?> _memory = new("--mem") { Description = "Slurm: memory of a task, e.g. 2G", HelpName = "SIZE" };
    private readonly Option<int?> _cores = TypedOption.WholeNumber("--cpus-per-task", 1, 1024,
        "Slurm: cores of a task, each with its own simulation (default: 1)");
    private readonly Option<int?> _size = TypedOption.WholeNumber("--array-size", 1, 100_000,
        "Slurm: tasks of the array (default: as many as there is work for, at most 1000)");
    private readonly Option<int?> _atOnce = TypedOption.WholeNumber("--array-limit", 1, 100_000, "Slurm: tasks at once");
    private readonly Option<int?> _retries = TypedOption.WholeNumber("--retries", 0, 100,
        "Slurm: how often tasks that were killed are submitted again (default: 1)");
    private readonly Option<string[]> _more =
        new("--sbatch") { Description = "Slurm: a further option of sbatch, repeatable, e.g. --sbatch=--account=lab", HelpName = "OPTION",
        AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _detach =
        new("--detach") { Description = "Slurm: submit and do not wait; the same command later waits and merges" };

    public SlurmArguments(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    private Option[] All => [_partition, _time, _memory, _cores, _size, _atOnce, _retries, _more, _detach];

    /// <summary>The first of these options that was given; null for none.</summary>
    public string? Given(ParseResult parsed) => All.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    public bool Detached(ParseResult parsed) => parsed.GetValue(_detach);

    public SlurmOptions Read(ParseResult parsed) => new()
    {
        Partition = parsed.GetValue(_partition),
        Time = parsed.GetValue(_time),
        Memory = parsed.GetValue(_memory),
        Cores = parsed.GetValue(_cores) ?? 1,
        ArraySize = parsed.GetValue(_size),
        AtOnce = parsed.GetValue(_atOnce),
        Retries = parsed.GetValue(_retries) ?? 1,
        More = parsed.GetValue(_more) ?? [],
        Detach = parsed.GetValue(_detach),
        Tool = Tool(),
    };

    // This program as another process starts it: by itself, or by the runtime with its assembly.
    private static string[] Tool()
    {
        string process = Environment.ProcessPath ?? "tmesim", assembly = typeof(SlurmArguments).Assembly.Location;
        return Path.GetFileNameWithoutExtension(process) is "tmesim" || assembly.Length == 0 ? [process] : [process, assembly];
    }
}
