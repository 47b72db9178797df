namespace TmeSim.Experiments;

/// <summary>How far a run is. Simulations count their steps here from any thread; a display reads when it likes.</summary>
public sealed class RunProgress
{
    private long _stepsDone;

    /// <summary>Steps of all simulations that the run has to do, burn-ins included; 0 before it starts.</summary>
    public long StepsTotal { get; internal set; }

    /// <summary>Steps done so far.</summary>
    public long StepsDone => Interlocked.Read(ref _stepsDone);

    /// <summary>Length of a step [d].</summary>
    public double StepDays { get; internal set; }

    /// <summary>Called when an arm of a replicate is finished: arm name, replicate, seconds. May come from any thread.</summary>
    public Action<string, int, double>? ArmFinished { get; init; }

    internal void Advance(long steps = 1) => Interlocked.Add(ref _stepsDone, steps);
}
