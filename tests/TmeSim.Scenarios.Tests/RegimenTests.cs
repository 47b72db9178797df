using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Explaining;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>A regimen is its courses, written out: the same arm to the last bit, with what the entry changes.</summary>
public class RegimenTests
{
    public static TheoryData<string> Names => [.. RegimenLibrary.Names];

    private static string With(params string[] entries) =>
        Examples.Minimal + "arms:\n  - name: A\n    therapy:\n" + string.Concat(entries.Select(e => $"      - {e}\n"));

    // What decides the bits of the arm, and its courses in words.
    private static string Arm(params string[] entries) => Examples.Valid(With(entries)).ArmIdentity(0);

    [Theory]
    [MemberData(nameof(Names))]
    public void EachRegimen_IsAValidTherapy_WithASource(string name)
    {
        ScenarioDefinition scenario = Examples.Valid(With($"{{regimen: {name}}}"));

        Assert.True(scenario.Arms[0].Therapy.Count + scenario.Arms[0].Radiation.Count > 0);
        Assert.DoesNotContain("regimen", scenario.ResolvedYaml);
        Assert.Equal(scenario.ArmIdentity(0), Examples.Valid(scenario.ResolvedYaml).ArmIdentity(0));
        RegimenEntry entry = RegimenLibrary.Find(name)!;
        Assert.InRange(entry.Text.Length, 10, 200);
        Assert.True(entry.Source.Length > 5);
    }

    [Fact]
    public void Regimen_IsTheSameArm_AsItsCoursesWrittenOut()
    {
        Assert.Equal(
            Arm("{drug: tremelimumab, dose: 300 mg}", "{drug: durvalumab, dose: 1500 mg, every: 4 weeks}"), Arm("{regimen: stride}"));
        Assert.Equal(Arm("{drug: sorafenib, dose: 400 mg, every: 12 h}"), Arm("{regimen: sorafenib}"));
        Assert.Equal(Arm("{radiotherapy: {fractions: 5, dose: 8 Gy, every: 2 d, weekends: off}}"), Arm("{regimen: sbrt}"));
        Assert.Equal(
            Arm("{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}", "{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}", "{radiotherapy: {fractions: 5, dose: 8 Gy, every: 2 d, weekends: off}}"),
            Arm("{regimen: atezolizumab-bevacizumab}", "{regimen: sbrt}"));
    }

    [Fact]
    public void StartAndEnds_AreOfAllCourses_AndCyclesOfThoseThatRecur()
    {
        Assert.Equal(
            Arm("{drug: tremelimumab, dose: 300 mg, start: 14 d, until: progression}", "{drug: durvalumab, dose: 1500 mg, every: 4 weeks, start: 14 d, until: progression, cycles: 3}"),
            Arm("{regimen: stride, start: 2 weeks, until: progression, cycles: 3}"));
        Assert.Equal(
            Arm("{drug: nivolumab, dose: 1 mg/kg, every: 3 weeks, cycles: 4, start: 1 week, stop: 100 d}", "{drug: ipilimumab, dose: 3 mg/kg, every: 3 weeks, cycles: 4, start: 1 week, stop: 100 d}", "{drug: nivolumab, dose: 240 mg, every: 2 weeks, start: 13 weeks, stop: 100 d}"),
            Arm("{regimen: nivolumab-ipilimumab, start: 1 week, stop: 100 d}"));
    }

    [Fact]
    public void Changes_AreOfOneDrug_AndComeBeforeThoseOfAll()
    {
        Assert.Equal(
            Arm("{drug: atezolizumab, dose: 1200 mg, every: 3 weeks, until: 60 d}", "{drug: bevacizumab, dose: 7.5 mg/kg, every: 3 weeks, until: 30 d}"),
            Arm("{regimen: atezolizumab-bevacizumab, until: 60 d, with: {bevacizumab: {dose: 7.5 mg/kg, until: 30 d}}}"));
        Assert.Equal(
            Arm("{drug: tremelimumab, dose: 300 mg, start: 3 weeks}", "{drug: durvalumab, dose: 1500 mg, every: 4 weeks, start: 2 weeks}"),
            Arm("{regimen: stride, start: 2 weeks, with: {tremelimumab: {start: 1 week}}}"));
        Assert.Equal(Arm("{drug: sorafenib, dose: 200 mg, every: 24 h}"), Arm("{regimen: sorafenib, dose: 200 mg, every: 1 d}"));
        Assert.Equal(
            Arm("{radiotherapy: {fractions: 3, dose: 8 Gy, every: 2 d, weekends: off}, start: 7 d}"),
            Arm("{regimen: sbrt, start: 7 d, radiotherapy: {fractions: 3}}"));
    }

    [Theory]
    [InlineData("arms[A].therapy[stride].start=2 weeks", "{regimen: stride, start: 2 weeks}")]
    [InlineData("arms[A].therapy[stride].with.tremelimumab.dose=75 mg", "{regimen: stride, with: {tremelimumab: {dose: 75 mg}}}")]
    [InlineData("arms[*].therapy[stride].until=progression", "{regimen: stride, until: progression}")]
    [InlineData("arms[A].therapy[stride].regimen=durvalumab", "{regimen: durvalumab}")]
    public void SetOptions_ReachARegimenByItsName(string set, string entry) =>
        Assert.Equal(Arm(entry), Examples.Valid(With("{regimen: stride}"), new ScenarioOverrides { Sets = [set] }).ArmIdentity(0));

