using TmeSim.Analysis.Survival;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Arms against the control, in all patients and in subgroups.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
internal sealed class TrialContrasts(TrialView view)
{
    // Follow-up up to the wall of the tissue is set beside the whole, so that extrapolation can be weighed.
    private static readonly (string Name, bool InSubgroups, Func<TrialOutcome, FollowUp> Of)[] Times =
        [("os", true, o => o.Os), ("pfs", true, o => o.Pfs), ("os_simulated", false, o => o.SimulatedOs),
            ("pfs_simulated", false, o => o.SimulatedPfs)];

    public IEnumerable<ContrastLine> Contrasts(string arm)
    {
        IReadOnlyList<TrialPatient> mine = view.Arms[arm], theirs = view.Control;
        foreach (ContrastLine line in Side(arm, mine, theirs, "", "", double.NaN))
        {
            yield return line;
        }

        foreach (CohortRule rule in view.Asked.Subgroups)
        {
            Func<TrialOutcome, FollowUp> primary = view.Asked.Primary == TrialEndpoint.Os ? o => o.Os : o => o.Pfs;
            double interaction = new ArmComparison(view, mine, theirs).Interaction(primary, p => view.Holds(rule, p));
            foreach (bool side in (bool[])[true, false])
            {
                TrialPatient[] a = [.. mine.Where(p => view.Holds(rule, p) == side)], b = [.. theirs.Where(p => view.Holds(rule, p) == side)];
                string level = side ? rule.Text : $"not {rule.Text}";
                foreach (ContrastLine line in Side(arm, a, b, rule.Text, level, side ? interaction : double.NaN))
                {
                    yield return line;
                }
            }
        }
    }

    private IEnumerable<ContrastLine> Side(string arm, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs,
        string subgroup, string level, double interaction)
    {
        ArmComparison comparison = new(view, mine, theirs);
        string primary = view.Asked.Primary == TrialEndpoint.Os ? "os_hazard_ratio" : "pfs_hazard_ratio";
        ContrastLine Line(string endpoint, string unit, Compared c, int n, int m, int k, int l) => new(arm, view.Asked.Control, endpoint, unit,
            subgroup, level, c.Value, c.P, endpoint == primary ? interaction : double.NaN, n, m, k, l, c.Method);
        foreach ((string name, bool inSubgroups, Func<TrialOutcome, FollowUp> of) in Times)
        {
            if ((subgroup.Length > 0 && !inSubgroups) || (!inSubgroups && !view.HasWalls))
            {
                continue;
            }

            FollowUp[] a = TrialView.Known(mine, of), b = TrialView.Known(theirs, of);
            (int events, int control) = (a.Count(f => f.Event), b.Count(f => f.Event));
            if (comparison.HazardRatio(of) is { } ratio)
            {
                yield return Line($"{name}_hazard_ratio", "1", inSubgroups ? ratio : ratio with { Method = ratio.Method
                    + "; follow-up ends where a tumour came near the wall" }, a.Length, b.Length, events, control);
                if (subgroup.Length == 0 && inSubgroups && comparison.MeanDifference(of, view.Horizon(of)) is { } mean)
                {
                    yield return Line($"restricted_mean_{name}_difference", "month", mean, a.Length, b.Length, events, control);
                }
            }
        }

        foreach ((string odds, string difference, Func<TrialOutcome, bool?> of) in ((string, string, Func<TrialOutcome, bool?>)[])
            [("response_odds_ratio", "response_difference", o => o.Best is null ? null : o.Responds),
            ("refractory_odds_ratio", "refractory_difference", o => o.IsRefractory(view.Asked.RefractoryDays))])
        {
            if (comparison.Shares(of) is var (ratio, less, n, m, k, l))
            {
                yield return Line(odds, "1", ratio, n, m, k, l);
                yield return Line(difference, "1", less, n, m, k, l);
            }
        }
    }
}
