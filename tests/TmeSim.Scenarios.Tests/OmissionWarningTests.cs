using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>What a scenario asks for and a run will not show or give is said at its place, and does not stop it.</summary>
public class OmissionWarningTests
{
    private const string Text = """
        schema: tmesim/1
        name: Short
        time: {duration: 26 weeks}
        lesions: [{name: primary, tumor: {doubling_time: 300 d}}]
        patient: {mean_liver_dose: 8 Gy}
        arms:
          - name: A
            therapy:
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}

        """;

    [Theory]
    [InlineData("      - {drug: atezolizumab, dose: 1200 mg, start: 30 weeks}\n", 10, 52, "arms[A].therapy[atezolizumab].start", "210 d is not before the end of the run at 182 d: nothing of this course is given")]
    [InlineData("      - {drug: atezolizumab, dose: 1200 mg, start: 26 weeks}\n", 10, 52, "arms[A].therapy[atezolizumab].start", "182 d is not before the end")]
    [InlineData("      - {radiotherapy: {fractions: 1, dose: 2 Gy}, start: 1 year}\n", 10, 59, "arms[A].therapy[radiotherapy].start", "not before the end of the run at 182 d")]
    public void CourseThatBeginsAfterTheEnd_IsAWarning(string course, int line, int column, string path, string message)
    {
        Diagnostic warning = Assert.Single(Read(Text + course));
        Assert.Equal((DiagnosticSeverity.Warning, line, column, path), (warning.Severity, warning.Line, warning.Column, warning.Path));
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bevacizumab", "15 mg", "15 mg is 1/70 of the usual dose of bevacizumab (15 mg/kg, 1050 mg at this body weight)")]
    [InlineData("bevacizumab", "1050 mg/kg", "1050 mg/kg is 70 times the usual dose")]
    [InlineData("atezolizumab", "1200 mg/kg", "1200 mg/kg is 70 times the usual dose of atezolizumab (1200 mg, 1200 mg at this body weight)")]
    [InlineData("nivolumab", "3 mg", "3 mg is 1/80 of the usual dose")]
    public void DoseAnOrderOfMagnitudeOff_IsAWarningAtTheDose(string drug, string dose, string message)
    {
        Diagnostic warning = Assert.Single(Read(Text + $"      - {{drug: {drug}, dose: {dose}}}\n"));
        Assert.Equal((10, 24 + drug.Length), (warning.Line, warning.Column));
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
        Assert.Contains("is the unit meant?", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bevacizumab", "2.5 mg/kg", "70 kg")]
    [InlineData("nivolumab", "3 mg/kg", "70 kg")]
    [InlineData("nivolumab", "10 mg/kg", "0.02 kg")] // a mouse: usual doses are taken per body weight
    [InlineData("nivolumab", "0 mg", "70 kg")]
    public void DoseNearTheUsualOne_OrNone_IsNoWarning(string drug, string dose, string weight) =>
        Assert.Empty(Read(Text + $"      - {{drug: {drug}, dose: {dose}}}\n", $"patient.weight={weight}"));

    [Fact]
    public void DrugOfTheScenario_HasTheUsualDoseThatItWrites()
    {
        const string own = "drugs: [{name: own, class: antibody, molar_mass: 150 kDa, pk: {clearance: 0.2 L/d, central_volume: 3 L, intercompartmental_clearance: 0.3 L/d, peripheral_volume: 2 L}, effects: [{target: pd1, kd: 1 nM}]}]\n";
        string course = Text + "      - {drug: own, dose: 1 mg}\n" + own;
        Assert.Empty(Read(course));
        Assert.Contains("1/100 of the usual dose", Assert.Single(Read(course, "drugs[own].usual_dose=100 mg")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DurationSetOnTheCommandLine_ClipsTheTimesOfFigures()
    {
        const string figures = "figures: [{plot: tissue, times: [0 d, 12 weeks, 20 weeks]}, {plot: field, field: oxygen, times: [6 weeks]}]\n";
        ScenarioResult result = ScenarioReader.ReadText(Text + figures, overrides: new() { Sets = ["time.duration=8 weeks"] });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        Assert.Equal([(10, 39), (10, 49)], result.Diagnostics.Select(d => (d.Line, d.Column)));
        Assert.All(result.Diagnostics, d => Assert.Contains("which --set has moved to 56 d; the end is shown in its place", d.Message, StringComparison.Ordinal));
        Assert.Equal([0, 56 * 24], result.Definition!.Figures[0].TimesHours);
        Assert.Equal([42 * 24], result.Definition.Figures[1].TimesHours);

        // What a run folder keeps can be read again.
        ScenarioResult again = ScenarioReader.ReadText(result.Definition.ResolvedYaml);
        Assert.True(again.IsValid, Diagnostic.FormatAll(again.Diagnostics));
        Assert.Equal([0, 56 * 24], again.Definition!.Figures[0].TimesHours);

        // A time that is itself set, or written beside the end, is a mistake still.
        Assert.Contains("after the end of the run", Assert.Single(Examples.Errors(Text + figures, "time.duration=8 weeks", "figures[tissue].times=[9 weeks]")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day,value\n", "has a header and no points")]
    [InlineData("day,value\n1,0.1\n190,0.2\n", "1 of the 2 points of 'points.csv' lie outside the run (0 d to 182 d)")]
    [InlineData("day,value\n190,0.1\n200,0.2\n", "all of the 2 points")]
    public void ObservedSeries_WithoutPointsOrBeyondTheEnd_IsAWarningAtTheFile(string table, string message)
    {
        string folder = Directory.CreateTempSubdirectory("tmesim-test-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "points.csv"), table);
            ScenarioResult result = ScenarioReader.ReadText(Text + "data: [{file: points.csv, time: day, measure: tumor_volume_change}]\n", directory: folder);
            Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
            Diagnostic warning = Assert.Single(result.Diagnostics);
            Assert.Equal((DiagnosticSeverity.Warning, 10, 15), (warning.Severity, warning.Line, warning.Column));
            Assert.Contains(message, warning.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<Diagnostic> Read(string text, params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(text, overrides: new() { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Diagnostics;
    }
}
