using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Science.Tests.Patients;

/// <summary>
/// A cohort of virtual patients: what comes out before therapy against published marginals, responses by arm against published trials, fits and predictions apart
/// (FINDINGS.md 2.8). At full size it runs for an hour on two cores and goes on where it was stopped:
/// TMESIM_COHORT=DIR dotnet test tests/TmeSim.Science.Tests -c Release --filter "FullyQualifiedName~PatientCohort".
/// </summary>
public sealed class PatientCohortTests
{
    public const string Arms = """
        arms:
          - name: A
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
          - name: A+B
            therapy: [{regimen: atezolizumab-bevacizumab}]
          - name: S
            therapy: [{regimen: sorafenib}]

        """;

    private static readonly string[] Baseline =
    [
        "nlr", "lymphocyte_level", "effector_level", "cd8_bed_per_mm2", "cd8_core_per_mm2", "cd8_margin_per_mm2", "cd8_phenotype", "cd8_exhausted_fraction",
        "macrophages_bed_per_mm2", "cd163_fraction", "vessels_per_mm2", "maturity_mean", "hypoxic_fraction", "ifng_mean", "ifng_score", "pdl1_mean",
        "funcn_cd8_tumor", "funcn_cd8_macrophage", "cd8_stroma_parenchyma_ratio", "tile_cd8_bed_sd_per_mm2",
    ];

    private static readonly string[] Series =
    [
        "tumor_volume_change", "cd8_bed_per_mm2", "cd8_exhausted_fraction", "cd8_precursor_fraction", "cd8_resident_fraction", "ifng_mean", "cd163_fraction",
        "tile_volume_change_sd", "tile_cleared_fraction",
    ];

    /// <summary>The scenario of a cohort.</summary>
    public static string Scenario(int patients, int seed, int weeks, int tiles, string size, string arms = Arms, string parameters = "{}") => $$"""
        schema: tmesim/1
        preset: lasting
        baseline: reference
        name: Virtual patients
        replicates: 1
        time: {burn_in: 70 d, duration: {{weeks}} weeks, record_every: 7 d}
        tissue: {size: [{{size}}, {{size}}], tiles: {{tiles}} }
        lesions:
          - {name: primary, diameter: 60 mm, tumor: {radius: 0.4 mm} }
        parameters: {{parameters}}
        {{arms}}
        """ + new VirtualPatients(patients, seed).Sweep(Baseline.Select(m => m + "@0 d"), Series);

    [Fact]
    public void Patients_AreTheSameWhateverTheirNumberIs()
    {
        ScenarioDefinition Read(int n)
        {
            ScenarioResult read = ScenarioReader.ReadText(Scenario(n, 3, 6, 2, "1.6 mm"));
            Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
            return read.Definition!;
        }

        ScenarioDefinition few = Read(5), many = Read(40);
        for (int patient = 0; patient < 5; patient++)
        {
            Assert.Equal(
                few.Sweep!.Factors.Select(f => f.Levels[patient].Text), many.Sweep!.Factors.Select(f => f.Levels[patient].Text));
        }
    }

    /// <summary>
    /// A handful of patients in the suite, on small tiles: the table is written, nobody's tumour regresses untreated, inflammation costs CD8 T cells. The full
    /// cohort is written to the folder of TMESIM_COHORT.
    /// </summary>
    [Fact]
    public void Cohort_OfAFew_IsRunAndWritten()
    {
        string directory = Directory.CreateTempSubdirectory("tmesim-cohort-").FullName;
        string arms = Arms.Replace("  - name: S\n    therapy: [{regimen: sorafenib}]\n", "  - name: Control\n", StringComparison.Ordinal);
        PatientCohort cohort = PatientCohort.Run(Scenario(6, 5, 6, 2, "1.2 mm", arms), directory, 6);
        string table = new PatientTable(cohort).Write();
        Contrast.Write($"{table}");
        Assert.Equal(["A", "A+B", "Control"], cohort.Arms);
        Assert.All(cohort.Patients, p => Assert.True(cohort.At(p, "Control", "tumor_volume_change", 42) > 0));
        Assert.Contains("| response (CR + PR) |", table, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", table, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    [Trait("Category", "FullSize")]
    public void Cohort_OfTwoHundred_IsRunAndWritten()
    {
        string directory = Environment.GetEnvironmentVariable("TMESIM_COHORT") ?? Path.Combine(AppContext.BaseDirectory, "runs");
        Directory.CreateDirectory(directory);
        string scenario = Scenario(200, 1, 36, 3, "1.6 mm");
        File.WriteAllText(Path.Combine(directory, "cohort.yaml"), scenario);
        string table = new PatientTable(PatientCohort.Run(scenario, directory, 36)).Write();
        File.WriteAllText(Path.Combine(directory, "cohort.md"), table);
        Contrast.Write($"{table}");
    }
}
