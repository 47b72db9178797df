using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests;

/// <summary>
/// Intervals and tests of trials over drawn ones whose truth is known: exponential times, uniform losses, 60 patients an arm. False alarms: 1e-4 per
/// assertion.
/// </summary>
public class TrialCoverageTests
{
    private const int PerArm = 60;
    private const double Hazard = 0.1, Ratio = 0.6, Horizon = 12, Other = 0.04;

    [Fact]
    public void SurvivalIntervals_HoldTheTruth()
    {
        Coverage share = new("share"), median = new("median"), mean = new("restricted mean"), difference = new("difference of means"),
            ratio = new("ratio of means"), hazard = new("hazard ratio"), stratified = new("hazard ratio in strata");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            FollowUp[] treated = Arm(k, 0, Hazard * Ratio), control = Arm(k, 1, Hazard);
            KaplanMeier curve = KaplanMeier.Of(control);
            Add(share, curve.At(8), Math.Exp(-8 * Hazard));
            Add(median, curve.Median, Math.Log(2) / Hazard);
            RestrictedMean a = RestrictedMean.Of(treated, Horizon), b = RestrictedMean.Of(control, Horizon);
            Add(mean, b.Mean, Mean(Hazard));
            Add(difference, RestrictedMean.Difference(a, b), Mean(Hazard * Ratio) - Mean(Hazard));
            Add(ratio, RestrictedMean.Ratio(a, b), Mean(Hazard * Ratio) / Mean(Hazard));
            double[][] arms = [.. Enumerable.Range(0, 2 * PerArm).Select(i => (double[])[i < PerArm ? 1 : 0])];
            int[] strata = [.. Enumerable.Range(0, 2 * PerArm).Select(i => i % 3)];
            Add(hazard, CoxModel.Fit([.. treated, .. control], arms, ["arm"]).Terms[0].Ratio, Ratio);
            Add(stratified, CoxModel.Fit([.. treated, .. control], arms, ["arm"], strata).Terms[0].Ratio, Ratio);
        }

        foreach (Coverage coverage in new[] { share, median, mean, difference, ratio, hazard, stratified })
        {
            coverage.IsBetween(0.93, 0.97);
        }

