using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;

namespace TmeSim.Experiments.Trials;

/// <summary>A contrast of two arms with the way it is made.</summary>
/// <param name="Value">Value with its 95 % interval.</param>
/// <param name="P">p value; NaN without a test.</param>
/// <param name="Method">How value, interval and p are made.</param>
internal readonly record struct Compared(Estimate Value, double P, string Method);

/// <summary>Statistics of two arms: of the same patients where these are in both, of two groups else, in the strata of their allocation.</summary>
/// <param name="view">Patients by arm, and what is asked.</param>
/// <param name="mine">Patients of an arm.</param>
/// <param name="theirs">Patients of the control arm.</param>
internal sealed class ArmComparison(TrialView view, IReadOnlyList<TrialPatient> mine, IReadOnlyList<TrialPatient> theirs)
{
    private const string Pairs = "same patients";

    /// <summary>Hazard ratio; nothing where nobody is followed or no event was seen.</summary>
    /// <param name="of">Follow-up [d].</param>
    public Compared? HazardRatio(Func<TrialOutcome, FollowUp> of)
    {
        (FollowUp[] times, TrialPatient[] patients, double[][] arms) = Timed(of);
        if (arms.Select(a => a[0]).Distinct().Count() < 2 || !times.Any(t => t.Event))
        {
            return null;
        }

        int[]? strata = view.IsStratified ? [.. patients.Select(view.Stratum)] : null;
        CoxModel? model = view.Try("the hazard ratio", () => CoxModel.Fit(times, arms, ["arm"], strata, view.IsPaired
            ? [.. patients.Select(view.Number)] : null));
        Estimate ratio = model?.Terms[0].Ratio ?? Estimate.None;
        if (view.IsPaired)
        {
            return new Compared(ratio, model?.RobustScore.P ?? double.NaN, $"Cox, Efron, {Pairs}: interval and p (score test) robust by patient");
        }

        double p = LogRank.Test(times, [.. arms.Select(a => (int)a[0])], strata).P;
        return new Compared(ratio, p, view.IsStratified ? $"Cox, Efron; p: log-rank; both stratified ({view.StrataText})" : "Cox, Efron; p: log-rank");
    }

    /// <summary>p value of the two sides of a rule being alike: Wald test of the product of arm and side; NaN where it cannot be told.</summary>
    /// <param name="of">Follow-up [d].</param>
    /// <param name="side">Side of a patient; null where it is not known.</param>
    public double Interaction(Func<TrialOutcome, FollowUp> of, Func<TrialPatient, bool?> side)
    {
        (FollowUp[] times, TrialPatient[] patients, double[][] arms) = Timed(of);
        int[] kept = [.. Enumerable.Range(0, times.Length).Where(i => side(patients[i]) is not null)];
        double[][] rows = [.. kept.Select(i => (Arm: arms[i][0], Side: side(patients[i]) == true ? 1.0 : 0)).Select(r =>
            (double[])[r.Arm, r.Side, r.Arm * r.Side])];
        if (kept.Length == 0 || rows.Select(r => (r[0], r[1])).Distinct().Count() < 4)
        {
            return double.NaN;
        }

        return view.Try("an interaction", () => CoxModel.Fit([.. kept.Select(i => times[i])], rows, ["arm", "side", "arm:side"],
            view.IsStratified ? [.. kept.Select(i => view.Stratum(patients[i]))] : null,
            view.IsPaired ? [.. kept.Select(i => view.Number(patients[i]))] : null)) is { } model ? model.Terms[2].P : double.NaN;
    }

    /// <summary>Difference of restricted means [months]; nothing where nobody is followed.</summary>
    /// <param name="of">Follow-up [d].</param>
    /// <param name="horizon">Horizon [months].</param>
    public Compared? MeanDifference(Func<TrialOutcome, FollowUp> of, double horizon)
    {
        (FollowUp[] times, TrialPatient[] patients, double[][] arms) = Timed(of);
        (FollowUp Time, int Number)[] Side(double arm) => [.. Enumerable.Range(0, times.Length).Where(i => arms[i][0] == arm).Select(i =>
            (times[i], view.Number(patients[i])))];
        (FollowUp Time, int Number)[] a = Side(1), b = Side(0);
        if (a.Length == 0 || b.Length == 0 || !(horizon > 0))
        {
            return null;
        }

        FollowUp[] first = [.. a.Select(p => p.Time)], second = [.. b.Select(p => p.Time)];
        string until = FormattableString.Invariant($"up to {horizon:0.#} months");
        Estimate? difference = view.Try<object>("the difference of restricted means", () => view.IsPaired
            ? RestrictedMean.PairedDifference(first, second, [.. a.Select(p => p.Number)], [.. b.Select(p => p.Number)], horizon)
            : RestrictedMean.Difference(RestrictedMean.Of(first, horizon), RestrictedMean.Of(second, horizon))) as Estimate?;
        return difference is not { } value ? null : new Compared(TrialEndpoints.WithWidth(value), double.NaN, view.IsPaired
            ? $"{until}, {Pairs}" : until);
    }

    /// <summary>Odds ratio and difference of a share, with patients and hits of both arms; nothing where nobody is known.</summary>
    /// <param name="of">Whether a patient has it; null where it is not known.</param>
    public (Compared Odds, Compared Difference, int Count, int ControlCount, int Hits, int ControlHits)? Shares(
        Func<TrialOutcome, bool?> of)
    {
        if (view.IsPaired)
        {
            var pairs = PairedShares.Of(
                from a in mine join b in theirs on a.Patient equals b.Patient let x = of(a.Outcome) let y = of(b.Outcome)
                where x is not null && y is not null select (x!.Value, y!.Value));
            (Estimate ratio, bool corrected) = pairs.Odds;
            return pairs.Count == 0 ? null : (
                new Compared(ratio, pairs.P, $"{Pairs}: interval by the delta method{(corrected ? ", a quarter added to each cell" : "")}; p: McNemar, exact"),
                new Compared(pairs.Difference, pairs.P, $"Newcombe, {Pairs}; p: McNemar, exact"), pairs.Count, pairs.Count, pairs.FirstHits,
                pairs.SecondHits);
        }

        bool[] early = [.. mine.Select(p => of(p.Outcome)).OfType<bool>()], late = [.. theirs.Select(p => of(p.Outcome)).OfType<bool>()];
        if (early.Length == 0 || late.Length == 0)
        {
            return null;
        }

        int k = early.Count(r => r), l = late.Count(r => r);
        OddsRatio odds = OddsRatio.Of(k, early.Length - k, l, late.Length - l);
        return (new Compared(odds.Ratio, odds.P, odds.IsCorrected ? "Woolf, half added to each cell; p: Fisher" : "Woolf; p: Fisher"),
            new Compared(Proportion.Difference(k, early.Length, l, late.Length), odds.P, "Newcombe; p: Fisher"), early.Length, late.Length, k, l);
    }

    // Everyone that is followed: the arm first (1), then the control (0), in months.
    private (FollowUp[] Times, TrialPatient[] Patients, double[][] Arms) Timed(Func<TrialOutcome, FollowUp> of)
    {
        (TrialPatient Patient, double Arm)[] all = [.. mine.Select(p => (p, 1.0)).Concat(theirs.Select(p => (p, 0.0))).Where(p =>
            double.IsFinite(of(p.Item1.Outcome).Time))];
        return ([.. all.Select(p => TrialView.InMonths(of(p.Patient.Outcome)))], [.. all.Select(p => p.Patient)],
            [.. all.Select(p => (double[])[p.Arm])]);
    }
}
