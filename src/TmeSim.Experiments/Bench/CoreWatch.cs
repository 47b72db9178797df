using System.Globalization;

namespace TmeSim.Experiments.Bench;

/// <summary>What else ran on the machine while something was measured. Linux tells; other systems do not, and then all values are null.</summary>
public sealed class CoreWatch
{
    /// <summary>More cores that other programs keep busy disturb figures.</summary>
    public const double OthersAtMost = 0.1;

    /// <summary>A larger share of the cores that the host takes disturbs figures.</summary>
    public const double StolenAtMost = 0.01;

    private const string Tasks = "/proc/self/task";
    private const string Machine = "/proc/stat";
    private readonly CpuTicks? _start = Ticks();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;

    /// <summary>Cores that other programs kept busy on the mean since this watch was made, and the share of all cores that the host took.</summary>
    public (double OtherCores, double Stolen)? Others()
    {
        if (_start is not { } from || Ticks() is not { } to || to.All <= from.All)
        {
            return null;
        }

        double all = to.All - from.All;
        double cores = Environment.ProcessorCount;
        double own = (Environment.CpuUsage.TotalTime - _own).TotalSeconds * TicksPerSecond / all * cores;
        double busy = (to.Busy - from.Busy) / all * cores;
        return (Math.Max(0, busy - own), (to.Stolen - from.Stolen) / all);
    }

    /// <summary>Seconds that this thread, or all threads of the process together, have waited for a core so far; null where the system does not tell.</summary>
    /// <param name="all">All threads of the process.</param>
    public static double? WaitedSeconds(bool all)
    {
        try
        {
            if (!all)
            {
                return Waited("/proc/thread-self/schedstat");
            }

            double waited = 0;
            foreach (string task in Directory.EnumerateDirectories(Tasks))
            {
                waited += Waited(Path.Combine(task, "schedstat"));
            }

            return waited;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Kernel's unit of /proc/stat on all architectures that .NET runs on.
    private const double TicksPerSecond = 100;

    // "time on a core [ns], time waiting for one [ns], turns"; a thread that has ended meanwhile waited for nothing.
    private static double Waited(string path)
    {
        try
        {
            string[] parts = File.ReadAllText(path).Split(' ');
            return parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long nanoseconds)
                ? nanoseconds / 1e9 : 0;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return File.Exists("/proc/self/schedstat") ? 0 : throw new IOException("no waiting times");
        }
    }

    // "cpu  user nice system idle iowait irq softirq steal guest guest_nice" in ticks, summed over cores.
    private static CpuTicks? Ticks()
    {
        try
        {
            string[] parts = File.ReadLines(Machine).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            double[] ticks = [.. parts.Skip(1).Take(8).Select(p => double.Parse(p, CultureInfo.InvariantCulture))];
            double all = ticks.Sum(), idle = ticks[3] + ticks[4], stolen = ticks[7];
            return new CpuTicks(all, all - idle - stolen, stolen);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException
            or InvalidOperationException)
        {
            return null;
        }
    }

    private readonly record struct CpuTicks(double All, double Busy, double Stolen);
}
