using System.Diagnostics;
using System.Runtime.Intrinsics;
using TmeSim.Experiments;

namespace TmeSim.Cli.Tests;

/// <summary>The same bits at every width of vectors that the runtime can be told to use, in two and three dimensions.</summary>
public sealed class SimdTierTests : InFolder
{
    private const string Rich = """
        schema: tmesim/1
        name: Every mechanism
        seed: 11
        replicates: 1
        time: {burn_in: 3 d, duration: 4 d, record_every: 1 d}
        tissue: {size: SIZE}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.2 mm, doubling_time: 60 d, nek9: 1.5, clones: [{name: low, fraction: 0.3, antigenicity: 0.2, nek9: 0.5}]}
            immune: {pattern: excluded, cd8: 300 /mm2, macrophages: 300 /mm2, cd163_fraction: 0.5}
            vessels: {density: 30 /mm2, maturity: 0.4}
            stroma: {density: 0.4}
        patient: {nlr: 4}
        arms:
          - name: Everything
            therapy:
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}
              - {drug: emactuzumab, dose: 100 mg, every: 2 weeks}
        """;

    [Theory]
    [InlineData("[0.94 mm, 0.74 mm]")]
    [InlineData("[0.74 mm, 0.66 mm, 0.64 mm]")]
    public void Run_AtEveryVectorWidth_GivesTheSameBits(string size)
    {
        string file = Write("rich.yaml", Rich.Replace("SIZE", size));
        Tier widest = Run(file, "widest");
        Tier noAvx512 = Run(file, "avx2", ("DOTNET_EnableAVX512", "0"));
        Tier noAvx2 = Run(file, "sse", ("DOTNET_EnableAVX2", "0"));
        Tier none = Run(file, "none", ("DOTNET_EnableHWIntrinsic", "0"));

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

    private Tier Run(string file, string name, params (string Name, string Value)[] switches)
    {
        string runs = Path.Combine(Folder, name);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "tmesim.dll"), "run", file, "--out", runs, "--no-figures", "--quiet"])
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
