using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class LogisticModelTests
{
    private static readonly bool[] Responses = [.. TrialGolden.Patients.Column("response").Select(r => r == 1)];

    [Fact]
    public void Model_IsThatOfR()
    {
        LogisticModel model = LogisticModel.Fit(Responses, TrialGolden.Patients.Rows("arm", "age", "marker"), ["arm", "age", "marker"]);
        RegressionTerm[] terms = [model.Intercept, .. model.Terms];
        TrialGolden.Same("logistic.coef", [.. terms.Select(t => t.Coefficient)], 1e-8);
        TrialGolden.Same("logistic.se", [.. terms.Select(t => t.StandardError)], 1e-8);
        TrialGolden.Same("logistic.p", [.. terms.Select(t => t.P)], 1e-8);
        TrialGolden.Same("logistic.loglik", model.LogLikelihood);
        TrialGolden.Same("logistic.lr", [model.LikelihoodRatio.ChiSquare, model.LikelihoodRatio.P]);
        Assert.True(model.Converged && !model.IsSeparated);
        Assert.Equal(model.Hits, model.Risks.Sum(), 1e-9);
    }

    /// <summary>One covariate with two values: the odds ratio of the table.</summary>
    [Fact]
    public void TwoGroups_AreTheirOddsRatio()
    {
        bool[] outcomes = [.. Enumerable.Range(0, 80).Select(i => i < 12 || i is >= 40 and < 45)];
        RegressionTerm group = Assert.Single(LogisticModel.Fit(outcomes, [.. Enumerable.Range(0, 80).Select(i => (double[])[i < 40 ? 1 : 0])], ["a"]).Terms);
        OddsRatio odds = OddsRatio.Of(12, 28, 5, 35);
        Assert.Equal(odds.Ratio.Value, group.Ratio.Value, 1e-10);
        Assert.Equal(odds.Ratio.Low, group.Ratio.Low, 1e-10);
        Assert.Equal(odds.LogStandardError, group.StandardError, 1e-10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Separation_IsFlagged(bool partly)
    {
        // Outcomes apart on all of x, or but for two that share its middle value (quasi-complete).
        bool[] outcomes = [.. Enumerable.Range(0, 20).Select(i => i >= 10)];
        double[][] rows = [.. Enumerable.Range(0, 20).Select(i => (double[])[partly && i == 10 ? 9 : i, i * 7 % 5])];
        LogisticModel model = LogisticModel.Fit(outcomes, rows, ["x", "plain"]);
        Assert.True(model.IsSeparated && model.Terms[0].IsInfinite && model.Terms[0].Coefficient == double.PositiveInfinity);
        Assert.True(double.IsNaN(model.Terms[0].P) && model.LikelihoodRatio.P < 1e-4);
    }

    [Fact]
    public void WhatCannotBeFitted_IsRefused()
    {
        Assert.Contains("both outcomes", Assert.Throws<ArgumentException>(() => LogisticModel.Fit([true, true], [[1], [2]], ["x"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogisticModel.Fit([true, false], [[1]], ["x"]));
        Assert.Contains("patient 1", Assert.Throws<ArgumentException>(() => LogisticModel.Fit([true, false], [[1], [double.NaN]], ["x"])).Message,
            StringComparison.Ordinal);
    }
}
