using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Work;

/// <summary>
/// Which switch turns a contradiction: a contradicted test is run again with each mechanism alone that its record names, that breaks it, or
/// in which
/// the arms that it reads differ, at no more replicates than contradicted it. Runs stand in the folder of the claims and are gone on with.
/// </summary>
internal static class EvidenceSwitches
{
    /// <summary>Tests contradicted claims with their switches.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="claims">Its verdicts.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>By claim, test and switch.</returns>
    /// <exception cref="ScenarioRefusedException">A scenario cannot be read.</exception>
    /// <exception cref="RunFolderException">A folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request; finished simulations are kept.</exception>
    public static IReadOnlyList<SwitchOutcome> Of(EvidenceRequest request, IReadOnlyList<ClaimOutcome> claims, RunProgress progress,
        CancellationToken cancellation)
    {
        (ClaimOutcome Claim, TestOutcome Test, RunTest Run, string Change)[] work =
        [
            .. from claim in claims
               where claim.Verdict == Verdict.Contradicted
               from test in claim.Tests
               where test.Verdict == Verdict.Contradicted && test.Test is RunTest
               from change in Candidates((RunTest)test.Test, request)
               select (claim, test, (RunTest)test.Test, change),
        ];
        DateTime end = request.Within is { } time ? DateTime.UtcNow + time : DateTime.MaxValue;
        List<SwitchOutcome> found = [];
        foreach (var change in work.GroupBy(w => w.Change))
        {
            // No further than what contradicted: more replicates would tell of themselves, not of the switch.
            EvidenceEntry[] again = [.. change.Select(w => w.Claim.Claim with { Tests = [w.Run with { Most = Math.Max(SequentialTest.First,
                w.Test.Count) }] })];
            request.Notice?.Invoke($"{change.Key}: {string.Join(", ", again.Select(a => a.Id).Distinct())}");
            IReadOnlyList<ClaimOutcome> outcomes = EvidenceSession.Judge(request with
            {
                Claims = again, Sets = [.. request.Sets, change.Key],
                Within = request.Within is null ? null : end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero,
            }, progress, cancellation);
            found.AddRange(change.Zip(outcomes, (w, o) => new SwitchOutcome(w.Claim.Claim, change.Key, w.Test, o.Tests[0])));
        }

        return [.. found.OrderBy(f => f.Claim.Id, StringComparer.Ordinal).ThenBy(f => f.Before.Test.What, StringComparer.Ordinal)];
    }

    // In the order of records; a change that a scenario refuses, as one that it cannot be burnt in with, is none.
    private static IEnumerable<string> Candidates(RunTest test, EvidenceRequest request) => test.Switches.Concat(test.BrokenBy)
        .Concat(test.Scenarios.SelectMany(s => Differing(s, test, request))).Distinct(StringComparer.Ordinal)
        .Where(c => test.Scenarios.All(s => Read(s, [.. request.Sets, c], request).IsValid));

    // Mechanisms in which arms that are read differ from the scenario, the other way round for all arms.
    private static IEnumerable<string> Differing(string scenario, RunTest test, EvidenceRequest request)
    {
        ScenarioDefinition read = Read(scenario, request.Sets, request).Definition!;
        ArmPlan[] arms = [.. read.Arms.Where(a => test.Terms.Any(t => t.Scenario == scenario && t.Arm == a.Name))];
        return MechanismTable.All.Where(m => arms.Any(a => a.Mechanisms.IsOn(m.Id) != read.Plan.Mechanisms.IsOn(m.Id)))
            .Select(m => $"mechanisms.{m.Key}={(read.Plan.Mechanisms.IsOn(m.Id) ? "off" : "on")}");
    }

    private static ScenarioResult Read(string scenario, IReadOnlyList<string> sets, EvidenceRequest request) =>
        ScenarioReader.ReadFile(EvidenceSession.ScenarioFile(request, scenario + ".yaml"), new ScenarioOverrides { Sets = sets });
}
