using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Patient;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>Arms against the control, in all patients and in subgroups.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
internal sealed class TrialContrasts(TrialView view)
{
    public IEnumerable<ContrastLine> Contrasts(string arm)
    {
        IReadOnlyList<TrialPatient> mine = view.Arms[arm], theirs = view.Control;
        foreach (ContrastLine line in Side(arm, mine, theirs, "", "", double.NaN))
        {
            yield return line;
        }

        foreach (CohortRule rule in view.Asked.Subgroups)
        {
            foreach (bool side in (bool[])[true, false])
            {
                TrialPatient[] a = [.. mine.Where(p => TrialView.Holds(view.Table, rule, p) == side)],
                    b = [.. theirs.Where(p => TrialView.Holds(view.Table, rule, p) == side)];
                string level = side ? rule.Text : $"not {rule.Text}";
                foreach (ContrastLine line in Side(arm, a, b, rule.Text, level, side ? Interaction(rule, mine, theirs) : double.NaN))
                {
                    yield return line;
                }
            }
        }
    }

    private IEnumerable<ContrastLine> Side(string arm, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs,
        string subgroup, string level, double interaction)
    {
        ContrastLine Line(string endpoint, Estimate value, double p, int n, int m, int k, int l, string method) =>
            new(arm, view.Asked.Control, endpoint, subgroup, level, value, p,
                endpoint == (view.Asked.Primary == TrialEndpoint.Os ? "os_hazard_ratio" : "pfs_hazard_ratio") ? interaction : double.NaN,
                n, m, k, l, method);
        foreach ((string name, Func<TrialOutcome, FollowUp> of) in ((string, Func<TrialOutcome, FollowUp>)[])[("os", o => o.Os),
            ("pfs", o => o.Pfs)])
        {
            FollowUp[] a = TrialView.Known(mine, of), b = TrialView.Known(theirs, of);
            int events = a.Count(f => f.Event), control = b.Count(f => f.Event);
            if (a.Length == 0 || b.Length == 0 || events + control == 0)
            {
                continue;
            }

            Estimate ratio = Ratio(a, b);
            LogRank test = LogRank.Between(a, b);
            yield return Line($"{name}_hazard_ratio", ratio, test.P, a.Length, b.Length, events, control, "Cox, Efron; p: log-rank");
            if (subgroup.Length == 0 && view.Horizon(of) is var horizon and > 0)
            {
                yield return Line($"restricted_mean_{name}_difference",
                    RestrictedMean.Difference(RestrictedMean.Of(a, horizon), RestrictedMean.Of(b, horizon)), double.NaN, a.Length,
                    b.Length, events, control,
                    FormattableString.Invariant($"months, up to {horizon:0.#} months"));
            }
        }

        TrialOutcome[] judged = [.. mine.Select(p => p.Outcome).Where(o => o.Best is not null)],
            others = [.. theirs.Select(p => p.Outcome).Where(o => o.Best is not null)];
        if (judged.Length > 0 && others.Length > 0)
        {
            int k = judged.Count(o => o.Responds), l = others.Count(o => o.Responds);
            OddsRatio odds = OddsRatio.Of(k, judged.Length - k, l, others.Length - l);
            yield return Line("response_odds_ratio", odds.Ratio, odds.P, judged.Length, others.Length, k, l, odds.IsCorrected
                ? "Woolf, half added to each cell; p: Fisher" : "Woolf; p: Fisher");
            yield return Line("response_difference", Proportion.Difference(k, judged.Length, l, others.Length), double.NaN, judged.Length,
                others.Length, k, l, "Newcombe");
        }

        bool[] early = view.Classed(mine), late = view.Classed(theirs);
        if (early.Length > 0 && late.Length > 0)
        {
            int k = early.Count(r => r), l = late.Count(r => r);
            OddsRatio odds = OddsRatio.Of(k, early.Length - k, l, late.Length - l);
            yield return Line("refractory_odds_ratio", odds.Ratio, odds.P, early.Length, late.Length, k, l, odds.IsCorrected
                ? "Woolf, half added to each cell; p: Fisher" : "Woolf; p: Fisher");
        }
    }

    private static Estimate Ratio(FollowUp[] a, FollowUp[] b)
    {
        try
        {
            return CoxModel.Fit([.. a, .. b], [.. a.Select(_ => new double[] { 1 }), .. b.Select(_ => new double[] { 0 })],
                ["arm"]).Terms[0].Ratio;
        }
        catch (ArgumentException)
        {
            return Estimate.None;
        }
    }

    // Wald test of the product of arm and side.
    private double Interaction(CohortRule rule, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs)
    {
        Func<TrialOutcome, FollowUp> of = view.Asked.Primary == TrialEndpoint.Os ? o => o.Os : o => o.Pfs;
        List<FollowUp> times = [];
        List<double[]> rows = [];
        foreach ((TrialPatient p, double arm) in mine.Select(p => (p, 1.0)).Concat(theirs.Select(p => (p, 0.0))))
        {
            if (TrialView.Holds(view.Table, rule, p) is { } side && double.IsFinite(of(p.Outcome).Time))
            {
                times.Add(TrialView.InMonths(of(p.Outcome)));
                rows.Add([arm, side ? 1 : 0, side ? arm : 0]);
            }
        }

        try
        {
            return CoxModel.Fit(times, rows, ["arm", "side", "arm:side"]).Terms[2].P;
        }
        catch (ArgumentException)
        {
            return double.NaN;
        }
    }
}
