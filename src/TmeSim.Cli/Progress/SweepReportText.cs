using TmeSim.Experiments.Work;

namespace TmeSim.Cli.Progress;

/// <summary>Says what a sweep left undone, and gives the exit code.</summary>
internal static class SweepReportText
{
    private const int Shown = 5;

    /// <param name="outcome">How it came out.</param>
    /// <param name="console">Where to write.</param>
    /// <param name="detached">The rest is at work elsewhere.</param>
    /// <param name="command">Command that runs what is missing; null for this one.</param>
    public static int Write(SweepOutcome outcome, CliConsole console, bool detached, string? command = null)
    {
        foreach (SweepFailure failure in outcome.Failures.Take(Shown))
        {
            console.Error.WriteLine($"error: point {failure.Point} ({failure.Place}), {failure.Arm}, replicate {failure.Replicate}: {failure.Reason}");
        }

        if (outcome.Failures.Count > 0)
        {
            console.Error.WriteLine($"{outcome.Failures.Count} of {outcome.Simulations} simulations failed{(outcome.Failures.Count > Shown ? $", {Shown} of them above" : "")}; --retry-failed runs them again");
        }

        if (outcome.EndedEarly > 0)
        {
            console.Error.WriteLine(
                $"warning: {outcome.EndedEarly} of {outcome.Simulations} simulations stopped before their duration because a tumour came near the wall; their later outputs are empty (status ended_early); a larger tissue.size avoids it");
        }

        if (outcome.Missing > 0)
        {
            console.Error.WriteLine(detached
                ? $"submitted: {outcome.Missing} of {outcome.Simulations} simulations are to come; run the same command to wait for them and merge"
                : $"{outcome.Missing} of {outcome.Simulations} simulations are missing; {(command is null ? "run the same command to go on" : $"'{command}' runs them")}");
        }

        return outcome.Missing > 0 ? (detached ? ExitCode.Done : command is null ? ExitCode.Interrupted : ExitCode.Failed) : outcome.Failures.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
