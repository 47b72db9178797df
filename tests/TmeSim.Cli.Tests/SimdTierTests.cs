using System.Diagnostics;
using System.Runtime.Intrinsics;
using TmeSim.Experiments.Folders;

namespace TmeSim.Cli.Tests;

/// <summary>
/// The same bits at every width of vectors that the runtime can be told to use, in two and three dimensions, on the scenario in which
/// every mechanism acts (tests/scenarios/every-mechanism.yaml, held by EveryMechanismTests of the engine).
/// </summary>
public sealed class SimdTierTests : InFolder
{
    [Theory]
    [InlineData("[0.94 mm, 0.74 mm]", "0.26 mm", "0.18 mm")]
    [InlineData("[0.54 mm, 0.5 mm, 0.48 mm]", "0.13 mm", "0.1 mm")]
    public void Run_AtEveryVectorWidth_GivesTheSameBits(string size, string firstRadius, string secondRadius)
    {
        string[] sets = [$"tissue.size={size}", $"lesions[primary].tumor.radius={firstRadius}", $"lesions[second].tumor.radius={secondRadius}"];
        Tier widest = Run(sets, "widest");
        Tier noAvx512 = Run(sets, "avx2", ("DOTNET_EnableAVX512", "0"));
        Tier noAvx2 = Run(sets, "sse", ("DOTNET_EnableAVX2", "0"));
        Tier none = Run(sets, "none", ("DOTNET_EnableHWIntrinsic", "0"));

        // Proof that the switches took effect: what the child found.
        Assert.Equal(ToolInfo.Cpu().Simd, widest.Simd);
        Assert.NotEqual("Vector512", noAvx512.Simd);
        Assert.Equal(Vector128.IsHardwareAccelerated ? "Vector128" : "none", noAvx2.Simd);
        Assert.Equal("none", none.Simd);
        foreach (Tier tier in (Tier[])[noAvx512, noAvx2, none])
        {
            Assert.Equal(widest.Hashes, tier.Hashes);
            Assert.Equal(widest.Table, tier.Table);
        }
    }

    private Tier Run(string[] sets, string name, params (string Name, string Value)[] switches)
    {
        string runs = Path.Combine(Folder, name), file = Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tmesim.dll"), "run", file, .. sets.SelectMany(set => new[] { "--set", set }), "--out", runs, "--no-figures", "--quiet"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string variable, string value) in switches)
        {
            start.Environment[variable] = value;
        }

        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        string error = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"{name}: {error}{output.Result}");
        string folder = Directory.GetDirectories(runs).Single();
        Manifest manifest = Manifest.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")))!;
        Assert.NotEmpty(manifest.StateHashes);
        return new Tier(manifest.Cpu.Simd, [.. manifest.StateHashes.Select(h => h.Hash)], File.ReadAllText(Path.Combine(folder, "timeseries.csv")));
    }

    private sealed record Tier(string Simd, string[] Hashes, string Table);
}
