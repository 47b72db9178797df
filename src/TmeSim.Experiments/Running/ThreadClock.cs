using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TmeSim.Experiments.Running;

/// <summary>
/// Time that this thread was at work on a core, to the nanosecond. Others that share the machine make it wait, which does not count; where
/// the system does not tell (other than Linux), the time of the wall stands in for it.
/// </summary>
internal static class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int OfThread = 3;

    /// <summary>The system tells waiting from working.</summary>
    public static bool KnowsWaiting { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess && Read() is not null;

    /// <summary>Seconds at work since some moment; only differences on one thread mean something.</summary>
    public static double Seconds() => KnowsWaiting ? Read() ?? 0 : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static double? Read()
    {
        try
        {
            return ClockGetTime(OfThread, out TimeSpec time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds, Nanoseconds;
    }
}
