using System.Diagnostics;
using TmeSim.Experiments.Bench;

namespace TmeSim.Benchmarks;

/// <summary>What a user waits for.</summary>
internal static class MacroRuns
{
    private const int Repeats = 3;

    /// <summary>Seconds of a patient-year: 8,760 steps of 128² sites, one thread; scaled up from two weeks when quick. Each batch is a patient.</summary>
    public static BatchTimes PatientYear(bool quick) =>
        SteadyClock.Measure(() => BenchScene.PatientYear(128, quick ? 14 : BenchScene.YearDays, CancellationToken.None), Repeats);

    /// <summary>Seconds of <c>tmesim run quick-start.yaml</c> each in a process of its own, report and figures included.</summary>
    public static BatchTimes QuickStart() => new(Enumerable.Range(0, Repeats).Select(_ => Run()), null, 0);

    private static double Run()
    {
        string folder = Directory.CreateTempSubdirectory("tmesim-bench-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            string scenario = Path.Combine(AppContext.BaseDirectory, "scenarios", "quick-start.yaml");
            foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tmesim.dll"), "run", scenario, "--out", folder, "--quiet"])
            {
                start.ArgumentList.Add(argument);
            }

            long from = Stopwatch.GetTimestamp();
            using Process run = Process.Start(start)!;
            Task<string> errors = run.StandardError.ReadToEndAsync();
            run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            double seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
            return run.ExitCode == 0 ? seconds : throw new InvalidOperationException($"tmesim ended with code {run.ExitCode}: {errors.Result}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
