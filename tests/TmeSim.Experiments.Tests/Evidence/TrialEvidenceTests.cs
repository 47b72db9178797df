using System.Text.RegularExpressions;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Trials;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Tests.Evidence;

/// <summary>
/// Tests of claims that are read from trials can fail: with arms exchanged, with a biomarker that runs the other way, with survival in
/// the opposite order none of them is reproduced. The trials are those of a folder of <c>tmesim evidence</c>, <c>TMESIM_EVIDENCE</c>.
/// </summary>
public sealed partial class TrialEvidenceTests
{
    private const int LeastClaims = 45;

    /// <summary>Claims with a test on a trial.</summary>
    public static TheoryData<string> Claims => [.. EvidenceLibrary.All.Where(c => c.Tests.OfType<TrialTest>().Any()).Select(c => c.Id)];

    [Fact]
    public void Claims_WithATestThatIsBroken_AreEnough()
    {
        IEnumerable<EvidenceEntry> broken = EvidenceLibrary.All.Where(c => c.Tests.OfType<TrialTest>().Any()
            || c.Tests.OfType<RunTest>().Any(t => t.BrokenBy.Count > 0));
        Assert.InRange(broken.Count(), LeastClaims, EvidenceLibrary.All.Count);
    }

    [Theory]
    [MemberData(nameof(Claims))]
    [Trait("Category", "FullSize")]
    public void EachClaimOfATrial_IsNotReproducedWithTheTrialTurnedRound(string id)
    {
        string? folder = Environment.GetEnvironmentVariable("TMESIM_EVIDENCE");
        Assert.SkipWhen(folder is null, "TMESIM_EVIDENCE names no folder of tmesim evidence with its trials");
        List<string> unbroken = [];
        foreach (TrialTest test in EvidenceLibrary.Find(id)!.Tests.OfType<TrialTest>())
        {
            ScenarioDefinition scenario = ScenarioReader.ReadFile(Path.Combine(folder!, "scenarios", "trials", $"{test.Trial}.yaml")).Definition!;
            string slug = NotInASlug().Replace(scenario.Name.ToLowerInvariant(), "-").Trim('-');
            string trial = Directory.GetDirectories(Path.Combine(folder!, "trials"), $"{slug}-trial-*").Single();
            TrialTable table = TrialTable.Read(Path.Combine(trial, "patients.csv"));
            TrialNumbers whole = TrialAnalysis.Of(table, TrialWriter.Questions(scenario));
            TrialNumbers turned = TrialAnalysis.Of(Turned(table, test, whole), TrialWriter.Questions(scenario));
            Verdict before = test.Expected.Of(EvidenceValues.Of(test, whole).Value), after = test.Expected.Of(EvidenceValues.Of(test, turned).Value);
            string line = $"{id}, {test.What}: {before} {EvidenceValues.Of(test, whole).Value}, turned {after} "
                + $"{EvidenceValues.Of(test, turned).Value}";
            TestContext.Current.TestOutputHelper?.WriteLine(line);
            unbroken.AddRange(before == Verdict.Reproduced && after == Verdict.Reproduced ? [line] : []);
        }

        Assert.True(unbroken.Count == 0, string.Join('\n', unbroken));
    }

    private static TrialTable Turned(TrialTable table, TrialTest test, TrialNumbers numbers) => test.Quantity switch
    {
        TrialQuantity.Biomarker when test.Expected.IsDirection => Valued(table, test.Name, (p, value) => -value),
        TrialQuantity.Biomarker => Valued(table, test.Name, (p, _) => p.Outcome.PfsDay),
        TrialQuantity.Contrast => Exchanged(table, test.Arm, numbers.Contrasts.First(c => c.Arm == test.Arm && c.Endpoint == test.Name).Control),
        _ when test.Name.Contains("_of_response_", StringComparison.Ordinal) || table.Arms.Count == 1 => Reversed(table, test.Arm),
        _ when test.Name.Contains("best", StringComparison.Ordinal) || test.Name.Contains("control", StringComparison.Ordinal) =>
            WithOutcomes(table, test.Arm, p => p.Outcome with
            {
                Best = p.Outcome.Best == RecistResponse.Progression ? RecistResponse.Partial : RecistResponse.Progression,
            }),
        _ => Exchanged(table, test.Arm, table.Arms.First(a => a != test.Arm)),
    };

    /// <summary>Another value of a covariate: the other way round where a direction is claimed, a perfect one where a middling one is.</summary>
    private static TrialTable Valued(TrialTable table, string name, Func<TrialPatient, double, double> value) => new(table.Covariates,
        [.. table.Patients.Select(p => p with
        {
            Values = [.. p.Values.Index().Select(v => v.Index == table.Find(name) ? v.Item with { Number = value(p, v.Item.Number) } : v.Item)],
        })]) { Arms = table.Arms };

    private static TrialTable WithOutcomes(TrialTable table, string arm, Func<TrialPatient, TrialOutcome> outcome) => new(table.Covariates,
        [.. table.Patients.Select(p => p.Arm == arm && p.Outcome.Error.Length == 0 ? p with { Outcome = outcome(p) } : p)]) { Arms = table.Arms };

    /// <summary>Each of two arms has the patients of the other.</summary>
    private static TrialTable Exchanged(TrialTable table, string arm, string other) => new(table.Covariates, [.. table.Patients.Select(p =>
        p with { Arm = p.Arm == arm ? other : p.Arm == other ? arm : p.Arm })]) { Arms = table.Arms };

    /// <summary>Who lived longest in an arm lives as long as who lived shortest, and so on.</summary>
    private static TrialTable Reversed(TrialTable table, string arm)
    {
        TrialPatient[] order = [.. table.Of(arm).OrderBy(p => p.Outcome.OsDay)];
        Dictionary<string, TrialOutcome> other = order.Zip(order.Reverse()).ToDictionary(p => p.First.Patient, p => p.Second.Outcome);
        return WithOutcomes(table, arm, p => p.Outcome with
        {
            OsDay = other[p.Patient].OsDay, OsEvent = other[p.Patient].OsEvent, OsReason = other[p.Patient].OsReason,
        });
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInASlug();
}
