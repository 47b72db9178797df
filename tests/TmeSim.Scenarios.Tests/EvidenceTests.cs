using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>Records of claims: what is shipped, and what is said of one that is not of the form.</summary>
public sealed class EvidenceTests
{
    private const string Record = """
        - id: T-01
          claim: "a claim"
          numbers: "none"
          source: "a source"
          shows: "something"
          population: "mice"
          strength: direction
          role: prediction
          scope: in
          tests:
            - what: "cells (ln)"
              scenario: s
              value:
                - {ln: tumor_cells, arm: A, at: 8 weeks}
                - {ln: tumor_cells, plus: 1, arm: B, from: 7 d, to: 56 d, times: -1, lesion: far}
              expect: {below: 0}
              tolerance: 0.1
              why: "a reason"
              replicates: 24
              broken_by: {set: [a=1, b=2]}
              switches: [c=off, d=on]
            - {what: x, trial: t, contrast: os_hazard_ratio, arm: A, subgroup: "nlr > 3", expect: {from: 0.5, to: 0.8}, tolerance: 0, why: y, patients: 100}

        """;

    [Fact]
    public void Record_IsRead()
    {
        EvidenceEntry claim = EvidenceLibrary.Read("x.yaml", Record).Single();
        RunTest run = Assert.IsType<RunTest>(claim.Tests[0]);
        Assert.Equal((56, 56, 1.0, true), (run.Terms[0].FromDays, run.Terms[0].ToDays, run.Terms[0].Weight, run.Terms[0].IsLog));
        Assert.Equal((7, 56, -1.0, 1.0, "far"), (run.Terms[1].FromDays, run.Terms[1].ToDays, run.Terms[1].Weight, run.Terms[1].Plus, run.Terms[1].Lesion));
        Assert.Equal((double.NegativeInfinity, 0.0, 0.1), (run.Expected.Low, run.Expected.High, run.Expected.Tolerance));
        Assert.Equal((24, 2), (run.Most, run.BrokenBy.Count));
        Assert.Equal(["c=off", "d=on"], run.Switches);
        TrialTest trial = Assert.IsType<TrialTest>(claim.Tests[1]);
        Assert.Equal((TrialQuantity.Contrast, "os_hazard_ratio", "nlr > 3", 100), (trial.Quantity, trial.Name, trial.Subgroup, trial.Patients));
    }

    [Theory]
    [InlineData("role: prediction", "role: guess", "'role' is one of fit, check, prediction, context")]
    [InlineData("role: prediction", "role: context", "has no tests")]
    [InlineData("role: prediction", "role: \"fit, check\"", "'role' is one of")]
    [InlineData("role: prediction", "role: 2", "'role' is one of")]
    [InlineData("id: T-01", "id: \"T,1\"", "'id' is 1 to 40 letters")]
    [InlineData("id: T-01", "id: \"T\\n1\"", "'id' is 1 to 40 letters")]
    [InlineData("scenario: s", "scenario: ../../x", "'scenario' is a plain name")]
    [InlineData("trial: t", "trial: a/t", "'trial' is a plain name")]
    [InlineData("from: 7 d, to: 56 d", "from: 57 d, to: 56 d", "'from' is not after 'to'")]
    [InlineData("scope: in", "scope: maybe", "'scope' is `in`")]
    [InlineData("scope: in", "scope: \"out: no such drug\"", "has no tests")]
    [InlineData("expect: {below: 0}", "expect: {from: 2, to: 1}", "'expect' is below, above")]
    [InlineData("expect: {below: 0}", "expect: {}", "'expect' is below, above")]
    [InlineData("tolerance: 0.1", "tolerance: -1", "'tolerance' 0 or more")]
    [InlineData("replicates: 24", "replicates: 2", "'replicates' is at least 4")]
    [InlineData("replicates: 24", "replicates: many", "'replicates' is no number")]
    [InlineData("switches: [c=off, d=on]", "switches: c=off", "'switches' is a list")]
    [InlineData("switches: [c=off, d=on]", "switches: [c]", "'switches' is a list of changes path=value")]
    [InlineData("at: 8 weeks", "at: 8 mm", "'at' is a time")]
    [InlineData("at: 8 weeks", "at: 8 weeks, from: 7 d", "either at or from and to")]
    [InlineData("{ln: tumor_cells, arm: A,", "{arm: A,", "one of plain and ln")]
    [InlineData("contrast: os_hazard_ratio,", "", "one of endpoint, contrast, biomarker")]
    [InlineData("why: \"a reason\"", "wy: \"a reason\"", "unknown key 'wy'")]
    [InlineData("source: \"a source\"", "source:", "'source' is missing")]
    public void RecordThatIsNotOfTheForm_IsRefusedWhereItStands(string written, string wrong, string message)
    {
        Assert.Contains(written, Record, StringComparison.Ordinal);
        string refused = Assert.Throws<InvalidOperationException>(() => EvidenceLibrary.Read("x.yaml", Record.Replace(written, wrong, StringComparison.Ordinal))).Message;
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml:", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordsWithOneId_AreRefused() => Assert.Contains("the id 'T-01' stands twice",
        Assert.Throws<InvalidOperationException>(() => EvidenceLibrary.Read("x.yaml", Record + Record)).Message, StringComparison.Ordinal);

