using System.Diagnostics;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Progress;

/// <summary>Shows a run to the user.</summary>
internal interface IRunDisplay
{
    /// <summary>Called on the calling thread while <paramref name="run"/> works on another; returns when it is done.</summary>
    void Watch(RunProgress progress, Task run);

    /// <summary>An arm of a replicate is finished. Any thread.</summary>
    void ArmFinished(string arm, int replicate, double seconds);

    /// <summary>The run is over.</summary>
    void Finished(RunOutcome outcome);

    /// <summary>A comparison is drawn.</summary>
    void Compared(CompareOutcome outcome);

    /// <summary>A sweep is over, or as far as it comes.</summary>
    void Swept(SweepOutcome outcome);

    /// <summary>A calibration is over, or as far as it comes.</summary>
    void Calibrated(CalibrationOutcome outcome);
}

/// <summary>Runs a request under a display and says how it came out.</summary>
internal static class RunDisplay
{
    /// <summary>Runs while the display watches; warnings and the profile go to the error stream.</summary>
    public static RunOutcome Watch(RunRequest request, IRunDisplay display, RunProgress progress, CliConsole console, CancellationToken cancellation)
    {
        RunOutcome outcome = Watch(display, progress, () => RunSession.Execute(request, progress, cancellation));
        if (progress.Profile() is { Steps: > 0 } measured)
        {
            ProfileTable.Write(console.Error, measured);
        }

        return outcome;
    }

    /// <summary>Works on a thread of its own while the display watches.</summary>
    public static T Watch<T>(IRunDisplay display, RunProgress progress, Func<T> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        display.Watch(progress, task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Says what went wrong or missed its mark, and gives the exit code.</summary>
    public static int Report(RunOutcome outcome, CliConsole console)
    {
        Warn([.. outcome.BaselineMisses, .. outcome.EarlyEnds, .. outcome.Remarks], console);

        switch (outcome.Status)
        {
            case RunStatus.Failed:
                console.Error.WriteLine($"error: {outcome.Manifest.Error}; see {Path.Combine(outcome.Folder, "log.txt")}");
                return ExitCode.Failed;
            case RunStatus.Interrupted:
                console.Error.WriteLine($"interrupted: {outcome.Manifest.Done.Count} arm x replicate written, missing {Names(outcome.Manifest.Missing)}; run the same command to go on");
                return ExitCode.Interrupted;
            default:
                return ExitCode.Done;
        }
    }

    /// <summary>Says what was left out of a comparison because it is damaged or cannot be drawn, and gives the exit code.</summary>
    public static int Report(CompareOutcome outcome, CliConsole console)
    {
        Warn([.. outcome.Cautions, .. outcome.Remarks], console);
        return outcome.Damage.Count > 0 ? ExitCode.Damaged : ExitCode.Done;
    }

    /// <summary>A line on the error stream for each.</summary>
    public static void Warn(IEnumerable<string> warnings, CliConsole console)
    {
        foreach (string warning in warnings)
        {
            console.Error.WriteLine($"warning: {warning}");
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
        string runs = progress.Simulations is { } sweep ? $"{sweep.Done} of {sweep.Total} simulations{(sweep.Failed > 0 ? $" ({sweep.Failed} failed)" : "")}, " : "";
        if (progress.Simulations is not null && progress.StepsTotal == 0)
        {
            return runs.TrimEnd(',', ' ');
        }

        string left = done > 0.01 ? $", {Duration(seconds * (1 - done) / done)} left" : "";
        return $"{runs}{100 * done:0} %, {days:0} of {progress.StepsTotal * progress.StepDays:0} simulated days, {days / Math.Max(seconds, 0.001):0.0} days/s{left}";
    }

    /// <summary>Two digits or more, so that rounding does not change it by much.</summary>
    public static string Duration(double seconds) =>
        seconds < 9.95 ? $"{seconds:0.0} s" : seconds < 120 ? $"{seconds:0} s" : seconds < 600 ? $"{seconds / 60:0.0} min" : seconds < 5400 ? $"{seconds / 60:0} min" : $"{seconds / 3600:0.0} h";

    private static string Names(IReadOnlyList<ArmReplicate> missing)
    {
        const int shown = 6;
        string text = string.Join(", ", missing.Take(shown).Select(m => $"{m.Arm} #{m.Replicate}"));
        return missing.Count > shown ? $"{text} and {missing.Count - shown} more" : text;
    }
}
