using System.Diagnostics;

namespace TmeSim.Experiments.Tests.Exports;

/// <summary>
/// Python of the system with the packages that read what is exported. Without them tests are skipped, or fail when TMESIM_REQUIRE_PYTHON is 1.
/// </summary>
internal static class PythonJudge
{
    private const string Install = "apt-get install python3-anndata python3-zarr python3-pandas python3-vtk9";

    private static string Program => Environment.GetEnvironmentVariable("TMESIM_PYTHON") ?? "/usr/bin/python3";

    /// <summary>Runs a script that stands beside the tests.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(string script, params string[] arguments)
    {
        (int missing, _, string why) = Start(["-c", "import anndata, zarr, pandas, vtk"]);
        if (missing != 0)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("TMESIM_REQUIRE_PYTHON") == "1", $"{Install}: {why.Trim().Split('\n')[^1]}");
            Assert.Fail(Install);
        }

        (int code, string said, string error) = Start([Path.Combine(AppContext.BaseDirectory, script), .. arguments]);
        Assert.True(code == 0, error);
        return said.Trim();
    }

    private static (int Code, string Out, string Error) Start(IEnumerable<string> arguments)
    {
        if (!File.Exists(Program))
        {
            return (1, "", $"no {Program}");
        }

        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said, error.Result);
    }
}
