namespace TmeSim.Experiments.Running;

/// <summary>How far a run is. Simulations count their steps here from any thread; a display reads when it likes.</summary>
public sealed class RunProgress
{
    private readonly List<StepProfile> _profiles = [];
    private long _stepsDone;

    /// <summary>Steps of all simulations that the run has to do, burn-ins included; 0 before it starts.</summary>
    public long StepsTotal { get; internal set; }

    /// <summary>Steps done so far.</summary>
    public long StepsDone => Interlocked.Read(ref _stepsDone);

    /// <summary>Length of a step [d].</summary>
    public double StepDays { get; internal set; }

    /// <summary>Simulations, where they are counted; null otherwise.</summary>
    public WorkCount? Simulations { get; internal set; }

    /// <summary>Tables and frames of an export; null outside one.</summary>
    public ExportCount? Export { get; internal set; }

    /// <summary>What is being done, in words; null for nothing to say.</summary>
    public string? Stage { get; internal set; }

    /// <summary>Called when an arm of a replicate is finished: arm name, replicate, seconds. May come from any thread.</summary>
    public Action<string, int, double>? ArmFinished { get; init; }

    /// <summary>
    /// Told what the user should know about how the run is done, before it begins: fewer jobs than asked for, states on disk.
    /// </summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Told what of an earlier run was damaged and where it is now, before it is run again.</summary>
    public Action<string>? Warning { get; init; }

    /// <summary>
    /// Told whenever steps are counted, on the thread that counts them: how many were done, come with a state that was read, or are left out
    /// by an arm that ended early; 0 among them. A simulation waits meanwhile.
    /// </summary>
    internal Action<long>? Advanced { get; init; }

    /// <summary>Measure the parts of each step. The times of simulations that run at once share the memory of the machine.</summary>
    public bool WantsProfile { get; init; }

    /// <summary>What was measured, over all simulations so far; null when no profile was wanted.</summary>
    public StepProfile? Profile()
    {
        lock (_profiles)
        {
            return WantsProfile ? StepProfile.Sum(_profiles) : null;
        }
    }

    /// <summary>A probe for one simulation; null when no profile is wanted.</summary>
    internal StepProfile? NewProbe()
    {
        if (!WantsProfile)
        {
            return null;
        }

        var probe = new StepProfile();
        lock (_profiles)
        {
            _profiles.Add(probe);
        }

        return probe;
    }

    /// <summary>Counts steps.</summary>
    internal void Advance(long steps = 1)
    {
        Interlocked.Add(ref _stepsDone, steps);
        Advanced?.Invoke(steps);
    }
}

/// <summary>How far an export is.</summary>
/// <param name="Done">Snapshots done, once for every file that they go into.</param>
/// <param name="Total">All of them.</param>
/// <param name="Place">File and snapshot in work.</param>
public sealed record ExportCount(int Done, int Total, string Place);

/// <summary>How far simulations are that are counted one by one.</summary>
/// <param name="Done">Finished or failed so far, those of earlier sessions among them.</param>
/// <param name="Total">All simulations.</param>
/// <param name="Failed">Of these, failed.</param>
public readonly record struct WorkCount(int Done, int Total, int Failed);
