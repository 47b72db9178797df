using System.Diagnostics;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

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

    public void Finished(RunOutcome outcome)
    {
        if (outcome.Status == RunStatus.NothingToDo)
        {
            Console.Out.WriteLine("nothing to do: finished before (--force runs it again)");
        }

        if (outcome.Endpoints is { } endpoints)
        {
            EndpointText.Write(Console.Out, endpoints);
        }

        Console.Out.WriteLine(outcome.ReportPath ?? outcome.Folder);
    }

    public void Compared(CompareOutcome outcome)
    {
        EndpointText.Write(Console.Out, outcome.Endpoints);
        Console.Out.WriteLine(outcome.ReportPath ?? outcome.Folder);
    }

    public void Swept(SweepOutcome outcome)
    {
        if (outcome.Status == RunStatus.NothingToDo)
        {
            Console.Out.WriteLine("nothing to run: finished before");
        }

        Console.Out.WriteLine($"{outcome.Simulations - outcome.Missing - outcome.Failures.Count} of {outcome.Simulations} simulations finished, {outcome.Reused} of them before");
        Console.Out.WriteLine(outcome.ReportPath ?? outcome.TablePath ?? outcome.Folder);
    }

    public void Calibrated(CalibrationOutcome outcome)
    {
        if (outcome.Status == RunStatus.NothingToDo)
        {
            Console.Out.WriteLine("nothing to run: finished before");
        }

        foreach (FittedParameter p in outcome.Parameters)
        {
            Console.Out.WriteLine($"{p.Path}: {p.Median:G4} ({p.Low:G4} to {p.High:G4}){(p.Unit == "1" ? "" : " " + p.Unit)}");
        }

        Console.Out.WriteLine($"{outcome.Generations} complete generations, {outcome.Simulations} simulations");
        Console.Out.WriteLine(outcome.ScenarioPath ?? outcome.Folder);
        if (outcome.ReportPath is { } report)
        {
            Console.Out.WriteLine(report);
        }
    }

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

    public void Finished(RunOutcome outcome)
    {
    }

    public void Compared(CompareOutcome outcome)
    {
    }

    public void Swept(SweepOutcome outcome)
    {
    }

    public void Calibrated(CalibrationOutcome outcome)
    {
    }
}
