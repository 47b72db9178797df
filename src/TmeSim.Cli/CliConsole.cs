namespace TmeSim.Cli;

/// <summary>Where a command writes: results on <paramref name="Out"/>, errors, warnings and progress on <paramref name="Error"/>.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors, warnings, progress.</param>
/// <param name="IsTerminal">Progress goes to a terminal and may move its cursor.</param>
public sealed record CliConsole(TextWriter Out, TextWriter Error, bool IsTerminal)
{
    /// <summary>The streams of the process, whether or not they are open.</summary>
    public static CliConsole OfProcess() =>
        new(new GuardedWriter(() => Console.Out), new GuardedWriter(() => Console.Error), !Console.IsErrorRedirected);

    /// <summary>The same with streams that never throw.</summary>
    internal CliConsole Guarded() => this with { Out = GuardedWriter.Around(Out), Error = GuardedWriter.Around(Error) };
}

/// <summary>Exit codes of the tool.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The run failed.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    public const int InvalidScenario = 3;

    /// <summary>Files of a finished folder are not those that were written: nothing was made of them, or only of what is intact.</summary>
    public const int Damaged = 4;

    public const int Interrupted = 130;
}

/// <summary>A message for the user that ends a command.</summary>
#pragma warning disable CA1032 // Without an exit code it would say nothing.
internal sealed class CliException(int exitCode, string message) : Exception(message)
#pragma warning restore CA1032
{
    public int ExitCode { get; } = exitCode;
}
