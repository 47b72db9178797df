using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>A scenario that runs in about a second: 40 × 40 sites, two arms.</summary>
internal static class SmallScenario
{
    public const string Text = """
        schema: tmesim/1
        name: Small two arms
        preset: clinical
        seed: 7
        replicates: 2
        time: {burn_in: 4 d, duration: 6 d, record_every: 1 d}
        tissue: {size: [0.8 mm, 0.8 mm]}
        lesions:
          - name: primary
            diameter: 30 mm
            tumor: {radius: 0.2 mm, doubling_time: 60 d, clones: [{name: low antigen, fraction: 0.2, antigenicity: 0.1}]}
            immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 0.4}
            vessels: {density: 60 /mm2, maturity: 0.4}
        arms:
          - name: Control
          - name: Atezo + Bev
            therapy:
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}
        """;

    /// <summary>The same tissue, patient and seed under another name, with other arms.</summary>
    public static string WithArms(string name, string arms) =>
        Text[..Text.IndexOf("arms:", StringComparison.Ordinal)].Replace("name: Small two arms", $"name: {name}", StringComparison.Ordinal) + arms;

    public static ScenarioDefinition Read(params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Text, overrides: new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tmesim-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
