using System.Globalization;

namespace TmeSim.Experiments.Running;

/// <summary>
/// Cores that the process really has: the runtime counts affinity and the quota of a container, Slurm says what it gave the task where it
/// binds nobody.
/// </summary>
internal static class MachineCores
{
    /// <summary>At least 1.</summary>
    public static int Count { get; } = Of(Environment.ProcessorCount, Environment.GetEnvironmentVariable);

    /// <summary>Of so many that the runtime counts.</summary>
    public static int Of(int counted, Func<string, string?> variable) => variable("SLURM_JOB_ID") is not null
        && int.TryParse(variable("SLURM_CPUS_PER_TASK"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given > 0
            ? Math.Clamp(given, 1, Math.Max(1, counted)) : Math.Max(1, counted);

    /// <summary>Jobs and threads that together take no more than there are.</summary>
    /// <param name="jobs">Simulations at once; null for as many as cores.</param>
    /// <param name="threads">Threads inside each; null to leave it to the fit.</param>
    /// <param name="cores">Cores, at least 1.</param>
    /// <returns>What is taken, and what is said where it is less than was asked for.</returns>
    public static (int Jobs, int? Threads, string? Note) Share(int? jobs, int? threads, int cores)
    {
        int? inside = threads is { } asked ? Math.Min(asked, cores) : null;
        int most = Math.Max(1, cores / (inside ?? 1)), atOnce = Math.Min(jobs ?? cores, most);
        string? note = (jobs is null || atOnce == jobs) && inside == threads ? null : string.Create(CultureInfo.InvariantCulture,
            $"{atOnce} at once with {inside ?? 1} thread{(inside > 1 ? "s" : "")} each: this process has {cores} core{(cores == 1 ? "" : "s")}");
        return (atOnce, inside, note);
    }
}
