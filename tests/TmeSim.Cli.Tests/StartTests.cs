namespace TmeSim.Cli.Tests;

public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-start").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task NothingDrawn_LoadsNoDrawingLibrary()
    {
        // A copy of the tool whose drawing libraries are empty: loading one would end it.
        string[] files = [.. Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".json")];
        foreach (string file in files)
        {
            string copy = Path.Combine(_folder, Path.GetFileName(file));
            if (Path.GetFileName(file) is "ScottPlot.dll" or "SkiaSharp.dll")
            {
                await File.WriteAllBytesAsync(copy, [], TestContext.Current.CancellationToken);
            }
            else
            {
                File.Copy(file, copy);
            }
        }

        string tool = Path.Combine(_folder, "tmesim.dll"), scenario = Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml");
        string[][] commands =
        [
            ["--help"],
            ["validate", scenario],
            ["run", scenario, "--set", "time.burn_in=1 h", "--set", "time.duration=2 h", "--replicates", "1", "--out", _folder, "--no-figures"],
        ];
        foreach (string[] command in commands)
        {
            using System.Diagnostics.Process process = Tool.Start("dotnet", [tool, .. command]);
            (int code, string said, string error) = await Tool.Ended(process);
            Assert.True(code == 0, $"{string.Join(' ', command)}: {said} {error}");
        }
    }
}
