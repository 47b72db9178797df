using System.Diagnostics;
using System.Globalization;

namespace TmeSim.Experiments.Running;

/// <summary>
/// Time that this thread was at work on a core. Others that share the machine make it wait, which does not count; where the system does not
/// tell (other than Linux), the time of the wall stands in for it.
/// </summary>
internal static class ThreadClock
{
    private const string Path = "/proc/thread-self/schedstat";

    /// <summary>The system tells waiting from working.</summary>
    public static bool KnowsWaiting { get; } = Read() is not null;

    /// <summary>Seconds at work since some moment; only differences on one thread mean something.</summary>
    public static double Seconds() => KnowsWaiting ? Read() ?? 0 : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    // "time on a core [ns], time waiting for one [ns], turns"
    private static double? Read()
    {
        try
        {
            string text = File.ReadAllText(Path);
            return long.TryParse(text.AsSpan(0, Math.Max(0, text.IndexOf(' '))), NumberStyles.None, CultureInfo.InvariantCulture,
                out long nanoseconds) ? nanoseconds / 1e9 : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
