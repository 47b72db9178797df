using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public class MistakeTests
{
    private const string EightMistakes = """
        schema: tmesim/1
        name: Eight mistakes
        sede: 42
        time:
          burn_in: 70 d
          duration: 26 mm
          step: 1 h
        lesions:
          - name: primary
            diameter: 45 mm
            tumor:
              radius: .inf
              doubling_time: 140 d
              doubling_time: 120 d
            immune:
              pattern: inflammed
        arms:
          - name: Control
          - name: Atezo
            therapy:
              - drug: atezolizumb
                dose: 1200 mg
                every: 3 weeks
              - drug: bevacizumab
                dose: -15 mg/kg
                every: 3 weeks

        """;

    private static (int Line, int Column, string? Path)[] Places(IEnumerable<Diagnostic> all) => [.. all.Select(d => (d.Line, d.Column, d.Path))];

    [Fact]
    public void EightMistakes_InOneFile_AreAllFoundAtTheirPlace()
    {
        IReadOnlyList<Diagnostic> all = ScenarioReader.ReadText(EightMistakes, "eight.yaml", overrides: new() { Sets = ["lesions[secondary].diameter=20 mm"] }).Diagnostics;

        Assert.All(all, d => Assert.Equal(DiagnosticSeverity.Error, d.Severity));
        Diagnostic[] file = [.. all.Where(d => d.File == "eight.yaml")];
        Assert.Equal(
            [
                (3, 1, null),
                (6, 13, "time.duration"),
                (12, 15, "lesions[primary].tumor.radius"),
                (14, 7, null),
                (16, 16, "lesions[primary].immune.pattern"),
                (21, 15, "arms[Atezo].therapy[atezolizumb].drug"),
                (25, 15, "arms[Atezo].therapy[bevacizumab].dose"),
            ],
            Places(file));
        Assert.Collection(
            file,
            d => Assert.Contains("unknown key 'sede'; did you mean 'seed'?", d.Message),
            d => Assert.Contains("'mm' is the wrong kind of unit; accepted: s, min, h, d, weeks, months, years", d.Message),
            d => Assert.Contains("'.inf' is not a finite number", d.Message),
            d => Assert.Contains("duplicate key 'doubling_time', first written on line 13", d.Message),
            d => Assert.Contains("'inflammed' is not one of inflamed, excluded, desert; did you mean 'inflamed'?", d.Message),
            d => Assert.Contains("unknown drug 'atezolizumb'; did you mean 'atezolizumab'?", d.Message),
            d => Assert.Contains("'-15 mg/kg' is out of range; allowed: 0 to 1000000 mg", d.Message));
        Diagnostic set = Assert.Single(all, d => d.File == "--set");
        Assert.Equal((1, 9), (set.Line, set.Column));
        Assert.Contains("'lesions' has no member 'secondary'; members: primary", set.Message);
        Assert.Equal(8, all.Count);
    }

    [Fact]
    public void Diagnostic_Formatted_LooksLikeACompilersWithACaret()
    {
        Diagnostic d = ScenarioReader.ReadText(EightMistakes, "eight.yaml").Diagnostics[1];

        Assert.Equal(
            "eight.yaml:6:13: error: time.duration: 'mm' is the wrong kind of unit; accepted: s, min, h, d, weeks, months, years\n" +
            "    6 |   duration: 26 mm\n" +
            "      |             ^",
            d.Format());
    }

    [Fact]
    public void ManyDiagnostics_Formatted_AreCutWithACount()
    {
        string text = Examples.Minimal + string.Concat(Enumerable.Range(0, 2000).Select(i => $"wrong_{i}: 1\n"));
        IReadOnlyList<Diagnostic> all = Examples.Errors(text);

        Assert.Equal(1001, all.Count);
        Assert.Contains("1000 more mistakes are not listed", all[^1].Message);
        Assert.EndsWith("… and 951 more\n", Diagnostic.FormatAll(all), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time: {step: 1}\n", 5, 14, "'1' has no unit; write for example '1 h'")]
    [InlineData("time: {step: fast}\n", 5, 14, "'fast' is not a quantity; write a number with a unit")]
    [InlineData("time: {step: 1 hr}\n", 5, 14, "unknown unit 'hr' (did you mean 'h'?); accepted: s, min, h, d")]
    [InlineData("time: {step: 7 h}\n", 5, 7, "24 h is no multiple of the step of 7 h; write for example '21 h'")]
    [InlineData("time: {record_every: 90 min}\n", 5, 22, "1.5 h is no multiple of the step of 1 h")]
    [InlineData("tissue: {size: 4.01 mm}\n", 5, 16, "4.01 mm is no multiple of the spacing of 20 um; write for example '4000 um'")]
    [InlineData("tissue: {size: [1, 2 mm]}\n", 5, 17, "'1' has no unit")]
    [InlineData("tissue: {size: [1 mm, 1 mm, 1 mm, 1 mm]}\n", 5, 16, "has 4 members; allowed: 1 to 3")]
    [InlineData("tissue: {size: [100 mm, 100 mm, 100 mm]}\n", 5, 16, "5000 x 5000 x 5000 sites take 125700500112 places with their padding; at most 2147483583 can be numbered")]
    [InlineData("tissue: {size: 1 mm}\n", 4, 5, "a nodule of radius 0.8 mm does not fit: the narrowest tissue edge leaves 0.4 mm")]
    [InlineData("seed: 1.5\n", 5, 7, "'1.5' is not a whole number")]
    [InlineData("replicates: 0\n", 5, 13, "'0' is out of range; allowed: 1 to 100000")]
    [InlineData("replicates:\n", 5, 1, "has no value")]
    [InlineData("patient: {nlr: 3 mm}\n", 5, 16, "has a unit, but a plain number is wanted; write '3'")]
    [InlineData("patient: 5\n", 5, 10, "a block of keys is wanted here (nlr, lymphocyte_supply, monocyte_supply, weight, child_pugh, mean_liver_dose)")]
    [InlineData("patient: {nlr: 1e999}\n", 5, 16, "'1e999' is too large")]
    [InlineData("parameters: {cd8.kill_rate: 25 /d}\n", 5, 29, "'25 /d' is out of range; allowed: 0 to 20 /d")]
    [InlineData("parameters: {cd8.kil_rate: 1 /d}\n", 5, 14, "unknown key 'cd8.kil_rate' in 'parameters'; did you mean 'cd8.kill_rate'?")]
    [InlineData("parameters: {growth.ramp_low: 10 mmHg}\n", 5, 31, "growth.ramp_low (10 mmHg) must be below growth.ramp_high (10 mmHg)")]
    [InlineData("parameters: {cd8.sub_steps: 2}\n", 5, 29, "2 sub-steps are too few for 90 um/h: 6 keep a move below 0.8 of a site")]
    [InlineData("mechanisms: {nek9.chemokine: maybe}\n", 5, 30, "'maybe' is not a switch; write on or off")]
    [InlineData("parameters: {cd8: {kill_rate: 1 /d}}\n", 5, 14, "keys are written with dots, 'cd8.kill_rate'")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 1e300 mg/kg}]}]\n", 5, 52, "mg at this body weight; allowed: 0 to 1000000 mg")]
    [InlineData("time: {step: 1 s}\n", 5, 14, "'1 s' is out of range; allowed: 0.01 to 24 h")]
    [InlineData("sweeps: {method: grid}\n", 5, 1, "unknown key 'sweeps'; did you mean 'sweep'?")]
    [InlineData("arms: []\n", 5, 7, "there is no arm")]
    [InlineData("arms: [{name: A}, {name: A}]\n", 5, 26, "name 'A' stands twice, first on line 5")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 240 mg, cycles: 3}]}]\n", 5, 68, "3 cycles need an interval")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 3 mg/kg, start: 5 d, stop: 2 d}]}]\n", 5, 79, "2 d is not after the start at 5 d")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 3 mg/kg, until: relapse}]}]\n", 5, 68, "or the word progression")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 3 L}]}]\n", 5, 52, "accepted: ng, ug, mg, g, mg/kg, ug/kg")]
    [InlineData("arms: [{name: A, therapy: [{radiotherapy: {fractions: 3}}]}]\n", 5, 43, "'dose' is missing")]
    [InlineData("arms: [{name: A, therapy: [{radiotherapy: {fractions: 3, dose: 8 Gy, target: liver}}]}]\n", 5, 78, "there is no lesion 'liver'")]
    [InlineData("arms: [{name: A, therapy: [{radiotherapy: {fractions: 3, dose: 8 Gy, coverage: 1.2}}]}]\n", 5, 80, "allowed: 0 to 1")]
    [InlineData("arms: [{name: A, therapy: [{radiotherapy: {fractions: 3, dose: 8 Gy}, drug: nivolumab, dose: 1 mg}]}]\n", 5, 77, "not both")]
    [InlineData("arms: [{name: A, therapy: [{start: 1 d}]}]\n", 5, 28, "gives a drug, a regimen or radiotherapy")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab}]}]\n", 5, 28, "'dose' is missing")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 1 mg, until: nrl > 5}]}]\n", 5, 65, "a course cannot end at 'nrl'; did you mean 'nlr'?")]
    [InlineData("arms: [{name: A, therapy: [{drug: nivolumab, dose: 1 mg, until: nlr > high}]}]\n", 5, 65, "is no condition")]
    [InlineData("drugs: [{name: x, class: antibody, molar_mass: 1 kDa, pk: {model: one_compartment_oral, volume: 1 L, half_life: 1 h}, effects: [{target: pd1, kd: 1 nM}]}]\narms: [{name: A, therapy: [{drug: x, dose: 1 mg}]}]\n", 5, 59, "'absorption' is missing")]
    [InlineData("drugs: [{name: nivolumab, pk: {half_life: 1 h}}]\narms: [{name: A, therapy: [{drug: nivolumab, dose: 1 mg}]}]\n", 5, 43, "belongs to one_compartment_oral")]
    [InlineData("figures: [{plot: time_course, measures: [tumour_cells]}]\n", 5, 42, "unknown measure 'tumour_cells'; did you mean 'tumor_cells'?")]
    [InlineData("figures: [{plot: time_course, field: oxygen}]\n", 5, 38, "a time_course figure takes no 'field'")]
    [InlineData("figures: [{plot: field}]\n", 5, 11, "a field figure needs 'field'")]
    [InlineData("figures: [{plot: field, field: oxigen}]\n", 5, 32, "did you mean 'oxygen'?")]
    [InlineData("figures: [{plot: time_course, width: 3 mm}]\n", 5, 38, "'3 mm' is out of range; allowed: 240 to 2400 pixels, or 63.5 to 635 mm")]
    [InlineData("figures: [{plot: time_course, height: 400 mm}]\n", 5, 39, "'400 mm' is out of range; allowed: 60 to 1200 pixels, or 15.9 to 317.5 mm")]
    [InlineData("figures: [{plot: time_course, height: 20}]\n", 5, 39, "'20' is out of range; allowed: 60 to 1200 pixels")]
    [InlineData("figures: [{plot: time_course, format: []}]\n", 5, 39, "")]
    [InlineData("figures: [{plot: tissue, times: [40 weeks]}]\n", 5, 34, "280 d is after the end of the run at 182 d")]
    [InlineData("figures: [{plot: tissue, arms: [Contrl]}]\n", 5, 33, "unknown arm 'Contrl'; did you mean 'Control'?")]
    [InlineData("drugs: [{name: x, class: antibody}]\n", 5, 9, "'molar_mass' is missing")]
    [InlineData("schema: tmesim/1\n", 5, 1, "duplicate key 'schema', first written on line 1")]
    [InlineData("drugs: 3\n", 5, 8, "a list is wanted here")]
    [InlineData("figures: [{plot: waterfal}]\n", 5, 18, "did you mean 'waterfall'?")]
    [InlineData("figures: [{plot: phase_plane, measures: [nlr]}]\n", 5, 42, "a phase_plane figure takes two measures, x and y; 1 are given")]
    [InlineData("figures: [{plot: contrast, control: Contro}]\n", 5, 37, "unknown arm 'Contro'; did you mean 'Control'?")]
    [InlineData("figures: [{plot: spider, lesions: [secnd]}]\n", 5, 36, "unknown lesion 'secnd'")]
    [InlineData("figures: [{plot: spider, measures: [nlr]}]\n", 5, 36, "a spider figure takes no 'measures'")]
    [InlineData("figures: [{plot: burden, width: 100}]\n", 5, 33, "240")]
    [InlineData("figures: [{plot: burden, columns: 1.5}]\n", 5, 35, "whole number")]
    [InlineData("figures: [{plot: spatial, functions: [H]}]\n", 5, 39, "K, L, g, G")]
    [InlineData("data: [{file: a.csv, measure: nlr}]\n", 5, 15, "a data file needs a folder")]
    public void Mistake_AfterAMinimalScenario_IsLocatedAndSaysWhatToWrite(string addition, int line, int column, string message)
    {
        IReadOnlyList<Diagnostic> errors = Examples.Errors(Examples.Minimal + addition);

        Assert.Contains(message, Assert.Single(errors, e => e.Message.Contains(message, StringComparison.Ordinal)).Message);
        Assert.Contains((line, column), errors.Where(e => e.Message.Contains(message, StringComparison.Ordinal)).Select(e => (e.Line, e.Column)));
    }

    [Theory]
    [InlineData("clones: [{name: a, fraction: 0.7}, {name: b, fraction: 40 %}]", "the fractions add to 1.1; at most 1")]
    [InlineData("clones: [{name: a, lost: [B2M], fraction: 1e-3}]", "unknown key 'lost'")]
    [InlineData("clones: [{fraction: 0.1}]", "'name' is missing")]
    public void CloneMistake_InATumor_IsFound(string clones, string message) =>
        Assert.Contains(Examples.Errors(Examples.Minimal + $"    tumor: {{{clones}}}\n"), e => e.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void MissingTopKeys_Read_AreNamed()
    {
        IReadOnlyList<Diagnostic> errors = Examples.Errors("seed: 1\n");

        Assert.Equal(["schema", "name", "lesions"], errors.Select(e => e.Message.Split('\'')[1]));
        Assert.Contains("write 'tmesim/1'", errors[0].Message);
    }

    [Theory]
    [InlineData("tissue: {size: 5 mm, spacing: 10 um}\n", "10 um differs from the cell diameter")]
    [InlineData("parameters: {damp.diffusivity: 1 um2/s}\n", "the signal reaches sqrt(D/decay) = 61 um, less than 5 times the 40 um")]
    [InlineData("time: {burn_in: 14 d}\n", "may not reach the asked densities")]
    [InlineData("tissue: {size: 2.2 mm}\n", "untreated, the nodule comes within 100 um of the wall near day 135")]
    public void QuestionableScenario_Read_WarnsAndRuns(string addition, string message)
    {
        ScenarioResult result = ScenarioReader.ReadText(Examples.Minimal + addition);

        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        Assert.Contains(result.Diagnostics, d => d.Severity == DiagnosticSeverity.Warning && d.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Dose_ThatOverlapsTooManyInfusions_IsAnErrorAtItsInterval()
    {
        Diagnostic error = Assert.Single(ScenarioReader.ReadText("""
            schema: tmesim/1
            name: Too often
            arms:
              - name: A
                therapy:
                  - {drug: atezolizumab, dose: 1200 mg, every: 1 s}
            """).Diagnostics, d => d.Message.Contains("would overlap", StringComparison.Ordinal));
        Assert.Equal((6, 52, DiagnosticSeverity.Error), (error.Line, error.Column, error.Severity));
    }

    /// <summary>What rests on a key that is already in error is not judged: it would blame the wrong line.</summary>
    [Theory]
    [InlineData("time.duration=0 d", "seed=1")]
    [InlineData("lesions[primary].tumor=5", "tissue.size=[1 mm, 1 mm]")]
    public void OneMistake_GivesOneError(string mistake, string beside) => Assert.Single(
        ScenarioReader.ReadText(Examples.Inflamed, overrides: new() { Sets = [mistake, beside] }).Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
}
