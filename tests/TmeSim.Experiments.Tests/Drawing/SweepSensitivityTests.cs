using TmeSim.Experiments.Drawing;

namespace TmeSim.Experiments.Tests.Drawing;

public sealed class SweepSensitivityTests
{
    private const string OneArm = "arms:\n  - name: Control\n";

    [Fact]
    public void Ishigami_InASaltelliSweep_HasItsIndicesWithinTheirIntervals()
    {
        using var sweep = new SyntheticSweep(
            """
            method: saltelli
            base_samples: 512
            vary:
              patient.nlr: {from: 1, to: 9}
              lesions[primary].immune.cd8: {from: 50 /mm2, to: 250 /mm2}
              lesions[primary].vessels.density: {from: 20 /mm2, to: 100 /mm2}
            outputs: [tumor_cells@end]
            """,
            at => Ishigami(Angle(at.X[0], 1, 9), Angle(at.X[1], 50, 250), Angle(at.X[2], 20, 100)), replicates: 1, arms: OneArm);

        // Ishigami and Homma 1990 with a = 7, b = 0.1; closed forms.
        double pi4 = Math.Pow(Math.PI, 4), v1 = 0.5 * Math.Pow(1 + (0.1 * pi4 / 5), 2), v2 = 49.0 / 8, v13 = 0.01 * pi4 * pi4 * 8 / 225, all = v1 + v2 + v13;
        double[] first = [v1 / all, v2 / all, 0], total = [(v1 + v13) / all, v2 / all, v13 / all];
        SensitivityRow[] rows = [.. sweep.Sensitivity.Rows];
        for (int i = 0; i < 3; i++)
        {
            Within(first[i], rows.Single(r => r.Factor == sweep.Data.Factors[i] && r.Statistic == SensitivityStatistic.FirstOrder));
            Within(total[i], rows.Single(r => r.Factor == sweep.Data.Factors[i] && r.Statistic == SensitivityStatistic.Total));
        }

        Assert.Equal(["nlr", "cd8", "density"], sweep.Sensitivity.Ranked(0, 0).Select(f => f.Label));
        Assert.All(rows, r => Assert.Equal(512, r.Count));

        static void Within(double known, SensitivityRow row) => Assert.InRange(known, row.Estimate.Low, row.Estimate.High);
    }

    [Theory]
    [InlineData(4, "[1, 2]")]
    [InlineData(4, "[1, 1.5, 2]")]
    [InlineData(4, "[1, 1.25, 1.5, 1.75, 2]")]
    [InlineData(6, "[1, 2]")]
    [InlineData(8, "[1, 1.5, 2]")]
    public void LinearFunction_OfListedValues_HasTheEffectOfTheWholeList(int levels, string values)
    {
        using var sweep = new SyntheticSweep(
            $"method: morris\ntrajectories: 10\nlevels: {levels}\nvary:\n  patient.nlr: {values}\n  patient.weight: {{from: 60 kg, to: 70 kg}}\noutputs: [tumor_cells@end]", at => (3 * at.X[0]) + at.X[1], arms: "arms: [{name: Control}]");

        SensitivityRow[] rows = [.. sweep.Sensitivity.Rows.Where(r => r.Factor.Label == "nlr")];

        Assert.Equal(3, rows.Single(r => r.Statistic == SensitivityStatistic.MeanAbsoluteEffect).Estimate.Value, 9);
        Assert.Equal(0, rows.Single(r => r.Statistic == SensitivityStatistic.EffectSpread).Estimate.Value, 9);
    }

