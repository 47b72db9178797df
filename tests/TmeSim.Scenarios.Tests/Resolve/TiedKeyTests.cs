using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests.Resolve;

public class TiedKeyTests
{
    private const string Base = """
        schema: tmesim/1
        name: Tied
        time: {burn_in: 4 d, duration: 4 weeks}
        lesions:
          - {name: primary, tumor: {radius: 0.3 mm}}
          - {name: other, tumor: {radius: 0.3 mm}, immune: {pattern: inflamed}}
        arms:
          - name: Control
          - name: RT
            therapy:
              - {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}, start: 7 d}
          - name: RT + ICI
            therapy:
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}
              - {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary, coverage: 0.9}, start: 7 d}

        """;

    [Fact]
    public void Star_OverArms_VariesAllThatHaveTheMember()
    {
        ScenarioDefinition scenario = Valid("sweep: {vary: {\"arms[*].therapy[radiotherapy].coverage\": [0.25, 0.5]}}");

        SweepFactor factor = Assert.Single(scenario.Sweep!.Factors);
        Assert.Equal(["arms[RT].therapy[radiotherapy].radiotherapy.coverage", "arms[RT + ICI].therapy[radiotherapy].radiotherapy.coverage"], factor.Keys);
        Assert.Equal(["arms[Control]"], factor.Without);
        Assert.Equal("arms[*].therapy[radiotherapy].radiotherapy.coverage", factor.Path);
        Assert.Equal("coverage", factor.Label);
        IReadOnlyList<ArmPlan> arms = scenario.SweepSpace!.At(["0.25"]).Definition!.Arms;
        Assert.Equal([0.25, 0.25], arms.Skip(1).Select(a => a.Radiation[0].Coverage));
        Assert.Equal([1, 0.9], scenario.Arms.Skip(1).Select(a => a.Radiation[0].Coverage));
    }

    [Fact]
    public void Star_OverLesions_ReachesBlocksThatAreNotWritten()
    {
        ScenarioDefinition scenario = Valid("sweep: {vary: {\"lesions[*].immune.cd8\": [40 /mm2, 80 /mm2]}}");

        Assert.Equal(["lesions[primary].immune.cd8", "lesions[other].immune.cd8"], scenario.Sweep!.Factors[0].Keys);
        Assert.Equal([40, 40], scenario.SweepSpace!.At(["40 /mm2"]).Definition!.Plan.Lesions.Select(l => l.Cd8PerMm2));
    }

    [Fact]
    public void Stars_InArmsAndTheirCourses_TouchCoursesThatHaveTheBlock()
    {
        ScenarioDefinition scenario = Valid("sweep: {vary: {\"arms[*].therapy[*].radiotherapy.penumbra\": [1 mm, 2 mm], \"arms[*].therapy[atezolizumab].start\": [0 d, 7 d]}}");

        Assert.Equal(2, scenario.Sweep!.Factors[0].Keys.Count);
        Assert.Equal(["arms[Control]"], scenario.Sweep.Factors[0].Without);
        Assert.Equal(["arms[Control]", "arms[RT]"], scenario.Sweep.Factors[1].Without);
        Assert.True(scenario.SweepSpace!.At(["1 mm", "7 d"]).IsValid);
    }

    [Fact]
    public void Variable_NamesSeveralKeys_AndIsTheirLabel()
    {
        ScenarioDefinition scenario = Valid("""
            sweep:
              vary:
                irradiated fraction:
                  keys: ["arms[RT].therapy[0].coverage", "arms[RT + ICI].therapy[radiotherapy].radiotherapy.coverage"]
                  values: [0, 0.5, 1]
                start of both: {keys: ["arms[*].therapy[*].start"], from: 0 d, to: 14 d, levels: 3}
            """);

        Assert.Equal(["irradiated fraction", "start of both"], scenario.Sweep!.Factors.Select(f => f.Label));
        Assert.Equal([2, 3], scenario.Sweep.Factors.Select(f => f.Keys.Count));
        Assert.Equal(9, scenario.Sweep.Points);
        ScenarioDefinition point = scenario.SweepSpace!.At(["0.5", "7 d"]).Definition!;
        Assert.Equal([0.5, 0.5], point.Arms.Skip(1).Select(a => a.Radiation[0].Coverage));
        Assert.Equal(168, point.Arms[2].Therapy[0].StartHours);
        ScenarioDefinition again = ScenarioReader.ReadText(scenario.ResolvedYaml).Definition!;
        Assert.Equal(scenario.Sweep.Space, again.Sweep!.Space);
        Assert.Equal(["irradiated fraction", "start of both"], again.Sweep.Factors.Select(f => f.Label));
    }

    [Fact]
    public void OneKey_Varied_HasTheSpaceThatItAlwaysHad() =>
        Assert.Equal("grid\npatient.nlr\n", Valid("sweep: {vary: {patient.nlr: [1, 2]}}").Sweep!.Space);

    [Fact]
    public void Ranges_OfDifferentKeys_AreCutToWhatAllAllow()
    {
        string text = Base + "sweep: {vary: {both: {keys: [patient.nlr, parameters.cd8.reactive_fraction], values: [0.005, 0.5, 2]}}}\n";
        Diagnostic[] errors = [.. ScenarioReader.ReadText(text).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];

        Assert.Equal(["'0.005' is out of range", "'2' is out of range"], errors.Select(e => e.Message.Split(';')[0]));
    }

