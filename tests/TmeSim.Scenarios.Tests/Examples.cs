using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>Scenario texts that several tests start from.</summary>
internal static class Examples
{
    public const string Inflamed = """
        # yaml-language-server: $schema=../scenario.schema.json
        schema: tmesim/1
        name: Atezolizumab + bevacizumab in an inflamed tumour
        preset: clinical
        seed: 42
        replicates: 8
        time: {burn_in: 70 d, duration: 26 weeks, step: 1 h, record_every: 1 d, snapshot_every: 2 weeks}
        tissue: {size: [4 mm, 4 mm], spacing: 20 um}
        lesions:
          - name: primary
            diameter: 45 mm
            tumor: {radius: 0.8 mm, doubling_time: 140 d, antigenicity: 0.6, nek9: 1.0, clones: [{name: cold, fraction: 1e-3, antigenicity: 0.1}]}
            immune: {pattern: inflamed, cd8: 120 /mm2, macrophages: 200 /mm2, cd163_fraction: 40 %}
            vessels: {density: 60 /mm2, maturity: 0.4}
            stroma: {density: 0.2}
        patient: {nlr: 2.4, weight: 70 kg, child_pugh: A, mean_liver_dose: 8 Gy}
        parameters: {cd8.kill_rate: 2 /d}
        mechanisms: {nek9.chemokine: off}
        arms:
          - {name: Control}
          - name: Atezo + Bev
            therapy:
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks, until: progression}
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks, cycles: 8}
          - name: Atezo + Bev, macrophages not suppressive
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]
            mechanisms: {macrophage.suppression: off}
        figures:
          - {plot: time_course, measures: [tumor_volume_change, cd8_core_per_mm2]}
          - {plot: tissue, times: [0 d, 6 weeks, 26 weeks], layers: [cells, vessels]}
          - {plot: field, field: oxygen, times: [6 weeks]}

        """;

    /// <summary>The shortest scenario.</summary>
    public const string Minimal = """
        schema: tmesim/1
        name: Minimal
        lesions:
          - name: primary

        """;

    /// <summary>The folder of TmeSim.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads a text that must be valid.</summary>
    public static ScenarioDefinition Valid(string text, ScenarioOverrides? overrides = null, string? directory = null)
    {
        ScenarioResult result = ScenarioReader.ReadText(text, directory: directory, overrides: overrides);
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    /// <summary>The errors of a text that must not be valid.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string text, params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(text, overrides: new() { Sets = sets });
        Assert.False(result.IsValid);
        return [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TmeSim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("the folder of TmeSim.sln is not above that of the tests");
    }
}
