using TmeSim.Engine.Plan;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>Which claims speak of which therapies.</summary>
internal static class CredibilityTherapies
{
    private const string Radiotherapy = "radiotherapy";

    /// <summary>Drugs of arms, and radiotherapy where it is given.</summary>
    public static IEnumerable<string> Of(IEnumerable<ArmPlan> arms) =>
        arms.SelectMany(a => a.Therapy.Select(c => c.Drug.Name).Concat(a.Radiation.Count > 0 ? [Radiotherapy] : [])).Distinct();

    /// <summary>Ids of claims by therapy of an arm that one of their tests reads; of trials, by what any arm gets.</summary>
    public static ILookup<string, string> OfClaims()
    {
        Dictionary<string, IReadOnlyList<ArmPlan>> read = new(StringComparer.Ordinal);
        string[] names = [.. DrugLibrary.All.Select(d => d.Plan.Name), Radiotherapy];
        IReadOnlyList<ArmPlan> Arms(string scenario)
        {
            if (!read.TryGetValue(scenario, out IReadOnlyList<ArmPlan>? arms))
            {
                read[scenario] = arms = ScenarioReader.ReadText(EvidenceLibrary.Texts[scenario], scenario).Definition?.Arms ?? [];
            }

            return arms;
        }

        // Trials stand on a base file that is not at hand: their own lines name drugs and regimens.
        IEnumerable<string> Therapies(EvidenceTest test) => test is RunTest run
            ? run.Terms.SelectMany(t => Of(Arms(t.Scenario).Where(a => a.Name == t.Arm)))
            : EvidenceLibrary.Texts["trials/" + ((TrialTest)test).Trial].Split('\n').Where(l => !l.StartsWith('#'))
                .SelectMany(l => names.Where(n => l.Contains(n, StringComparison.Ordinal)));
        return EvidenceLibrary.All.SelectMany(c => c.Tests.SelectMany(Therapies).Distinct().Select(t => (t, c.Id))).ToLookup(p => p.t, p =>
            p.Id);
    }
}