    [Fact]
    public void Calibration_OfAVariable_IsRead()
    {
        ScenarioDefinition scenario = Valid("""
            calibrate:
              vary: {cd8 of all lesions: {keys: ["lesions[*].immune.cd8"], from: 20 /mm2, to: 200 /mm2}}
              targets: [{measure: nlr, time: end, value: 2, sd: 1}]
            """);

        Assert.Equal(2, Assert.Single(scenario.Calibration!.Factors).Keys.Count);
        Assert.Equal([50, 50], scenario.CalibrationSpace!.At(["50 /mm2"]).Definition!.Plan.Lesions.Select(l => l.Cd8PerMm2));
    }

    [Fact]
    public void Set_WithAStar_ChangesAllMembersThatHaveTheKey()
    {
        ScenarioDefinition scenario = Valid("", "arms[*].therapy[radiotherapy].dose=6 Gy", "lesions[*].tumor.nek9=1.5");

        Assert.Equal([6, 6], scenario.Arms.SelectMany(a => a.Radiation).Select(r => r.FractionGy));
        Assert.Equal([1.5, 1.5], scenario.Plan.Lesions.Select(l => l.Nek9));
    }

    [Fact]
    public void MemberCalledStar_InQuotes_IsOneMember()
    {
        string text = Base.Replace("name: Control", "name: \"*\"", StringComparison.Ordinal);
        ScenarioDefinition scenario = ScenarioReader.ReadText(text + "sweep: {vary: {\"arms[\\\"*\\\"].parameters.cd8.kill_rate\": [1 /d, 2 /d]}}\n").Definition!;

        Assert.Equal(["arms[\"*\"].parameters.cd8.kill_rate"], scenario.Sweep!.Factors[0].Keys);
        Assert.True(scenario.SweepSpace!.At(["1 /d"]).IsValid);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "{\"arms[*].therapy[radiotherpy].coverage\": [0, 1]}", "no member has 'therapy[radiotherpy].coverage'; did you mean 'radiotherapy'?" },
        { "{\"arms[*].therapy[nivolumab].dose\": [1 mg]}", "no member has 'therapy[nivolumab].dose'; members: radiotherapy, atezolizumab" },
        { "{\"arms[*].therapy[radiotherapy].covrage\": [0, 1]}", "unknown key 'covrage'" },
        { "{\"arms[*].therapy[*].dose\": [1 mg]}", "keys that are varied together take the same values" },
        { "{\"arms[*].name\": [a]}", "cannot be varied" },
        { "{\"arms[*].therapy\": [1]}", "is a block, not a single value" },
        { "{\"arms[*].therapy[radiotherapy].coverage\": [0, 1], \"arms[RT].therapy[radiotherapy].radiotherapy.coverage\": [0, 1]}", "leads to 'arms[RT].therapy[radiotherapy].radiotherapy.coverage', which is varied already" },
        { "{x: {keys: [patient.nlr, patient.weight], values: [2]}}", "'patient.nlr' takes numbers without a unit and 'patient.weight' kg" },
        { "{x: {keys: [patient.nlr, patient.child_pugh], values: [2]}}", "and 'patient.child_pugh' A or B or C" },
        { "{x: {keys: [patient.nlr, patient.nlr], values: [2]}}", "'patient.nlr' is named twice" },
        { "{x: {keys: [\"lesions[*].immune.cd8\", \"lesions[other].immune.cd8\"], values: [2 /mm2]}}", "'lesions[other].immune.cd8' is named twice" },
        { "{x: {keys: [], values: [2]}}", "has 0 members" },
        { "{x: {keys: [patient.nlr]}}", "has neither values" },
        { "{x: {keys: [patient.nlr], values: [2], label: y}}", "remove 'label'" },
        { "{\"\": {keys: [patient.nlr], values: [2]}}", "has no name" },
        { "{arm: {keys: [patient.nlr], values: [2]}}", "the label 'arm' is that of another column" },
        { "{patient.weight: {keys: [patient.nlr], values: [2]}}", "is a key itself" },
        { "{x: {keys: [patient.nlr], values: [2]}, patient.nlr: [3]}", "which is varied already" },
        { "{x: [1, 2]}", "unknown key 'x'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsSaidAtItsPlace(string vary, string message)
    {
        ScenarioResult result = ScenarioReader.ReadText($"{Base}sweep: {{vary: {vary}}}\n");

        Diagnostic error = Assert.Single(result.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Contains(message, error.Format());
        Assert.True(error.Line >= Base.Count(c => c == '\n'), error.Format());
    }

    [Fact]
    public void Mistakes_OfSeveralKeys_AreSaidAtOnce()
    {
        ScenarioResult result = ScenarioReader.ReadText(Base + "sweep: {vary: {x: {keys: [patient.nrl, \"arms[Nobody].parameters.cd8.kill_rate\", patient.weigth], values: [1]}}}\n");

        Assert.Equal(3, result.Diagnostics.Count(d => d.Severity == DiagnosticSeverity.Error));
    }

    private static ScenarioDefinition Valid(string block, params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Base + block + "\n", overrides: new() { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }
}
