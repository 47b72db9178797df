using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class AalenJohansenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Incidence_IsThatOfR(int cause)
    {
        AalenJohansen curves = AalenJohansen.Of(
            [.. TrialGolden.Patients.Column("time").Zip(TrialGolden.Patients.Numbers("cause"), (t, c) => new CompetingFollowUp(t, c))]);
        double[] times = [2, 5, 10, 20];
        TrialGolden.Same($"incidence.{cause}", [.. times.Select(t => curves.At(cause, t).Value)]);
        TrialGolden.Same($"incidence.{cause}.variance", [.. times.Select(t => curves.Steps(cause).Last(s => s.Time <= t).Variance)]);
        foreach (IncidenceStep step in curves.Steps(cause).Where(s => s.Incidence > 0))
        {
            // ln(−ln F) ± 1.96 se / (F |ln F|), by its definition.
            double log = Math.Log(step.Incidence), half = 1.959963984540054 * Math.Sqrt(step.Variance) / (step.Incidence * -log);
            Assert.Equal(Math.Exp(log * Math.Exp(half)), step.Low, 1e-12);
            Assert.Equal(Math.Exp(log * Math.Exp(-half)), step.High, 1e-12);
        }
    }

    [Fact]
    public void OneCause_IsKaplanMeier()
    {
        FollowUp[] patients = TrialGolden.Patients.Patients;
        KaplanMeier curve = KaplanMeier.Of(patients);
        foreach (IncidenceStep step in AalenJohansen.Of([.. patients.Select(p => new CompetingFollowUp(p.Time, p.Event ? 1 : 0))]).Steps(1))
        {
            SurvivalStep same = curve.Steps.Single(s => s.Time == step.Time);
            Assert.Equal(1 - same.Survival, step.Incidence, 1e-13);
            Assert.Equal(same.StandardError, Math.Sqrt(step.Variance), 1e-13);
        }
    }

    [Fact]
    public void Causes_AddUpToAllEvents()
    {
        CompetingFollowUp[] patients = [new(1, 1), new(2, 2), new(2, 1), new(3, 0), new(4, 2), new(4, 0), new(6, 1)];
        AalenJohansen curves = AalenJohansen.Of(patients, 3);
        KaplanMeier all = KaplanMeier.Of([.. patients.Select(p => new FollowUp(p.Time, p.Cause > 0))]);
        foreach (double t in new[] { 0.5, 1, 2, 3, 4, 5, 6, 7 })
        {
            Assert.Equal(1 - all.At(t).Value, curves.At(1, t).Value + curves.At(2, t).Value, 1e-14);
            Assert.Equal(0, curves.At(3, t).Value);
        }
    }

    [Fact]
    public void WhatIsNotThere_IsSaid()
    {
        Assert.Equal(0, AalenJohansen.Of([]).Causes);
        Assert.Equal(Estimate.None, AalenJohansen.Of([], 2).At(1, 0));
        Assert.Equal(Estimate.None, AalenJohansen.Of([new(1, 1), new(2, 0)]).At(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => AalenJohansen.Of([new(1, 1)]).Steps(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => AalenJohansen.Of([new(1, 1)]).At(1, double.NaN));
        Assert.Contains("patient 1", Assert.Throws<ArgumentException>(() => AalenJohansen.Of([new(1, 1), new(1, 3)], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("patient 0", Assert.Throws<ArgumentException>(() => AalenJohansen.Of([new(-1, 1)])).Message, StringComparison.Ordinal);
    }
}
