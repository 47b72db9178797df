using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;
using TmeSim.Engine.Patient;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Trials;

/// <summary>What another design would have shown: power of a randomised trial, the gain of pairs, what a combination adds.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
internal sealed class TrialDesigns(TrialView view)
{
    private const double ShortestMonths = 3;
    private const int Bootstraps = 1000, DrawnTrials = 1000;
    private static readonly int[] TrialSizes = [50, 100, 200, 400];

    public IEnumerable<PowerLine> Power(string arm)
    {
        IReadOnlyList<TrialPatient> mine = view.Arms[arm], theirs = view.Control;
        if (view.Asked.Primary is TrialEndpoint.Os or TrialEndpoint.Pfs)
        {
            Func<TrialOutcome, FollowUp> of = view.Asked.Primary == TrialEndpoint.Os ? o => o.Os : o => o.Pfs;
            FollowUp[] a = TrialView.Known(mine, of), b = TrialView.Known(theirs, of);
            if (a.Length >= TrialView.FewestClassed && b.Length >= TrialView.FewestClassed)
            {
                foreach (int size in TrialSizes)
                {
                    yield return new PowerLine(arm, view.Asked.Primary.ToString().ToLowerInvariant(),
                        TrialPower.ByLogRank(a, b, size, DrawnTrials, 0.05, view.Asked.Key));
                }
            }

            yield break;
        }

        bool[] x = view.Asked.Primary == TrialEndpoint.Orr ? [.. mine.Where(p => p.Outcome.Best is not null).Select(p =>
            p.Outcome.Responds)] : [.. view.Classed(mine).Select(r => !r)];
        bool[] y = view.Asked.Primary == TrialEndpoint.Orr ? [.. theirs.Where(p => p.Outcome.Best is not null).Select(p =>
            p.Outcome.Responds)] : [.. view.Classed(theirs).Select(r => !r)];
        if (x.Length >= TrialView.FewestClassed && y.Length >= TrialView.FewestClassed)
        {
            foreach (int size in TrialSizes)
            {
                yield return new PowerLine(arm, view.Asked.Primary.ToString().ToLowerInvariant(),
                    TrialPower.ByFisher(x, y, size, DrawnTrials, 0.05, view.Asked.Key));
            }
        }
    }

    public IEnumerable<(string, string, PairingGain)> Pairing(string arm)
    {
        (double A, double B)[] Pairs(Func<TrialOutcome, double> of) =>
        [
            .. from mine in view.Arms[arm]
               join theirs in view.Control on mine.Patient equals theirs.Patient
               let pair = (of(mine.Outcome), of(theirs.Outcome))
               where double.IsFinite(pair.Item1) && double.IsFinite(pair.Item2)
               select pair,
        ];
        // Times that are known of everyone: up to the first loss.
        double Horizon(Func<TrialOutcome, FollowUp> of) => view.Arms[arm].Concat(view.Control).Select(p => of(p.Outcome)).Where(f =>
            double.IsFinite(f.Time) && !f.Event).Select(f => f.Time).DefaultIfEmpty(double.PositiveInfinity).Min();
        double pfs = Horizon(o => o.Pfs), os = Horizon(o => o.Os);
        string Until(double day) => double.IsFinite(day) ? FormattableString.Invariant($" up to {day / TrialAnalysis.MonthDays:0.#} months") : "";
        foreach ((string name, (double A, double B)[] pairs) in ((string, (double, double)[])[])[("best change of diameter",
            Pairs(o => o.BestChange)), ("progression-free time" + Until(pfs), Pairs(o => Math.Min(o.PfsDay, pfs))),
            ("survival time" + Until(os), Pairs(o => Math.Min(o.OsDay, os)))])
        {
            if (pairs.Length >= PairingGain.MinPairs && pairs.Select(p => p.A).Distinct().Count() > 1)
            {
                yield return (arm, name, PairingGain.Of([.. pairs.Select(p => p.A)], [.. pairs.Select(p => p.B)], Bootstraps,
                    view.Asked.Key));
            }
        }
    }

    public IReadOnlyList<(string, CombinationActivity)> Combination()
    {
        if (view.Asked.Combination is not var (first, second, both) || !view.IsPaired)
        {
            return [];
        }

        (TrialOutcome A, TrialOutcome B, TrialOutcome C)[] patients =
        [
            .. from a in view.Arms[first]
               join b in view.Arms[second] on a.Patient equals b.Patient
               join c in view.Arms[both] on a.Patient equals c.Patient
               select (a.Outcome, b.Outcome, c.Outcome),
        ];
        if (patients.Length < TrialView.FewestClassed)
        {
            return [];
        }

        List<(string, CombinationActivity)> lines =
        [
            ("objective response", CombinationActivity.OfResponses([.. patients.Select(p => p.A.Responds)], [.. patients.Select(p => p.B.Responds)],
                [.. patients.Select(p => p.C.Responds)], Bootstraps, view.Asked.Key)),
        ];
        var changes = patients.Where(p => double.IsFinite(p.A.BestChange) && double.IsFinite(p.B.BestChange)
            && double.IsFinite(p.C.BestChange)).ToArray();
        if (changes.Length >= TrialView.FewestClassed)
        {
            lines.Add(("best change of diameter", CombinationActivity.OfChanges([.. changes.Select(p => p.A.BestChange)],
                [.. changes.Select(p => p.B.BestChange)], [.. changes.Select(p => p.C.BestChange)],
                Bootstraps, view.Asked.Key)));
        }

        double days = view.Asked.RefractoryDays;
        var classed = patients.Select(p => (A: p.A.IsRefractory(days), B: p.B.IsRefractory(days), C: p.C.IsRefractory(days)))
            .Where(p => p.A is not null && p.B is not null && p.C is not null).ToArray();
        if (classed.Length >= TrialView.FewestClassed)
        {
            lines.Add((FormattableString.Invariant($"free of progression at {days / TrialAnalysis.MonthDays:0.#} months"),
                CombinationActivity.OfResponses([.. classed.Select(p => p.A == false)], [.. classed.Select(p => p.B == false)],
                [.. classed.Select(p => p.C == false)], Bootstraps, view.Asked.Key)));
        }

        if (Times([.. patients]) is { } times)
        {
            lines.Add(times);
        }

        return lines;
    }

    // Mean time without progression up to the first day on which somebody is lost: before it nothing has to be assumed of anyone.
    private (string, CombinationActivity)? Times((TrialOutcome A, TrialOutcome B, TrialOutcome C)[] patients)
    {
        FollowUp[][] arms = [.. ((Func<(TrialOutcome A, TrialOutcome B, TrialOutcome C), TrialOutcome>[])[p => p.A, p => p.B, p => p.C])
            .Select(arm => patients.Select(p => TrialView.InMonths(arm(p).Pfs)).ToArray())];
        if (arms.Any(a => a.Any(f => !double.IsFinite(f.Time))))
        {
            return null;
        }

        double horizon = arms.SelectMany(a => a).Where(f => !f.Event).Select(f => f.Time)
            .DefaultIfEmpty(arms.Min(a => a.Max(f => f.Time))).Min();
        if (horizon < ShortestMonths)
        {
            view.Remark(FormattableString.Invariant($"what the combination does to the mean time without progression is left out: a patient is lost after {horizon:0.#} months"));
            return null;
        }

        return (FormattableString.Invariant($"mean time without progression [months], up to {horizon:0.#}"),
            CombinationActivity.OfTimes(arms[0], arms[1], arms[2], horizon, Bootstraps, view.Asked.Key));
    }
}
