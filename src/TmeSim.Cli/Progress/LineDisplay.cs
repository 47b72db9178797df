using System.Diagnostics;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Progress;

/// <summary>A plain line every few seconds, for logs and pipes; the results as a plain table.</summary>
internal class LineDisplay(CliConsole console) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected CliConsole Console { get; } = console;

    public virtual void Watch(RunProgress progress, Task run)
    {
        var watch = Stopwatch.StartNew();
        while (!Wait(run, Interval))
        {
            Console.Error.WriteLine(RunDisplay.Describe(progress, watch));
        }
    }

    public virtual void ArmFinished(string arm, int replicate, double seconds) =>
        Console.Error.WriteLine($"finished {arm}, replicate {replicate} ({RunDisplay.Duration(seconds)})");

    public void Finished(IOutcome outcome) => outcome.Write(Console.Out);

    /// <summary>True when the run is over; its exception is left for the caller.</summary>
    protected static bool Wait(Task run, TimeSpan time) => Task.WhenAny(run, Task.Delay(time)).GetAwaiter().GetResult() == run;
}

/// <summary>Says nothing; errors are written by the caller.</summary>
internal sealed class QuietDisplay : IRunDisplay
{
    public void Watch(RunProgress progress, Task run) => Task.WhenAny(run).GetAwaiter().GetResult();

    public void ArmFinished(string arm, int replicate, double seconds)
    {
    }

    public void Finished(IOutcome outcome)
    {
    }
}
