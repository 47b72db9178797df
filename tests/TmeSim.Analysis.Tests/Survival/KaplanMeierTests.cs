using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class KaplanMeierTests
{
    [Theory]
    [InlineData("mercaptopurine")]
    [InlineData("placebo")]
    [InlineData("patients")]
    public void Curve_IsThatOfR(string data)
    {
        KaplanMeier curve = KaplanMeier.Of(data == "patients" ? TrialGolden.Patients.Patients
            : TrialGolden.Leukaemia.Arm(data == "placebo" ? 1 : 0));
        string key = $"km.{data}";
        TrialGolden.Same($"{key}.survival", [.. curve.Steps.Select(s => s.Survival)]);
        TrialGolden.Same($"{key}.error", [.. curve.Steps.Select(s => s.StandardError)]);
        TrialGolden.Same($"{key}.low", [.. curve.Steps.Select(s => s.Low)]);
        TrialGolden.Same($"{key}.high", [.. curve.Steps.Select(s => s.High)]);
        TrialGolden.Same($"{key}.risk", [.. curve.Steps.Select(s => (double)s.AtRisk)]);
        foreach (string q in new[] { "0.1", "0.25", "0.5", "0.75" })
        {
            TrialGolden.Same($"{key}.q{q}", WithoutInfinity(curve.Quantile(TrialGolden.Number(q))));
        }
    }

    [Fact]
    public void MedianFollowUp_IsThatOfR() =>
        TrialGolden.Same("followup", WithoutInfinity(KaplanMeier.MedianFollowUp(TrialGolden.Patients.Patients)));

    [Fact]
    public void TableOfTheCurve_AddsUpWhereNobodyLeaves()
    {
        KaplanMeier curve = KaplanMeier.Of(TrialGolden.Leukaemia.Arm(0));
        foreach (double t in new[] { 0, 6.5, 14, 40 })
        {
            Assert.Equal(21, curve.AtRisk(t) + curve.EventsBy(t) + curve.CensoredBy(t));
        }

        Assert.Equal((21, 3, 1), (curve.AtRisk(6), curve.EventsBy(6), curve.CensoredBy(6)));
        Assert.Equal((21, 9, 35), (curve.Count, curve.Events, curve.LastTime));
    }

    [Fact]
    public void Share_HoldsFromOneTimeToTheNext()
    {
        KaplanMeier curve = KaplanMeier.Of(TrialGolden.Leukaemia.Arm(0));
        Assert.Equal(Estimate.Without(1), curve.At(5.9));
        Assert.Equal(curve.At(6), curve.At(6.9));
        Assert.Equal(18 / 21.0, curve.At(6).Value, 1e-15);
        Assert.Equal(curve.Steps[^1].Survival, curve.At(35).Value);
        Assert.True(double.IsNaN(curve.At(35.1).Value));
        Assert.Equal(0, KaplanMeier.Of(TrialGolden.Leukaemia.Arm(1)).At(100).Value);
    }

    [Fact]
    public void Events_ComeBeforeLossesAtTheSameTime()
    {
        KaplanMeier curve = KaplanMeier.Of([new(1, false), new(1, true)]);
        Assert.Equal(new SurvivalStep(1, 2, 1, 1, 0.5, Math.Sqrt(0.125), curve.Steps[0].Low, curve.Steps[0].High), Assert.Single(curve.Steps));
    }

    [Fact]
    public void NoPatient_HasNoCurve()
    {
        KaplanMeier curve = KaplanMeier.Of([]);
        Assert.Empty(curve.Steps);
        Assert.Equal((0, 0), (curve.AtRisk(1), curve.EventsBy(1)));
        Assert.True(double.IsNaN(curve.Median.Value) && double.IsNaN(curve.At(0).Value) && double.IsNaN(curve.LastTime));
    }

    [Fact]
    public void OnePatient_AtTimeZero_IsAllThereIs()
    {
        KaplanMeier curve = KaplanMeier.Of([new(0, true)]);
        Assert.Equal((0, 0.0, 1), (curve.At(0).Value, curve.Median.Value, curve.AtRisk(0)));
        Assert.True(double.IsNaN(curve.Steps[0].StandardError));
    }

    [Fact]
    public void AllCensored_DoNotReachTheMedian()
    {
        KaplanMeier curve = KaplanMeier.Of([new(3, false), new(5, false)]);
        Assert.Equal(new Estimate(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity), curve.Median);
        Assert.Equal((1, 0.0), (curve.Steps[1].Survival, curve.Steps[1].StandardError));
    }

    [Fact]
    public void AllEventsAtOneTime_AreOneStep()
    {
        KaplanMeier curve = KaplanMeier.Of([new(4, true), new(4, true), new(4, true)]);
        Assert.Equal((0, 4.0), (Assert.Single(curve.Steps).Survival, curve.Median.Value));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TimeThatIsNone_IsRefusedWithItsIndex(double time) =>
        Assert.Contains("patient 1", Assert.Throws<ArgumentException>(() => KaplanMeier.Of([new(1, true), new(time, true)])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ShareOrTimeOutsideItsRange_IsRefused()
    {
        KaplanMeier curve = KaplanMeier.Of([new(1, true)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.AtRisk(double.NaN));
    }

    // What is not reached is NA in R.
    private static Estimate WithoutInfinity(Estimate e) => new(Finite(e.Value), Finite(e.Low), Finite(e.High));

    private static double Finite(double v) => double.IsInfinity(v) ? double.NaN : v;
}
