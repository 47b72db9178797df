using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class RocCurveTests
{
    private static readonly bool[] Responses = [.. TrialGolden.Patients.Column("response").Select(r => r == 1)];

    [Fact]
    public void Areas_AreThoseOfR()
    {
        RocCurve risk = RocCurve.Of(TrialGolden.Patients.Column("risk"), Responses);
        TrialGolden.Same("roc.risk", risk.Area);
        TrialGolden.Same("roc.risk.variance", risk.StandardError * risk.StandardError);
        TrialGolden.Same("roc.age", RocCurve.Of(TrialGolden.Patients.Column("age"), Responses).Area);
    }

    [Fact]
    public void Area_IsThatUnderThePoints()
    {
        RocCurve curve = RocCurve.Of(TrialGolden.Patients.Column("age"), Responses);
        double area = curve.Points.Zip(curve.Points.Skip(1), (a, b) => (b.FalsePositives - a.FalsePositives) * (a.TruePositives + b.TruePositives) / 2).Sum();
        Assert.Equal(curve.Area.Value, area, 1e-12);
        Assert.Equal(new RocPoint(double.PositiveInfinity, 0, 0), curve.Points[0]);
        Assert.Equal((1.0, 1.0), (curve.Points[^1].FalsePositives, curve.Points[^1].TruePositives));
    }

    [Fact]
    public void PerfectScore_HasAreaOneWithoutWidth()
    {
        RocCurve curve = RocCurve.Of([1, 2, 3, 4], [false, false, true, true]);
        Assert.Equal((1.0, 1.0, 0.0), (curve.Area.Value, curve.Area.Low, curve.StandardError));
        Assert.Equal(0.5, RocCurve.Of([1, 1, 1], [false, true, true]).Area.Value);
        Assert.True(double.IsNaN(RocCurve.Of([1, 2, 3], [false, true, true]).Area.Low));
    }

    [Fact]
    public void WhatHasNoCurve_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, 2], [true, true]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of([1], [true, false]));
    }
}
