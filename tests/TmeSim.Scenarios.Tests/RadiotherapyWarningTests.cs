using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public class RadiotherapyWarningTests
{
    private const string Text = """
        schema: tmesim/1
        name: SBRT
        tissue: {size: 2.6 mm}
        lesions: [{name: primary, diameter: 45 mm, tumor: {radius: 0.8 mm, doubling_time: 300 d}}]
        patient: {mean_liver_dose: 8 Gy}
        arms:
          - name: Control
          - name: SBRT
            therapy:
              - {radiotherapy: {fractions: 3, dose: 8 Gy}}

        """;

    [Fact]
    public void TileThatIsCleared_WhileTheLesionIsNot_IsAWarningAtTheCourse()
    {
        Diagnostic warning = Assert.Single(Read());
        Assert.Equal((DiagnosticSeverity.Warning, 10, 24), (warning.Severity, warning.Line, warning.Column));
        Assert.Equal("arms[SBRT].therapy[radiotherapy].radiotherapy", warning.Path);
        Assert.StartsWith(
            "3 x 8 Gy (BED 43.2 Gy, EQD2 36 Gy) leave about 0.012 of 5,027 simulated cells, and 14,000 of the 6.0e9 cells of the 45 mm lesion primary that they stand for",
            warning.Message, StringComparison.Ordinal);
        Assert.Contains("artefact of its size", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_NameTheCoverage()
    {
        ScenarioDefinition scenario = Examples.Valid(Text, new ScenarioOverrides { Sets = ["arms[SBRT].therapy[radiotherapy].radiotherapy.coverage=0.9"] });
        TmeSim.Engine.Radiation.IrradiatedLesion lesion = Assert.Single(TmeSim.Engine.Radiation.IrradiatedLesion.Of(scenario.Plan, scenario.Arms[1]));
        Assert.StartsWith("3 x 8 Gy at coverage 0.9 (BED 43.2 Gy, EQD2 36 Gy) leave about 500 of 5,027 simulated cells", SurvivorText.Of(scenario.Plan, scenario.Arms[1], lesion), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arms[SBRT].therapy[radiotherapy].radiotherapy.coverage=0.9")]
    [InlineData("arms[SBRT].therapy[radiotherapy].radiotherapy.dose=4 Gy")]
    [InlineData("arms[SBRT].therapy[radiotherapy].radiotherapy.fractions=8")] // clears the lesion too
    public void TileWithSurvivors_OrClearedLesion_IsNoWarning(string set) => Assert.Empty(Read(set));

    [Fact]
    public void MeanLiverDoseOfZero_IsAMissingDose()
    {
        const string coverage = "arms[SBRT].therapy[radiotherapy].radiotherapy.coverage=0.9";
        Diagnostic written = Assert.Single(Read(coverage, "patient.mean_liver_dose=0 Gy"));
        Assert.Contains("NTCP) is not reported", written.Message, StringComparison.Ordinal);
        Assert.Equal("patient.mean_liver_dose", written.Path);
        Diagnostic absent = Assert.Single(
            ScenarioReader.ReadText(Text.Replace("patient: {mean_liver_dose: 8 Gy}\n", "", StringComparison.Ordinal), overrides: new() { Sets = [coverage] }).Diagnostics);
        Assert.Contains("NTCP) is not reported", absent.Message, StringComparison.Ordinal);
        Assert.Equal(9, absent.Line);
    }

    [Fact]
    public void MeanLiverDose_WithoutRadiotherapy_IsNotAsked() =>
        Assert.Empty(ScenarioReader.ReadText(Text[..Text.IndexOf("  - name: SBRT", StringComparison.Ordinal)], overrides: new() { Sets = ["patient.mean_liver_dose=0 Gy"] }).Diagnostics);

    private static IReadOnlyList<Diagnostic> Read(params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Text, overrides: new() { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Diagnostics;
    }
}