    [Fact]
    public void Sweep_VariesARegimen()
    {
        ScenarioDefinition scenario = Examples.Valid(With("{regimen: stride}") + "sweep: {vary: {\"arms[A].therapy[stride].start\": [0 d, 2 weeks]}}\n");

        Assert.Equal(Arm("{regimen: stride, start: 14 d}"), scenario.SweepSpace!.At(["14 d"]).Definition!.ArmIdentity(0));
    }

    [Theory]
    [InlineData("start", "start", 2)]
    [InlineData("with.durvalumab.dose", "dose", 1)]
    public void Sweep_KnowsWhichCoursesARegimenVaries(string key, string course, int courses)
    {
        string text = With("{regimen: stride}") + $"  - name: B\n    therapy: [{{regimen: stride}}]\nsweep: {{vary: {{\"arms[A].therapy[stride].{key}\": [{(course == "dose" ? "750 mg, 1500 mg" : "0 d, 2 weeks")}]}}}}\n";
        ArmKey[] keys = [.. Examples.Valid(text).Sweep!.ArmKeys.Where(k => k.Factors.Any(f => f is not null))];

        Assert.Equal(courses, keys.Length);
        Assert.All(keys, k => Assert.EndsWith("." + course, k.Path));
    }

    [Fact]
    public void Base_ARegimenPairsWithTheOneOfItsName()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        File.WriteAllText(Path.Combine(folder, "base.yaml"), With("{regimen: stride}"));
        ScenarioResult read = ScenarioReader.ReadText(
            "base: base.yaml\narms:\n  - {name: A, therapy: [{regimen: stride, start: 7 d}]}\n", "above.yaml", folder);
        Directory.Delete(folder, true);

        Assert.Equal(Arm("{regimen: stride, start: 7 d}"), read.Definition!.ArmIdentity(0));
    }

    [Theory]
    [InlineData("{regimen: strid}", "unknown regimen 'strid'; did you mean 'stride'?")]
    [InlineData("{regimen: }", "the name of a regimen is wanted here")]
    [InlineData("{regimen: stride, drug: nivolumab}", "an entry of the therapy gives a regimen or a drug")]
    [InlineData("{regimen: stride, strat: 2 weeks}", "unknown key 'strat'; did you mean 'start'?")]
    [InlineData("{regimen: stride, dose: 100 mg}", "stride has 2 courses; write `with: {tremelimumab: {dose: …}}`")]
    [InlineData("{regimen: stride, with: {tremelimumb: {dose: 75 mg}}}", "the regimen does not give 'tremelimumb'; did you mean 'tremelimumab'?")]
    [InlineData("{regimen: stride, with: {tremelimumab: 75 mg}}", "a block of keys is wanted here")]
    [InlineData("{regimen: stride, with: 75 mg}", "a block by drug is wanted here (tremelimumab, durvalumab)")]
    [InlineData("{regimen: stride, radiotherapy: {dose: 6 Gy}}", "stride has no radiotherapy to change")]
    [InlineData("{regimen: stride, with: {tremelimumab: {doze: 75 mg}}}", "unknown key 'doze'")]
    [InlineData("{regimen: stride, start: 2 mg}", "'mg' is the wrong kind of unit")]
    [InlineData("{dose: 100 mg}", "gives a drug, a regimen or radiotherapy")]
    public void Mistakes_AreSaidWhereTheyStand(string entry, string message)
    {
        Assert.Contains(message, Examples.Errors(With(entry))[0].Message);
        Assert.All(Examples.Errors(With(entry)), d => Assert.True(d.Line > 0 && !d.File.StartsWith("seeds", StringComparison.Ordinal), d.ToString()));
    }

    [Fact]
    public void Explain_ListsRegimens_AndShowsOne()
    {
        Assert.Contains("\nRegimens\n", Explain.List());
        string card = Explain.Show("stride")!;
        Assert.Contains("(regimen)", card);
        Assert.Contains("courses  tremelimumab 300 mg once; durvalumab 1500 mg every 4 weeks", card);
        Assert.Contains("source   Imjudo", card);
        Assert.Contains("radiotherapy 5 x 8 Gy every 2 d", Explain.Show("sbrt"));

        // The drug and the regimen of its name.
        Assert.Contains("(drug)", Explain.Show("sorafenib"));
        Assert.Contains("(regimen)", Explain.Show("sorafenib"));
    }

    [Fact]
    public void EveryDrug_OfTheLibrary_BindsTargetsOfItsKind()
    {
        Assert.All((string[])["pembrolizumab", "sintilimab", "camrelizumab", "tislelizumab", "nivolumab"], d => Assert.Equal([DrugTarget.Pd1], Targets(d)));
        Assert.Equal([DrugTarget.PdL1], Targets("durvalumab"));
        Assert.All((string[])["tremelimumab", "ipilimumab"], d => Assert.Equal([DrugTarget.Ctla4], Targets(d)));
        Assert.All((string[])["sorafenib", "lenvatinib", "apatinib"], d => Assert.Equal([DrugTarget.Vegfr, DrugTarget.Proliferation], Targets(d)));

        static DrugTarget[] Targets(string drug) => [.. DrugLibrary.Find(drug)!.Plan.Effects.Select(e => e.Target)];
    }
}