        static double Mean(double hazard) => (1 - Math.Exp(-hazard * Horizon)) / hazard;
    }

    [Fact]
    public void IncidenceIntervals_HoldTheTruth()
    {
        Coverage first = new("incidence of the first cause"), second = new("incidence of the second");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            PhiloxStream s = Stream(k, 2);
            var patients = new CompetingFollowUp[PerArm];
            for (int i = 0; i < PerArm; i++)
            {
                double time = Exponential(ref s) / (Hazard + Other), lost = 4 + (26 * s.NextDouble());
                bool isFirst = s.NextDouble() < Hazard / (Hazard + Other);
                patients[i] = time < lost ? new(time, isFirst ? 1 : 2) : new(lost, 0);
            }

            AalenJohansen curves = AalenJohansen.Of(patients, 2);
            double all = (1 - Math.Exp(-8 * (Hazard + Other))) / (Hazard + Other);
            Add(first, curves.At(1, 8), Hazard * all);
            Add(second, curves.At(2, 8), Other * all);
        }

        first.IsBetween(0.93, 0.97);
        second.IsBetween(0.93, 0.97);
    }

    [Fact]
    public void IntervalsOfResponses_HoldTheTruth()
    {
        Coverage wilson = new("Wilson"), difference = new("Newcombe"), odds = new("odds ratio"), model = new("logistic"), area = new("area"),
            slope = new("slope"), intercept = new("intercept");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            PhiloxStream s = Stream(k, 3);
            (double[] marker, bool[] responses, double[] risks) = (new double[2 * PerArm], new bool[2 * PerArm], new double[2 * PerArm]);
            int[] hits = [0, 0];
            for (int i = 0; i < marker.Length; i++)
            {
                hits[i % 2] += s.NextDouble() < (i % 2 == 0 ? 0.45 : 0.25) ? 1 : 0;
                marker[i] = s.NextNormal();
                risks[i] = 1 / (1 + Math.Exp(0.3 - (0.7 * marker[i])));
                responses[i] = s.NextDouble() < risks[i];
            }

            Add(wilson, Proportion.Wilson(hits[1], PerArm), 0.25);
            Add(difference, Proportion.Difference(hits[0], PerArm, hits[1], PerArm), 0.2);
            Add(odds, OddsRatio.Of(hits[0], PerArm - hits[0], hits[1], PerArm - hits[1]).Ratio, 0.45 / 0.55 / (0.25 / 0.75));
            Add(model, LogisticModel.Fit(responses, [.. marker.Select(m => (double[])[m])], ["marker"]).Terms[0].Ratio, Math.Exp(0.7));
            RiskCalibration calibration = RiskCalibration.Of(risks, responses);
            Add(slope, calibration.Slope, 1);
            Add(intercept, calibration.Intercept, 0);

            // Scores of those with the outcome lie 1 higher: Φ(1/√2).
            Add(area, RocCurve.Of([.. marker.Select((m, i) => m + (i % 2))], [.. marker.Select((_, i) => i % 2 == 1)]).Area,
                DetMath.NormalCdf(Math.Sqrt(0.5)));
        }

        foreach (Coverage coverage in new[] { wilson, difference, odds, model, area, slope, intercept })
        {
            coverage.IsBetween(0.93, 0.97);
        }
    }

    /// <summary>Of trials without a difference 5 % are significant: log-rank tests of two and of three arms and in strata, and the three of Cox's model.</summary>
    [Fact]
    public void Tests_KeepTheirLevel()
    {
        Coverage two = new("two arms"), three = new("three arms"), strata = new("strata"), wald = new("Wald"), score = new("score"),
            likelihood = new("likelihood ratio"), ranks = new("rank sum");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            FollowUp[] a = Arm(k, 4, Hazard), b = Arm(k, 5, Hazard), c = Arm(k, 6, Hazard), both = [.. a, .. b];
            two.Add(LogRank.Between(a, b).P >= 0.05);
            three.Add(LogRank.Between(a, b, c).P >= 0.05);
            int[] arms = [.. both.Select((_, i) => i / PerArm)];
            strata.Add(LogRank.Test(both, arms, [.. both.Select((_, i) => i % 3)]).P >= 0.05);
            CoxModel model = CoxModel.Fit(both, [.. arms.Select(g => (double[])[g])], ["arm"]);
            wald.Add(model.Wald.P >= 0.05);
            score.Add(model.Score.P >= 0.05);
            likelihood.Add(model.LikelihoodRatio.P >= 0.05);
            ranks.Add(RankSum.Of([.. a.Select(p => p.Time)], [.. b.Select(p => p.Time)]).P >= 0.05);
        }

        foreach (Coverage coverage in new[] { two, three, strata, wald, score, likelihood, ranks })
        {
            coverage.IsBetween(0.94, 0.96);
        }
    }

    /// <summary>The same patients in both arms, four of five with the same luck: intervals of pairs hold the truth and are shorter.</summary>
    [Fact]
    public void IntervalsOfPairs_HoldTheTruth()
    {
        Coverage hazard = new("hazard ratio of pairs"), mean = new("difference of means of pairs"), share = new("difference of shares of pairs"),
            odds = new("odds ratio of pairs"), level = new("robust score test"), mcnemar = new("McNemar");
        double truth = ((1 - Math.Exp(-Hazard * Ratio * Horizon)) / (Hazard * Ratio)) - ((1 - Math.Exp(-Hazard * Horizon)) / Hazard);
        double paired = 0, groups = 0;
        int[] names = [.. Enumerable.Range(0, PerArm)], both = [.. names, .. names];
        double[][] arms = [.. Enumerable.Range(0, 2 * PerArm).Select(i => (double[])[i < PerArm ? 1 : 0])];
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            PhiloxStream s = Stream(k, 7);
            FollowUp[] treated = new FollowUp[PerArm], control = new FollowUp[PerArm], same = new FollowUp[PerArm];
            var responses = new (bool, bool)[PerArm];
            for (int i = 0; i < PerArm; i++)
            {
                double a = Exponential(ref s), b = s.NextDouble() < 0.8 ? a : Exponential(ref s), lost = Horizon + 1 + (20 * s.NextDouble());
                FollowUp Until(double time) => new(Math.Min(time, lost), time <= lost);
                (treated[i], control[i], same[i]) = (Until(a / (Hazard * Ratio)), Until(b / Hazard), Until(a / Hazard));
                responses[i] = (a < -Math.Log(0.55), b < -Math.Log(0.75));
            }

            Add(hazard, CoxModel.Fit([.. treated, .. control], arms, ["arm"], null, both).Terms[0].Ratio, Ratio);
            Estimate difference = RestrictedMean.PairedDifference(treated, control, names, names, Horizon);
            Add(mean, difference, truth);
            paired += difference.High - difference.Low;
            Estimate unpaired = RestrictedMean.Difference(RestrictedMean.Of(treated, Horizon), RestrictedMean.Of(control, Horizon));
            groups += unpaired.High - unpaired.Low;
            PairedShares shares = PairedShares.Of(responses);
            Add(share, shares.Difference, 0.2);
            Add(odds, shares.Odds.Ratio, 0.45 / 0.55 / (0.25 / 0.75));
            level.Add(!(CoxModel.Fit([.. same, .. control], arms, ["arm"], null, both).RobustScore.P < 0.05));
            mcnemar.Add(PairedShares.Of(responses.Select((r, i) => i % 2 == 0 ? r : (r.Item2, r.Item1))).P >= 0.05);
        }

        foreach (Coverage coverage in new[] { hazard, mean, share, odds })
        {
            coverage.IsBetween(0.92, 0.975);
        }

        level.IsBetween(0.93, 0.97);
        mcnemar.IsBetween(0.94, 1);
        Assert.True(paired < 0.75 * groups, $"{paired / groups}");
    }

    private static void Add(Coverage coverage, Estimate e, double truth) => coverage.Add(e.Low, e.High, truth);

    // Followed beyond the horizon at least; losses fall on visits a quarter apart.
    private static FollowUp[] Arm(int trial, uint arm, double hazard)
    {
        PhiloxStream s = Stream(trial, arm);
        var patients = new FollowUp[PerArm];
        for (int i = 0; i < PerArm; i++)
        {
            double time = Exponential(ref s) / hazard, lost = Math.Round(4 * (Horizon + 1 + (20 * s.NextDouble()))) / 4;
            patients[i] = new FollowUp(Math.Min(time, lost), time <= lost);
        }

        return patients;
    }

    private static PhiloxStream Stream(int trial, uint arm) => new(RandomKey.Create(0x547269616C, 0, 0), (uint)trial, arm, 0);

    private static double Exponential(ref PhiloxStream s) => -Math.Log(1 - s.NextDouble());
}
