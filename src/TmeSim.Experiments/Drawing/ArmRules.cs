using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Domain;

namespace TmeSim.Experiments.Drawing;

/// <summary>The rules of response that arms have, for figures: an arm's own parameters count.</summary>
internal static class ArmRules
{
    /// <summary>Days between the visits of an arm, which are those to its first visit.</summary>
    public static double VisitDays(ResultArm arm) => arm.Plan.Parameters.Time(Parameter.EndpointsAssessmentInterval, TimeUnit.Day);

    /// <summary>Lines and words of the rules, each rule once, with its arms where they differ.</summary>
    /// <param name="arms">Arms shown, at least one.</param>
    public static ResponseRules Of(IReadOnlyList<ResultArm> arms)
    {
        var kinds = arms.GroupBy(a => (Rules: RecistRules.Of(a.Plan.Parameters), Days: VisitDays(a))).ToArray();
        string[] words =
        [
            .. kinds.Select(k => $"{NumberText.Of(k.Key.Rules.Increase * 100)} % and {NumberText.Of(k.Key.Rules.AbsoluteMm)} mm at visits every {NumberText.Of(k.Key.Days)} d"
                + (kinds.Length > 1 ? $" ({string.Join(", ", k.Select(a => a.Label))})" : "")),
        ];
        return new ResponseRules([.. kinds.Select(k => k.Key.Rules.Increase).Distinct().Order()], -RecistRules.PartialFall)
        {
            Note = $"Progression: a rise over the smallest sum so far of at least {string.Join(", ", words)}. Response: {NumberText.Of(RecistRules.PartialFall * 100)} % below t = 0.",
        };
    }
}
