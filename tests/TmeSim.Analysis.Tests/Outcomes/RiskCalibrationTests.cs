using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class RiskCalibrationTests
{
    private static readonly double[] Risks = TrialGolden.Patients.Column("risk");
    private static readonly bool[] Responses = [.. TrialGolden.Patients.Column("response").Select(r => r == 1)];

    [Fact]
    public void Calibration_IsThatOfR()
    {
        RiskCalibration calibration = RiskCalibration.Of(Risks, Responses);
        double slope = TrialGolden.Value("recalibration.coef.1"), half = 1.959963984540054 * TrialGolden.Value("recalibration.se.1");
        TrialGolden.Near(slope, calibration.Slope.Value, 1e-9, "slope");
        TrialGolden.Near(slope - half, calibration.Slope.Low, 1e-9, "low");
        TrialGolden.Near(slope + half, calibration.Slope.High, 1e-9, "high");
        TrialGolden.Near(TrialGolden.Value("inthelarge.0"), calibration.Intercept.Value, 1e-9, "intercept");
        TrialGolden.Near(1.959963984540054 * TrialGolden.Value("inthelarge.1"), calibration.Intercept.High - calibration.Intercept.Value, 1e-9, "se");
        TrialGolden.Same("brier", calibration.Brier);
        TrialGolden.Same("hosmer", [calibration.HosmerLemeshow.ChiSquare, calibration.HosmerLemeshow.P]);
        TrialGolden.Same("hosmer.observed", [.. calibration.Groups.Select(g => (double)g.Hits)]);
        TrialGolden.Same("hosmer.expected", [.. calibration.Groups.Select(g => g.Count * g.Predicted)]);
    }

    /// <summary>The fitted risks of a model have slope 1 and intercept 0 in its own patients.</summary>
    [Fact]
    public void RisksOfTheirOwnModel_AreCalibrated()
    {
        LogisticModel model = LogisticModel.Fit(Responses, TrialGolden.Patients.Rows("arm", "marker"), ["arm", "marker"]);
        RiskCalibration calibration = RiskCalibration.Of(model.Risks, Responses, 5);
        Assert.Equal((1, 0), (Math.Round(calibration.Slope.Value, 9), Math.Round(calibration.Intercept.Value, 9) + 0.0));
        Assert.Equal(160, calibration.Groups.Sum(g => g.Count));
    }

    [Fact]
    public void CertainRisks_HaveABrierScoreButNoSlope()
    {
        RiskCalibration calibration = RiskCalibration.Of([0, 1, 1, 0], [false, true, false, false], 2);
        Assert.Equal(0.25, calibration.Brier);
        Assert.True(double.IsNaN(calibration.Slope.Value) && double.IsNaN(calibration.Intercept.Value));
        Assert.Equal(double.PositiveInfinity, calibration.HosmerLemeshow.ChiSquare);
    }

    [Fact]
    public void EqualRisks_HaveAnInterceptButNoSlope()
    {
        RiskCalibration calibration = RiskCalibration.Of([0.5, 0.5, 0.5, 0.5], [false, true, false, false]);
        Assert.Equal(Math.Log(1 / 3.0), calibration.Intercept.Value, 1e-9);
        Assert.True(double.IsNaN(calibration.Slope.Value));
        Assert.Single(calibration.Groups);
        Assert.True(double.IsNaN(RiskCalibration.Of([0.2, 0.4], [true, true]).Intercept.Value));
    }

    [Fact]
    public void RiskThatIsNone_IsRefusedWithItsIndex()
    {
        Assert.Contains("risk 1", Assert.Throws<ArgumentException>(() => RiskCalibration.Of([0, 1.1], [true, false])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RiskCalibration.Of([], []));
        Assert.Throws<ArgumentException>(() => RiskCalibration.Of([0.5], [true, false]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RiskCalibration.Of([0.5], [true], 1));
    }
}
