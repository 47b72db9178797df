using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public class SweepBlockTests
{
    private const string Base = """
        schema: tmesim/1
        name: Swept
        seed: 1
        replicates: 2
        time: {burn_in: 4 d, duration: 4 weeks}
        tissue: {size: [1.28 mm, 1.28 mm]}
        lesions:
          - name: primary
            tumor: {radius: 0.3 mm}
            immune: {pattern: inflamed, cd8: 120 /mm2}
        arms:
          - name: Control
          - name: Atezo + Bev
            therapy:
              - {drug: atezolizumab, dose: 1200 mg, every: 3 weeks}
              - {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}

        """;

    [Fact]
    public void Grid_OfEveryKindOfKey_IsRead()
    {
        SweepPlan sweep = Valid("""
            sweep:
              method: grid
              vary:
                patient.nlr: [1.5, 3, 6]
                "arms[Atezo + Bev].therapy[bevacizumab].dose": {from: 2.5 mg/kg, to: 20 mg/kg, scale: log, levels: 4}
                "lesions[0].immune.pattern": [inflamed, excluded]
                parameters.cd8.kill_rate: [1 /d, 10 /d]
                "arms[Atezo + Bev].mechanisms.macrophage.suppression": [on, off]
                time.duration: {from: 2 weeks, to: 4 weeks, levels: 2}
              outputs: [tumor_volume_change@4 weeks, cd8_core_per_mm2@14 d, tumor_cells@min]
            """).Sweep!;

        Assert.Equal(3 * 4 * 2 * 2 * 2 * 2, sweep.Points);
        Assert.Equal(["patient.nlr", "arms[Atezo + Bev].therapy[bevacizumab].dose", "lesions[primary].immune.pattern", "parameters.cd8.kill_rate", "arms[Atezo + Bev].mechanisms.macrophage.suppression", "time.duration"], sweep.Factors.Select(f => f.Path));
        Assert.Equal(["nlr", "dose", "pattern", "kill_rate", "suppression", "duration"], sweep.Factors.Select(f => f.Label));
        Assert.Equal(["1", "mg/kg", "", "/d", "", "d"], sweep.Factors.Select(f => f.Unit));
        Assert.Equal(new FactorRange(2.5, 20, true, 4), sweep.Factors[1].Range);
        Assert.Equal([1, 10], sweep.Factors[3].Levels.Select(l => l.Number));
        Assert.Equal(new SweepOutput("cd8_core_per_mm2@14 d", "cd8_core_per_mm2", OutputTime.At, 336), sweep.Outputs[1]);
        Assert.Equal(OutputTime.Min, sweep.Outputs[2].Time);
        Assert.Equal(["tumor_volume_change", "cd8_core_per_mm2", "tumor_cells"], sweep.Series!);
    }

    [Fact]
    public void Point_OfTheSpace_IsTheScenarioWithItsKeysSet()
    {
        ScenarioDefinition scenario = Valid("""
            sweep:
              vary:
                patient.nlr: [1.5, 3]
                "arms[Atezo + Bev].therapy[bevacizumab].dose": [5 mg/kg, 10 mg/kg]
            """);

        ScenarioDefinition point = scenario.SweepSpace!.At(["1.5", "5 mg/kg"]).Definition!;

        string text = Base.Replace("dose: 15 mg/kg", "dose: 5 mg/kg", StringComparison.Ordinal) + "patient: {nlr: 1.5}\n";
        ScenarioDefinition written = ScenarioReader.ReadText(text).Definition!;
        Assert.Equal(written.IdentityHash, point.IdentityHash);
        Assert.NotEqual(scenario.IdentityHash, point.IdentityHash);
        Assert.Equal(scenario.ArmIdentity(0), scenario.SweepSpace.At(["2.7", "5 mg/kg"]).Definition!.ArmIdentity(0));
    }

    [Fact]
    public void Sweep_InTheFile_LeavesTheIdentityOfTheScenarioAlone() =>
        Assert.Equal(ScenarioReader.ReadText(Base).Definition!.IdentityHash, Valid("sweep: {vary: {patient.nlr: [1, 2]}}").IdentityHash);

    [Fact]
    public void ResolvedYaml_OfASweep_ReadsBackToTheSameSweep()
    {
        ScenarioDefinition scenario = Valid("""
            sweep:
              method: saltelli
              base_samples: 64
              vary:
                "lesions[primary].immune.cd163_fraction": {distribution: beta, mean: 0.4, sd: 0.15}
                patient.nlr: {from: 1, to: 8, scale: log}
              outputs: [tumor_volume_change@end]
              series: all
            """);

        ScenarioResult again = ScenarioReader.ReadText(scenario.ResolvedYaml);

        Assert.True(again.IsValid, Diagnostic.FormatAll(again.Diagnostics));
        Assert.Equal(scenario.Sweep!.Space, again.Definition!.Sweep!.Space);
        Assert.Equal(64 * 4, again.Definition.Sweep.Points);
        Assert.Null(again.Definition.Sweep.Series);
        Assert.Equal(new FactorDistribution(FactorDistributionKind.Beta, 0.4, 0.15, 0, 1), again.Definition.Sweep.Factors[0].Distribution);
        Assert.Equal(scenario.ResolvedYaml, again.Definition.ResolvedYaml);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "sweep: {vary: {patient.nrl: [1, 2]}}", "unknown key 'nrl'; did you mean 'nlr'?" },
        { "sweep: {vary: {\"lesions[secondary].tumor.radius\": [0.1 mm]}}", "'lesions' has no member 'secondary'" },
        { "sweep: {vary: {patient: [1, 2]}}", "is a block, not a single value" },
        { "sweep: {vary: {tissue.size: [1 mm]}}", "is a list, not a single value" },
        { "sweep: {vary: {name: [a, b]}}", "cannot be varied" },
        { "sweep: {vary: {replicates: [1, 2]}}", "cannot be varied" },
        { "sweep: {vary: {\"arms[Control].name\": [a, b]}}", "cannot be varied" },
        { "sweep: {vary: {patient.nlr: {from: 3, to: 3}}}", "an empty range" },
        { "sweep: {vary: {patient.nlr: {from: 6, to: 3}}}", "an empty range" },
        { "sweep: {vary: {patient.nlr: []}}", "has 0 members" },
        { "sweep: {vary: {patient.nlr: {}}}", "has neither values" },
        { "sweep: {vary: {patient.nlr: {from: 3}}}", "needs 'to' too" },
        { "sweep: {vary: {patient.nlr: {values: [1], from: 2, to: 3}}}", "is given twice" },
        { "sweep: {vary: {patient.nlr: [1, 1]}}", "stands twice" },
        { "sweep: {vary: {patient.nlr: [1, 2 mm]}}", "has a unit" },
        { "sweep: {vary: {patient.nlr: [1, 2000]}}", "is out of range" },
        { "sweep: {vary: {patient.mean_liver_dose: {from: 0 Gy, to: 3 Gy, scale: log}}}", "a log scale needs ends above zero" },
        { "sweep: {vary: {patient.child_pugh: {from: 1, to: 3}}}", "takes words, not numbers; list them: [A, B, C]" },
        { "sweep: {vary: {patient.child_pugh: [A, D]}}", "is not one of A, B, C" },
        { "sweep: {vary: {mechanisms.macrophage.suppression: [on, of]}}", "is not a switch" },
        { "sweep: {vary: {\"arms[Atezo + Bev].therapy[bevacizumab].dose\": [100 mg, 5 mg/kg]}}", "of different kinds" },
        { "sweep: {vary: {\"lesions[0].immune.cd8\": [1 /mm2], \"lesions[primary].immune.cd8\": [2 /mm2]}}", "which is varied already" },
        { "sweep: {vary: {patient.nlr: {values: [1, 2], label: arm}}}", "the label 'arm' is that of another column" },
        { "sweep: {method: morris, trajectories: 4, vary: {patient.nlr: [1], patient.weight: [60 kg, 70 kg]}}", "has one value" },
        { "sweep: {vary: {}}", "names no key to vary" },
        { "sweep: {method: grid}", "'vary' is missing" },
        { "sweep: {method: sobol, runs: 100, vary: {patient.nlr: {from: 1, to: 2}}}", "100 is no power of two, and a Sobol sequence is even only then; write 64 or 128" },
        { "sweep: {method: saltelli, base_samples: 96, vary: {patient.nlr: {from: 1, to: 2}}}", "write 64 or 128" },
        { "sweep: {method: sobol, vary: {patient.nlr: {from: 1, to: 2}}}", "needs 'runs'" },
        { "sweep: {method: grid, runs: 8, vary: {patient.nlr: {from: 1, to: 2}}}", "takes no 'runs'" },
        { "sweep: {method: morris, trajectories: 4, levels: 5, vary: {patient.nlr: {from: 1, to: 2}}}", "need an even number" },
        { "sweep: {method: grid, vary: {patient.nlr: {distribution: normal, mean: 2, sd: 1}}}", "a distribution is for random samples" },
        { "sweep: {method: list, vary: {patient.nlr: [1, 2], patient.weight: [60 kg, 70 kg, 80 kg]}}", "belong together" },
        { "sweep: {method: sobol, runs: 8, vary: {\"lesions[primary].immune.cd163_fraction\": {distribution: beta, mean: 0.5, sd: 0.6}}}", "no beta distribution" },
        { "sweep: {method: sobol, runs: 8, vary: {patient.nlr: {distribution: normal, mean: 2}}}", "needs 'sd'" },
        { "sweep: {method: grid, vary: {patient.nlr: {from: 1, to: 2, levels: 10000}, patient.weight: {from: 1 kg, to: 2 kg, levels: 10000}}}", "at most 1000000" },
        { "sweep: {vary: {patient.nlr: [1, 2]}, outputs: [tumor_volume_change]}", "has no time" },
        { "sweep: {vary: {patient.nlr: [1, 2]}, outputs: [tumor_volume@end]}", "unknown measure 'tumor_volume'" },
        { "sweep: {vary: {patient.nlr: [1, 2]}, outputs: [tumor_volume_change@26 weeks]}", "lies outside the run" },
        { "sweep: {vary: {patient.nlr: [1, 2]}, outputs: [tumor_volume_change@30 h]}", "has no row at '30 h'" },
        { "sweep: {vary: {patient.nlr: [1, 2]}, series: [nothing]}", "unknown measure 'nothing'" },
        { "calibrate: {vary: {patient.nlr: [1, 2]}, targets: [{measure: nlr, time: end, value: 1, sd: 1}]}", "needs a prior" },
        { "calibrate: {vary: {patient.nlr: {from: 1, to: 2}}}", "'targets' is missing" },
        { "calibrate: {vary: {patient.nlr: {from: 1, to: 2}}, targets: [{measure: nlr, time: end, value: 1}]}", "needs 'sd'" },
        { "calibrate: {vary: {patient.nlr: {from: 1, to: 2}}, targets: [{measure: nlr, time: end, value: 1, sd: 0}]}", "must be above zero" },
        { "calibrate: {vary: {patient.nlr: {from: 1, to: 2}}, targets: [{data: mice, sd: 1}]}", "has no series 'mice'" },
        { "calibrate: {vary: {patient.nlr: {from: 1, to: 2}}, targets: [{measure: nlr, arm: Nobody, time: end, value: 1, sd: 1}]}", "unknown arm 'Nobody'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_InTheBlock_IsSaidAtItsPlace(string block, string message)
    {
        ScenarioResult result = ScenarioReader.ReadText(Base + block + "\n");

        Diagnostic[] errors = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        Assert.False(result.IsValid);
        Assert.True(errors.Length == 1 && errors[0].Format().Contains(message, StringComparison.Ordinal), Diagnostic.FormatAll(result.Diagnostics));
        Assert.True(errors[0].Line >= Base.Count(c => c == '\n') || errors[0].Path is null, errors[0].Format());
    }

    [Fact]
    public void Calibration_WithValueAndRelativeError_IsRead()
    {
        CalibrationPlan plan = Valid("""
            calibrate:
              particles: 40
              vary:
                parameters.cd8.kill_rate: {from: 1 /d, to: 10 /d, scale: log}
                "lesions[primary].immune.cd8": {distribution: lognormal, mean: 100 /mm2, sd: 40 /mm2}
              targets:
                - {measure: tumor_volume_change, arm: Atezo + Bev, time: 4 weeks, value: -0.4, sd: 0.1, error: relative}
                - {measure: cd8_bed_per_mm2, time: end, value: 100, sd: 20}
            """).Calibration!;

        Assert.Equal(2, plan.Factors.Count);
        Assert.Equal(0.04, plan.Targets[0].Sd, 12);
        Assert.Equal(1, plan.Targets[0].Arm);
        Assert.Equal("tumor_volume_change@4 weeks, Atezo + Bev", plan.Targets[0].Name);
        Assert.Equal(20, plan.Targets[1].Sd);
    }

    private static ScenarioDefinition Valid(string block)
    {
        ScenarioResult result = ScenarioReader.ReadText(Base + block + "\n");
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }
}