    [Fact]
    public void LinearFunction_InAMorrisSweep_HasItsSlopesAndNoSpread()
    {
        using var sweep = new SyntheticSweep(
            """
            method: morris
            trajectories: 6
            levels: 4
            vary:
              patient.nlr: {from: 1, to: 9}
              "arms[Atezo + Bev].therapy[atezolizumab].dose": {from: 100 mg, to: 1300 mg}
            outputs: [tumor_cells@end]
            """,
            at => (3 * at.X[0]) + (at.Arm == 1 ? -0.01 * at.X[1] : 0) + at.Replicate);

        // Slopes times the ranges, 8 and 1200; the control feels no dose, and what it shares with the arm drops out of the difference.
        Check("tumor_cells@end", 0, 0, 24, 24);
        Check("tumor_cells@end", 0, 1, 0, 0);
        Check("tumor_cells@end", 1, 0, 24, 24);
        Check("tumor_cells@end", 1, 1, 12, -12);
        Check("Δ tumor_cells@end vs Control", 1, 0, 0, 0);
        Check("Δ tumor_cells@end vs Control", 1, 1, 12, -12);

        void Check(string name, int arm, int factor, double muStar, double mu)
        {
            SensitivityRow[] rows = [.. sweep.Sensitivity.Rows.Where(r => r.Quantity.Name == name && r.Arm == arm && r.Factor == sweep.Data.Factors[factor])];
            Assert.Equal(muStar, rows.Single(r => r.Statistic == SensitivityStatistic.MeanAbsoluteEffect).Estimate.Value, 1e-9);
            Assert.Equal(mu, rows.Single(r => r.Statistic == SensitivityStatistic.MeanEffect).Estimate.Value, 1e-9);
            Assert.Equal(0, rows.Single(r => r.Statistic == SensitivityStatistic.EffectSpread).Estimate.Value, 1e-9);
        }
    }

    [Fact]
    public void MonotoneFunction_InALatinHypercube_HasRankCorrelationsOfItsSigns()
    {
        using var sweep = new SyntheticSweep(
            """
            method: latin_hypercube
            runs: 60
            vary:
              patient.nlr: {from: 1, to: 9}
              lesions[primary].immune.cd8: {from: 50 /mm2, to: 250 /mm2}
              lesions[primary].immune.pattern: [inflamed, excluded, desert]
            outputs: [tumor_cells@end]
            """,
            at => (10 * at.X[0]) - (0.3 * at.X[1]) + (20 * at.X[2]), replicates: 1, arms: OneArm);

        SensitivityRow[] rows = [.. sweep.Sensitivity.Rows];
        SensitivityRow up = rows.Single(r => r.Factor.Label == "nlr"), down = rows.Single(r => r.Factor.Label == "cd8");
        Assert.Equal((SensitivityStatistic.RankCorrelation, 60), (up.Statistic, up.Count));
        Assert.True(up.Estimate.Low > 0.5 && up.P < 1e-6, $"{up.Estimate.Value}");
        Assert.True(down.Estimate.High < -0.5, $"{down.Estimate.Value}");

        // Three words have no rank.
        SensitivityRow words = rows.Single(r => r.Factor.Label == "pattern");
        Assert.Equal(SensitivityStatistic.EtaSquared, words.Statistic);
        Assert.InRange(words.Estimate.Value, 0.05, 0.6);
    }

    [Fact]
    public void EtaSquared_OfAGrid_IsTheShareOfEachFactor()
    {
        using var sweep = new SyntheticSweep(
            """
            vary:
              patient.nlr: [1, 2, 3]
              lesions[primary].immune.cd8: [100 /mm2, 200 /mm2]
            outputs: [tumor_cells@end]
            """,
            at => at.X[0] + (at.X[1] / 100), replicates: 1, arms: OneArm);

        // Variances 2/3 and 1/4 of 11/12.
        Assert.Equal(8.0 / 11, Eta("nlr"), 1e-12);
        Assert.Equal(3.0 / 11, Eta("cd8"), 1e-12);

        double Eta(string factor) => sweep.Sensitivity.Rows.Single(r => r.Factor.Label == factor && r.Statistic == SensitivityStatistic.EtaSquared).Estimate.Value;
    }

    [Fact]
    public void ConstantOutput_HasNoStatisticAndNoError()
    {
        using var sweep = new SyntheticSweep(
            """
            vary:
              patient.nlr: [1, 2, 3]
              lesions[primary].immune.cd8: [100 /mm2, 200 /mm2]
            outputs: [tumor_cells@end]
            """,
            _ => 5);

        Assert.All(sweep.Sensitivity.Rows, r => Assert.Equal(double.NaN, r.Estimate.Value));
        Assert.Equal(["nlr", "cd8"], sweep.Sensitivity.Ranked(0, 0).Select(f => f.Label));
    }

    private static double Angle(double value, double low, double high) => -Math.PI + (2 * Math.PI * (value - low) / (high - low));

    private static double Ishigami(double a, double b, double c) => Math.Sin(a) + (7 * Math.Pow(Math.Sin(b), 2)) + (0.1 * Math.Pow(c, 4) * Math.Sin(a));
}