    /// <summary>Every scenario of a test is there, valid, and has the arms, lesions and measures that are read.</summary>
    [Fact]
    public void TestsThatAreShipped_ReadWhatTheirScenariosHave()
    {
        Dictionary<string, string> files = EvidenceLibrary.Scenarios().ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        foreach ((EvidenceEntry claim, EvidenceTerm term) in EvidenceLibrary.All.SelectMany(c => c.Tests.OfType<RunTest>().SelectMany(t => t.Terms.Select(m => (c, m)))))
        {
            Assert.True(files.TryGetValue(term.Scenario + ".yaml", out string? text), $"{claim.Id}: no scenario {term.Scenario}");
            ScenarioDefinition scenario = Scenario(term.Scenario, text);
            Assert.True(scenario.Arms.Any(a => a.Name == term.Arm), $"{claim.Id}: {term.Scenario} has no arm {term.Arm}");
            Assert.True(term.Lesion.Length == 0 || scenario.Plan.Lesions.Any(l => l.Name == term.Lesion), $"{claim.Id}: no lesion {term.Lesion}");
            Assert.True(term.ToDays * 24 <= scenario.Plan.Time.DurationHours, $"{claim.Id}: day {term.ToDays} lies after the end of {term.Scenario}");
        }

        foreach ((EvidenceEntry claim, TrialTest test) in EvidenceLibrary.All.SelectMany(c => c.Tests.OfType<TrialTest>().Select(t => (c, t))))
        {
            Assert.True(files.ContainsKey($"trials/{test.Trial}.yaml"), $"{claim.Id}: no trial {test.Trial}");
        }
    }

    /// <summary>Every change that a record names, to break it or to turn it, is one of its scenario.</summary>
    [Fact]
    public void ChangesThatAreShipped_AreChangesOfTheirScenarios()
    {
        Dictionary<string, string> files = EvidenceLibrary.Scenarios().ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        foreach ((EvidenceEntry claim, RunTest test) in EvidenceLibrary.All.SelectMany(c => c.Tests.OfType<RunTest>().Select(t => (c, t))))
        {
            foreach (IReadOnlyList<string> sets in ((IReadOnlyList<string>[])[test.BrokenBy, .. test.Switches.Select(s => (IReadOnlyList<string>)[s])]).Where(s => s.Count > 0))
            {
                Assert.All(test.Scenarios, s => Assert.True(ScenarioReader.ReadText(files[s + ".yaml"], s, overrides: new() { Sets = sets }).IsValid, $"{claim.Id}: {string.Join(' ', sets)}"));
            }
        }
    }

    /// <summary>At least 45 claims can be tested, and each by something that can fail.</summary>
    [Fact]
    public void Claims_AreTestable()
    {
        EvidenceEntry[] tested = [.. EvidenceLibrary.All.Where(e => e.Tests.Count > 0)];
        Assert.True(tested.Length >= 45, $"{tested.Length} claims have tests");
        Assert.All(tested.SelectMany(t => t.Tests), t => Assert.True(t.Why.Length > 10 && (double.IsFinite(t.Expected.Low) || double.IsFinite(t.Expected.High))));
        Assert.All(EvidenceLibrary.All, e => Assert.True(e.Population.Length > 2));
    }

    private readonly Dictionary<string, ScenarioDefinition> _read = new(StringComparer.Ordinal);

    private ScenarioDefinition Scenario(string name, string text)
    {
        if (!_read.TryGetValue(name, out ScenarioDefinition? scenario))
        {
            ScenarioResult read = ScenarioReader.ReadText(text, name + ".yaml");
            Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
            _read.Add(name, scenario = read.Definition!);
        }

        return scenario;
    }
}
