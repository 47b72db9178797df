using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>The <c>cohort:</c> block: who the patients are, and what is said of one that cannot be.</summary>
public sealed class CohortBlockTests : IDisposable
{
    private const string Head = """
        schema: tmesim/1
        preset: lasting
        name: Patients
        time: {burn_in: 20 d, duration: 12 weeks, record_every: 7 d}
        tissue: {size: [1.2 mm, 1.2 mm]}
        lesions: [{name: primary, tumor: {radius: 0.3 mm}, immune: {pattern: inflamed}}]
        arms: [{name: A+B, therapy: [{regimen: atezolizumab-bevacizumab}]}, {name: Control}]

        """;

    private const string Traits = """
        cohort:
          patients: 200
          seed: 4
          traits:
            patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}
            patient.lymphocyte_supply: {distribution: lognormal, median: 1, sd_log: 0.3}
            "lesions[*].tumor.doubling_time": {distribution: lognormal, median: 140 d, sd_log: 1.06, min: 25 d, max: 1000 d}
            "lesions[*].tumor.antigenicity": {distribution: normal, mean: 0.6, sd: 0.15}
          correlations: [{between: [patient.nlr, patient.lymphocyte_supply], r: -0.6}]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-cohort-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Patients_HaveTheMarginalsAndTheCorrelationAskedFor()
    {
        CohortPlan cohort = Valid(Traits).Cohort!;
        double[] nlr = Values(cohort, "patient.nlr"), supply = Values(cohort, "lymphocyte_supply"), doubling = Values(cohort, "doubling_time");
        Assert.Equal(200, cohort.Patients.Count);
        Assert.Equal(2.7, Median(nlr), 0.15);
        Assert.Equal(0.5, Sd([.. nlr.Select(v => Math.Log(v))]), 0.04);
        Assert.All(doubling, d => Assert.InRange(d, 25, 1000));
        Assert.InRange(Correlation([.. nlr.Select(v => Math.Log(v))], [.. supply.Select(v => Math.Log(v))]), -0.68, -0.52);
        Assert.All(Values(cohort, "antigenicity"), a => Assert.InRange(a, 0, 1));
    }

    [Theory]
    [InlineData("sobol")]
    [InlineData("random")]
    public void Patient_IsTheSameWhateverTheirNumberIs(string sampling)
    {
        CohortPlan many = Valid(Traits.Replace("patients: 200", $"patients: 200\n  sampling: {sampling}", StringComparison.Ordinal)).Cohort!;
        CohortPlan few = Valid(Traits.Replace("patients: 200", $"patients: 7\n  sampling: {sampling}", StringComparison.Ordinal)).Cohort!;
        Assert.Equal(few.Patients, many.Patients.Take(7));
        Assert.Equal(few.Space, many.Space);
        foreach ((CohortTrait a, CohortTrait b) in few.Traits.Zip(many.Traits))
        {
            Assert.Equal(a.Factor.Levels, b.Factor.Levels.Take(7));
        }

        Assert.NotEqual(few.Traits[0].Factor.Levels, Valid(Traits.Replace("seed: 4", "seed: 5", StringComparison.Ordinal)).Cohort!.Traits[0].Factor.Levels.Take(7));
    }

    [Fact]
    public void Strata_HaveTheirShareAndTheirTraits()
    {
        ScenarioDefinition read = Valid(Traits + """
              strata:
                - {name: inflamed, share: 3}
                - name: excluded
                  share: 1
                  traits:
                    "lesions[*].immune.pattern": excluded
                    reference.name: hcc-excluded
                    "lesions[*].tumor.antigenicity": {values: [0.3, 0.4], weights: [1, 3]}
            """);
        CohortPlan cohort = read.Cohort!;
        int[] excluded = [.. cohort.Patients.Index().Where(p => p.Item.Stratum == "excluded").Select(p => p.Index)];
        Assert.InRange(excluded.Length, 45, 55);
        CohortTrait pattern = cohort.Traits.Single(t => t.Factor.Path.EndsWith("pattern", StringComparison.Ordinal)), antigen = cohort.Traits.Single(t => t.Factor.Path.EndsWith("antigenicity", StringComparison.Ordinal));
        Assert.All(excluded, i => Assert.Equal("excluded", pattern.Factor.Levels[i].Text));
        Assert.All(excluded, i => Assert.Contains(antigen.Factor.Levels[i].Number, (double[])[0.3, 0.4]));
        Assert.Equal(0.75, excluded.Count(i => antigen.Factor.Levels[i].Number == 0.4) / (double)excluded.Length, 0.15);
        int other = Enumerable.Range(0, 200).First(i => !excluded.Contains(i));
        Assert.Equal("", pattern.Factor.Levels[other].Text);

        // A patient is the scenario with its own traits; the excluded ones hold another reference patient.
        ScenarioDefinition Patient(int i) => Assert.IsType<ScenarioDefinition>(read.TrialSpace!.At([.. read.Trial!.Sweep.Factors.Select(f => f.Levels[i].Text)]).Definition);
        Assert.NotEqual(Patient(other).Plan.Lesions[0].Reference!.Multipliers, Patient(excluded[0]).Plan.Lesions[0].Reference!.Multipliers);
        Assert.Equal(Engine.Plan.ImmunePattern.Excluded, Patient(excluded[0]).Plan.Lesions[0].Pattern);

        // A folder that holds the resolved scenario goes on with the same patients.
        ScenarioDefinition again = Valid(read.ResolvedYaml, head: "");
        Assert.Equal(read.Trial!.Sweep.Space, again.Trial!.Sweep.Space);
        Assert.Equal(Patient(excluded[0]).IdentityHash, again.TrialSpace!.At([.. again.Trial.Sweep.Factors.Select(f => f.Levels[excluded[0]].Text)]).Definition!.IdentityHash);
    }

    [Fact]
    public void Inclusion_TurnsPatientsAway_AndCountsThem()
    {
        CohortPlan all = Valid(Traits).Cohort!, some = Valid(Traits + "  include: [patient.nlr < 3, \"lesions[*].tumor.doubling_time > 8 weeks\"]\n").Cohort!;
        Assert.All(Values(some, "patient.nlr"), n => Assert.True(n < 3));
        Assert.All(Values(some, "doubling_time"), d => Assert.True(d > 56));
        Assert.Equal(some.Screened, some.Patients.Count + some.Include.Sum(i => i.Excluded));
        Assert.InRange(some.Include[0].Excluded / (double)some.Screened, 0.36, 0.48);
        VirtualPatient first = some.Patients[3];
        int place = first.Number;
        Assert.Equal(all.Traits[0].Factor.Levels[place], some.Traits[0].Factor.Levels[3]);
    }

    [Fact]
    public void Table_GivesThePatientsOfItsRows()
    {
        CohortPlan cohort = Table("patient,stratum,patient.nlr,lesions[primary].diameter [mm],lesions[primary].immune.pattern\nMrs A,x,2.5,40,inflamed\n\"B, Mr\",y,6,4 cm,excluded\n".Replace("4 cm", "41", StringComparison.Ordinal),
            out _)!;
        Assert.Equal([new VirtualPatient(0, "Mrs A", "x"), new VirtualPatient(1, "B, Mr", "y")], cohort.Patients);
        Assert.Equal([2.5, 6], Values(cohort, "patient.nlr"));
        Assert.Equal(["40 mm", "41 mm"], cohort.Traits[1].Factor.Levels.Select(l => l.Text));
    }

    [Theory]
    [InlineData("patient,patient.nlr\n", "has a header and no patients")]
    [InlineData("", "the table is empty")]
    [InlineData("patient,patient.nlr\nA,2\nA,3\n", "the patient 'A' stands twice")]
    [InlineData("patient,patient.nlr\nA,2\n,3\n", "a patient without a name")]
    [InlineData("patient,patient.nrl\nA,2\n", "unknown key 'nrl'")]
    [InlineData("patient,patient.nlr\nA,two\n", "two")]
    [InlineData("patient,patient.nlr\nA,-2\n", "-2")]
    [InlineData("patient,patient.nlr,patient.nlr\nA,2,3\n", "two columns lead to")]
    [InlineData("patient,patient.nlr\nA,2,3\n", "3 cells under a header of 2")]
    [InlineData("patient,stratum\nA,x\n", "no column names a key")]
    public void Table_ThatCannotBe_IsRefusedWhereItIsWrong(string text, string message)
    {
        Assert.Null(Table(text, out IReadOnlyList<Diagnostic> found));
        Assert.Contains(found, d => d.Severity == DiagnosticSeverity.Error && d.Message.Contains(message, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "cohort: {patients: 0, traits: {patient.nlr: {distribution: lognormal, median: 2, sd_log: 1}}}", "0" },
        { "cohort: {traits: {patient.nlr: 2}}", "needs 'patients'" },
        { "cohort: {patients: 5}", "nothing differs between patients" },
        { "cohort: {patients: 5, traits: {patient.nrl: 2}}", "did you mean 'nlr'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: lognormal, median: 2}}}", "'median' and 'sd_log'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: normal, mean: 2, sd: -1}}}", "-1" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 5, max: 2}}}", "range" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: normal, mean: 2 mm, sd: 1}}}", "mm" },
        { "cohort: {patients: 5, traits: {patient.nlr: {values: [1, 2], weights: [1]}}}", "as many weights" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: normal, mean: 2, sd: 1, values: [3]}}}", "given twice" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: mixture}}}", "components" },
        { "cohort: {patients: 5, traits: {\"lesions[primary].immune.pattern\": {distribution: normal, mean: 1, sd: 1}}}", "takes words" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}, patient.weight: {distribution: uniform, min: 50 kg, max: 90 kg}}, correlations: [{between: [patient.nlr, patient.weigth], r: 0.5}]}", "did you mean 'patient.weight'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}, correlations: [{between: [patient.nlr, patient.nlr], r: 0.5}]}", "with itself" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}, correlations: [{between: [patient.nlr], r: 0.2}]}", "" },
        { "cohort: {patients: 5, traits: {a: 1}}", "unknown key" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}, include: [patient.nlr > 4]}", "'patient.nlr > 4' turned" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}, include: [nlr]}", "is no rule" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}, include: [patient.nlr < median]}", "a median is known" },
        { "cohort: {patients: 5, table: none.csv, traits: {patient.nlr: 2}}", "does not go with a table" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}, \"patient.nlr \": {values: [2]}}}", "" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {control: B}", "unknown arm 'B'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {design: randomised, allocation: [1]}", "need as many whole weights" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {imaging: {every: 40 d}}", "has no row in the time series" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {imaging: {every: 20 weeks}}", "comes after the end" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {subgroups: [age > 60]}", "no patient has 'age'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {tree: [age]}", "no patient has 'age'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {biomarkers: [cd9]}", "unknown measure 'cd9'" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {allocation: [1, 1]}", "goes with `design: randomised`" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {stratify: [patient.nlr > 2]}", "goes with `design: randomised`" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {accrual: 300 d, cut_off: 200 d}", "some would not be followed at all" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {subgroups: [patient.nlr > 2, patient.nlr >  2]}", "stands here twice" },
        { "cohort: {patients: 5, traits: {patient.nlr: {distribution: uniform, min: 1, max: 3}}}\ntrial: {subgroups: [stratum == cold]}", "no patient has 'stratum'" },
        { "cohort: {patients: 5, traits: {time.duration: {values: [6 weeks, 12 weeks]}}}", "is the same for all patients" },
        { "cohort: {patients: 5, traits: {tissue.spacing: {values: [20 um, 25 um]}}}", "is the same for all patients" },
        { "cohort: {patients: 5, traits: {\"lesions[primary].immune.pattern\": {values: [inflamed, desert]}}, include: [\"lesions[primary].immune.pattern == dessert\"]}", "no patient has the word 'dessert'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsRefusedWhereItStands(string block, string message)
    {
        ScenarioResult read = ScenarioReader.ReadText(Head + block + "\n", directory: _folder);
        Assert.False(read.IsValid);
        Assert.Contains(read.Diagnostics, d => d.Severity == DiagnosticSeverity.Error && d.Message.Contains(message, StringComparison.OrdinalIgnoreCase));
        Assert.All(read.Diagnostics, d => Assert.True(d.Line > 0));
    }

    [Fact]
    public void CorrelationsThatContradictEachOther_AreRefusedWithTheTraitTheyFailAt()
    {
        ScenarioResult read = ScenarioReader.ReadText(Head + """
            cohort:
              patients: 5
              traits:
                patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}
                patient.lymphocyte_supply: {distribution: lognormal, median: 1, sd_log: 0.3}
                patient.monocyte_supply: {distribution: lognormal, median: 1, sd_log: 0.3}
              correlations:
                - {between: [patient.nlr, patient.lymphocyte_supply], r: 0.9}
                - {between: [patient.lymphocyte_supply, patient.monocyte_supply], r: 0.9}
                - {between: [patient.nlr, patient.monocyte_supply], r: -0.9}
            """);
        Diagnostic error = Assert.Single(read.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Contains("positive definite", error.Message, StringComparison.Ordinal);
        Assert.Contains("'patient.monocyte_supply'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cohort_BringsReferenceBaselineOneReplicateAndATrial()
    {
        ScenarioDefinition read = Valid(Traits);
        Assert.NotNull(read.Plan.Lesions[0].Reference);
        Assert.Equal(1, read.Replicates);
        Assert.Equal((1, false), (read.Trial!.Control, read.Trial.IsRandomised));
        Assert.All(read.Arms[0].Therapy, c => Assert.True(c.UntilProgression));
        Assert.All(Valid(Traits + "trial: {treatment_beyond_progression: on}\n").Arms[0].Therapy, c => Assert.False(c.UntilProgression));
        Assert.Equal([0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84], read.Trial.GridDays);
        Assert.Null(Valid("").Cohort);
    }

    [Fact]
    public void RandomisedTrial_GivesEachPatientOneArm_BalancedInStrata()
    {
        SweepPlan sweep = Valid(Traits + "trial: {design: randomised, allocation: [2, 1], stratify: [patient.nlr >= 2.7]}\n").Trial!.Sweep;
        Assert.Equal(2.0 / 3, sweep.ArmOfPoint!.Count(a => a == 0) / 200.0, 0.02);
        int[] high = [.. Enumerable.Range(0, 200).Where(i => sweep.Factors[0].Levels[i].Number >= 2.7)];
        Assert.Equal(2.0 / 3, high.Count(i => sweep.ArmOfPoint![i] == 0) / (double)high.Length, 0.03);
    }

    private CohortPlan? Table(string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        File.WriteAllText(Path.Combine(_folder, "patients.csv"), text);
        ScenarioResult read = ScenarioReader.ReadText(Head + "cohort: {table: patients.csv}\n", directory: _folder);
        diagnostics = read.Diagnostics;
        return read.Definition?.Cohort;
    }

    private static ScenarioDefinition Valid(string block, string head = Head)
    {
        ScenarioResult read = ScenarioReader.ReadText(head + block);
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        return read.Definition!;
    }

    private static double[] Values(CohortPlan cohort, string label) => [.. cohort.Traits.Single(t => t.Factor.Label == label).Factor.Levels.Select(l => l.Number)];

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Sd(double[] values) => Math.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average())));

    private static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => (x - a.Average()) * (y - b.Average())).Average() / (Sd(a) * Sd(b));
}
