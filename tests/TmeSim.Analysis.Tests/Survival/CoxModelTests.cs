using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class CoxModelTests
{
    private static readonly FollowUp[] Four = [new(1, true), new(2, true), new(3, true), new(4, false)];

    [Fact]
    public void Treatment_IsThatOfR() => Check("arm", TrialGolden.Leukaemia, null, "arm");

    [Fact]
    public void TreatmentAndWhiteCells_AreThoseOfR() => Check("wbc", TrialGolden.Leukaemia, null, "arm", "logwbc");

    [Fact]
    public void ThreeCovariates_AreThoseOfR() => Check("patients", TrialGolden.Patients, null, "arm", "age", "marker");

    [Fact]
    public void Strata_AreThoseOfR() => Check("stratified", TrialGolden.Patients, TrialGolden.Patients.Numbers("site"), "arm", "age", "marker");

    /// <summary>Without ties the score test of two arms is the log-rank test.</summary>
    [Fact]
    public void ScoreTestOfTwoArms_IsTheLogRankTest()
    {
        FollowUp[] patients = [.. Enumerable.Range(0, 40).Select(i => new FollowUp(1 + (i * 17 % 41), i % 5 != 0))];
        int[] arms = [.. Enumerable.Range(0, 40).Select(i => i / 20)];
        CoxModel model = CoxModel.Fit(patients, [.. arms.Select(a => (double[])[a])], ["arm"]);
        Assert.Equal(LogRank.Test(patients, arms).ChiSquare, model.Score.ChiSquare, 1e-10);
    }

    [Fact]
    public void Units_DoNotMatter()
    {
        double[][] rows = TrialGolden.Patients.Rows("age", "marker");
        CoxModel a = CoxModel.Fit(TrialGolden.Patients.Patients, rows, ["age", "marker"]);
        CoxModel b = CoxModel.Fit(TrialGolden.Patients.Patients, [.. rows.Select(r => (double[])[(r[0] * 1e6) + 1e7, r[1] * 1e-7])], ["age", "marker"]);
        Assert.Equal(a.LogLikelihood, b.LogLikelihood, 1e-9);
        Assert.Equal(a.Terms[1].Coefficient, b.Terms[1].Coefficient * 1e-7, 1e-9);
        Assert.Equal(a.Terms[0].Z, b.Terms[0].Z, 1e-7);
    }

    [Fact]
    public void MonotoneLikelihood_IsFlagged()
    {
        // The second covariate puts all events first; the first is an ordinary one.
        FollowUp[] patients = [.. Enumerable.Range(0, 20).Select(i => new FollowUp(1 + i, i < 10))];
        double[][] rows = [.. Enumerable.Range(0, 20).Select(i => (double[])[i * 7 % 5, i < 10 ? 0 : 1])];
        CoxModel model = CoxModel.Fit(patients, rows, ["plain", "apart"]);
        Assert.True(model.Converged && model.HasInfinite);
        Assert.Equal((false, true), (model.Terms[0].IsInfinite, model.Terms[1].IsInfinite));
        Assert.Equal(double.NegativeInfinity, model.Terms[1].Coefficient);
        Assert.Equal((0, 0.0, double.PositiveInfinity), (model.Terms[1].Ratio.Value, model.Terms[1].Ratio.Low, model.Terms[1].Ratio.High));
        Assert.True(double.IsNaN(model.Wald.P) && model.LikelihoodRatio.P < 1e-3 && model.Terms[0].StandardError < 1);
    }

    [Fact]
    public void StrongButFiniteEffect_IsNotFlagged()
    {
        FollowUp[] patients = [.. Enumerable.Range(0, 40).Select(i => new FollowUp(1 + i, true))];
        CoxModel model = CoxModel.Fit(patients, [.. Enumerable.Range(0, 40).Select(i => (double[])[i is 19 or > 20 ? 0 : 1])], ["x"]);
        Assert.True(model.Converged && !model.HasInfinite);
        Assert.InRange(model.Terms[0].Coefficient, 3, 8);
    }

    [Theory]
    [InlineData("constant", 1, 1, 1, 1)]
    [InlineData("NaN", 1, double.NaN, 2, 3)]
    [InlineData("vary", 0, 0, 0, 1)]
    public void CovariateThatTellsNothing_IsRefused(string what, double a, double b, double c, double d)
    {
        // The last: who differs is gone before the first event.
        FollowUp[] patients = what == "vary" ? [new(5, true), new(6, true), new(7, true), new(1, false)] : Four;
        string message = Assert.Throws<ArgumentException>(() => CoxModel.Fit(patients, [[a], [b], [c], [d]], ["marker"])).Message;
        Assert.Contains("marker", message, StringComparison.Ordinal);
        Assert.Contains(what == "constant" ? "every patient" : what == "NaN" ? "patient 1" : what, message, StringComparison.Ordinal);
    }

    [Fact]
    public void CovariatesThatDependOnEachOther_AreNamed()
    {
        string message = Assert.Throws<ArgumentException>(() =>
            CoxModel.Fit(Four, [[1, 3, 5], [2, 5, 1], [4, 9, 0], [0, 1, 2]], ["a", "b", "free"])).Message;
        Assert.Contains("a, b is a combination", message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingParts_AreRefused()
    {
        Assert.Contains("event", Assert.Throws<ArgumentException>(() => CoxModel.Fit([new(1, false), new(2, false)], [[1], [2]], ["x"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CoxModel.Fit(Four, [[1], [2]], ["x"]));
        Assert.Throws<ArgumentException>(() => CoxModel.Fit(Four, [[1], [2], [3], [5, 6]], ["x"]));
        Assert.Throws<ArgumentException>(() => CoxModel.Fit(Four, [[], [], [], []], []));
        Assert.Throws<ArgumentException>(() => CoxModel.Fit([], [], ["x"]));
        Assert.Throws<ArgumentException>(() => CoxModel.Fit(Four, [[1], [2], [3], [5]], ["x"], [1]));
    }

    /// <summary>Rows 1 and 2, 3 and 4, … are one patient.</summary>
    [Theory]
    [InlineData("cox.pairs", false, "arm")]
    [InlineData("cox.pairs.three", false, "arm", "age", "marker")]
    [InlineData("cox.pairs.strata", true, "arm", "age")]
    public void Clusters_AreThoseOfR(string key, bool strata, params string[] names)
    {
        TrialData data = TrialGolden.Patients;
        CoxModel model = CoxModel.Fit(data.Patients, data.Rows(names), names, strata ? data.Numbers("site") : null,
            [.. data.Patients.Index().Select(p => p.Index / 2)]);
        TrialGolden.Same($"{key}.se", [.. model.Terms.Select(t => t.StandardError)], 1e-8);
        TrialGolden.Same($"{key}.low", [.. model.Terms.Select(t => t.Ratio.Low)], 1e-8);
        TrialGolden.Same($"{key}.wald", [model.Wald.ChiSquare, model.Wald.Freedom, model.Wald.P], 1e-8);
        TrialGolden.Same($"{key}.score", [model.RobustScore.ChiSquare, model.RobustScore.Freedom, model.RobustScore.P], 1e-8);
    }

    /// <summary>Every patient lives a little longer in one arm: pairs show it, two groups of them do not.</summary>
    [Fact]
    public void AdvantageOfEveryPatient_IsSeenInPairsOnly()
    {
        FollowUp[] patients = [.. Enumerable.Range(0, 80).Select(i => new FollowUp(1 + (i / 2 * 13 % 41) + (i % 2 * 0.5), true))];
        double[][] arms = [.. Enumerable.Range(0, 80).Select(i => (double[])[i % 2])];
        CoxModel pairs = CoxModel.Fit(patients, arms, ["arm"], null, [.. Enumerable.Range(0, 80).Select(i => i / 2)]);
        CoxModel groups = CoxModel.Fit(patients, arms, ["arm"]);
        Assert.Equal(groups.Terms[0].Coefficient, pairs.Terms[0].Coefficient);
        Assert.True(groups.Score.P > 0.5 && pairs.RobustScore.P < 1e-3, $"{groups.Score.P} {pairs.RobustScore.P}");
        Assert.True(double.IsNaN(groups.RobustScore.P));
    }

    private static void Check(string name, TrialData data, int[]? strata, params string[] names)
    {
        CoxModel model = CoxModel.Fit(data.Patients, data.Rows(names), names, strata);
        string key = $"cox.{name}";
        TrialGolden.Same($"{key}.coef", [.. model.Terms.Select(t => t.Coefficient)], 1e-8);
        TrialGolden.Same($"{key}.se", [.. model.Terms.Select(t => t.StandardError)], 1e-8);
        TrialGolden.Same($"{key}.low", [.. model.Terms.Select(t => t.Ratio.Low)], 1e-8);
        TrialGolden.Same($"{key}.high", [.. model.Terms.Select(t => t.Ratio.High)], 1e-8);
        TrialGolden.Same($"{key}.z", [.. model.Terms.Select(t => t.Z)], 1e-8);
        TrialGolden.Same($"{key}.p", [.. model.Terms.Select(t => t.P)], 1e-8);
        TrialGolden.Same($"{key}.loglik", [model.NullLogLikelihood, model.LogLikelihood]);
        TrialGolden.Same($"{key}.lr", [model.LikelihoodRatio.ChiSquare, model.LikelihoodRatio.Freedom, model.LikelihoodRatio.P], 1e-8);
        TrialGolden.Same($"{key}.wald", [model.Wald.ChiSquare, model.Wald.Freedom, model.Wald.P], 1e-8);
        TrialGolden.Same($"{key}.score", [model.Score.ChiSquare, model.Score.Freedom, model.Score.P], 1e-8);
        TrialGolden.Same($"{key}.concordance", model.Concordance);
        TrialGolden.Same($"{key}.covariance", model.Covariance[0, names.Length - 1], 1e-8);
        Assert.True(model.Converged && !model.HasInfinite);
    }
}
