using System.Diagnostics;
using TmeSim.Experiments.Running;

namespace TmeSim.Cli.Progress;

/// <summary>Shows a run to the user.</summary>
internal interface IRunDisplay
{
    /// <summary>Called on the calling thread while <paramref name="run"/> works on another; returns when it is done.</summary>
    void Watch(RunProgress progress, Task run);

    /// <summary>An arm of a replicate is finished. Any thread.</summary>
    void ArmFinished(string arm, int replicate, double seconds);

    /// <summary>The work is over, or as far as it comes.</summary>
    void Finished(IOutcome outcome);
}

/// <summary>Works under a display and says how far it is.</summary>
internal static class RunDisplay
{
    /// <summary>Works on a thread of its own while the display watches.</summary>
    public static T Watch<T>(IRunDisplay display, RunProgress progress, Func<T> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        display.Watch(progress, task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Shows what came of the work.</summary>
    /// <returns>The exit code.</returns>
    public static int End(IRunDisplay display, IOutcome outcome, CliConsole console)
    {
        display.Finished(outcome);
        return outcome.Report(console.Error);
    }

    /// <summary>A line for each.</summary>
    public static void Warn(IEnumerable<string> warnings, TextWriter error)
    {
        foreach (string warning in warnings)
        {
            error.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>Share done and how fast, in words.</summary>
    public static string Describe(RunProgress progress, Stopwatch watch)
    {
        if (progress.Export is { } export)
        {
            double share = (double)export.Done / Math.Max(1, export.Total), spent = watch.Elapsed.TotalSeconds;
            return $"{100 * share:0} %, {export.Place}{(share > 0.01 ? $", {Duration(spent * (1 - share) / share)} left" : "")}";
        }

        if (progress.Stage is { } stage)
        {
            return $"{stage}, {Duration(watch.Elapsed.TotalSeconds)}";
        }

        double done = progress.StepsTotal == 0 ? 0 : (double)progress.StepsDone / progress.StepsTotal;
        double days = progress.StepsDone * progress.StepDays, seconds = watch.Elapsed.TotalSeconds;
        string runs = progress.Simulations is { } count
            ? $"{count.Done} of {count.Total} simulations{(count.Failed > 0 ? $" ({count.Failed} failed)" : "")}, " : "";
        if (progress.Simulations is not null && progress.StepsTotal == 0)
        {
            return runs.TrimEnd(',', ' ');
        }

        string left = done > 0.01 ? $", {Duration(seconds * (1 - done) / done)} left" : "";
        return $"{runs}{100 * done:0} %, {days:0} of {progress.StepsTotal * progress.StepDays:0} simulated days, "
            + $"{days / Math.Max(seconds, 0.001):0.0} days/s{left}";
    }

    /// <summary>Two digits or more, so that rounding does not change it by much.</summary>
    public static string Duration(double seconds) =>
        seconds < 9.95 ? $"{seconds:0.0} s" : seconds < 120 ? $"{seconds:0} s" : seconds < 600 ? $"{seconds / 60:0.0} min" : seconds < 5400
            ? $"{seconds / 60:0} min" : $"{seconds / 3600:0.0} h";
}
