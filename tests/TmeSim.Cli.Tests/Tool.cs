using System.Diagnostics;

namespace TmeSim.Cli.Tests;

/// <summary>The tool as a process of its own.</summary>
internal static class Tool
{
    /// <summary>The assembly that <c>dotnet</c> starts.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "tmesim.dll");

    /// <summary>Full path of the runtime's host.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(d => System.IO.Path.Combine(d, "dotnet")).First(File.Exists);

    /// <summary>Starts it; both streams are to be read.</summary>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) => Start("dotnet", [Path, .. arguments], environment);

    /// <summary>Starts a program.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Out, string Error)> Run(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Start(arguments, environment);
        return await Ended(process);
    }

    /// <summary>Waits for a process.</summary>
    public static async Task<(int Code, string Out, string Error)> Ended(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
