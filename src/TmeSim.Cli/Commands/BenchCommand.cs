using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TmeSim.Engine;
using TmeSim.Experiments.Bench;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim bench</c>: how fast the engine runs on this machine.</summary>
internal static class BenchCommand
{
    private const int StartupSites = 64;
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public static Command Create(CliConsole console, CancellationToken cancellation)
    {
        var quick = new Option<bool>("--quick") { Description = "Shorter and rougher: within a minute" };
        var json = new Option<bool>("--json") { Description = "Write one JSON object" };
        var firstStep = new Option<bool>("--first-step") { Description = "Run one step and stop", Hidden = true };
        var command = new Command("bench", "Measure the speed of the engine on this machine; let nothing else run beside it");
        foreach (Option option in (Option[])[quick, json, firstStep])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(firstStep))
            {
                using Simulation simulation = BenchScene.At(StartupSites, 0, 1.0 / 24, 1, cancellation);
                return ExitCode.Done;
            }

            BenchResult result = new BenchSuite(parsed.GetValue(quick), what => console.Error.WriteLine(what), cancellation).Run();
            result = result with { Benchmarks = [.. result.Benchmarks, .. Startup(parsed.GetValue(quick) ? 3 : 7)] };
            foreach (string warning in result.Warnings)
            {
                console.Error.WriteLine($"warning: {warning}");
            }

            if (parsed.GetValue(json))
            {
                console.Out.WriteLine(JsonSerializer.Serialize(result, Json));
            }
            else
            {
                Write(console.Out, result);
            }

            return ExitCode.Done;
        });
        return command;
    }

    // The whole way from the start of a process through scenario and seeding to the end of the first step, in a child.
    private static IEnumerable<BenchRecord> Startup(int repeats)
    {
        string? program = Environment.ProcessPath;
        if (program is null)
        {
            yield break;
        }

        bool host = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var times = new List<double>();
        for (int i = 0; i < repeats; i++)
        {
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in host ? [Path.Combine(AppContext.BaseDirectory, "tmesim.dll"), "bench", "--first-step"]
                : (string[])["bench", "--first-step"])
            {
                start.ArgumentList.Add(argument);
            }

            long from = Stopwatch.GetTimestamp();
            using Process child = Process.Start(start)!;
            child.WaitForExit();
            if (child.ExitCode != 0)
            {
                throw new CliException(ExitCode.Failed, $"the child process that measures the start ended with code {child.ExitCode}");
            }

            times.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
        }

        var spread = new BatchTimes(times, null, 0);
        yield return new BenchRecord { Name = "startup", Seconds = spread.Median }.With(spread);
    }

    private static void Write(TextWriter writer, BenchResult result)
    {
        writer.WriteLine($"{result.Simd}, {result.Cores} cores");
        foreach (BenchRecord r in result.Benchmarks)
        {
            string size = r.Size is null ? "" : string.Join('x', r.Size);
            string[] parts =
            [
                Part(r.NsPerSite, "0.00", "ns/site", r), Part(r.Seconds, "0.000", "s", r), Part(r.Ratio, "0.00", "x with 2 threads", r),
                Part(r.Bytes, "0.0", "bytes/site"), Part(r.Cycles, "0.0", "cycles"), Part(r.Reduction, "0.0", "x less residual per cycle"),
                Part(r.Residual, "0.0e0", "residual"),
                r.MeasuredDays is < 365 ? $"from {r.MeasuredDays:0} d" : "",
            ];
            writer.WriteLine($"{r.Name,-15} {size,-12} {string.Join(", ", parts.Where(p => p.Length > 0))}");
        }
    }

    private static string Part(double? value, string format, string unit) =>
        value is { } v ? $"{v.ToString(format, CultureInfo.InvariantCulture)} {unit}" : "";

    // The median with the quartiles of its batches.
    private static string Part(double? value, string format, string unit, BenchRecord r) => value is { } v
        ? string.Create(CultureInfo.InvariantCulture, $"{v.ToString(format, CultureInfo.InvariantCulture)} ({r.Low?.ToString(format,
            CultureInfo.InvariantCulture)}–{r.High?.ToString(format, CultureInfo.InvariantCulture)}) {unit}")
        : "";
}
