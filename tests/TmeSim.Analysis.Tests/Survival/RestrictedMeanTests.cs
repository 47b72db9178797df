using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class RestrictedMeanTests
{
    [Fact]
    public void Means_AreThoseOfR()
    {
        Check("mercaptopurine", RestrictedMean.Of(TrialGolden.Leukaemia.Arm(0), 20));
        Check("placebo", RestrictedMean.Of(TrialGolden.Leukaemia.Arm(1), 20));
        Check("treated", RestrictedMean.Of(TrialGolden.Patients.Arm(1), 24));
        Check("control", RestrictedMean.Of(TrialGolden.Patients.Arm(0), 24));
        Check("placebo.end", RestrictedMean.Of(TrialGolden.Leukaemia.Arm(1), 23));
    }

    /// <summary>Without losses it is the mean of times cut at the horizon, with the standard error of divisor n.</summary>
    [Fact]
    public void WithoutLosses_IsTheMeanOfCutTimes()
    {
        double[] times = [1, 2, 2, 5, 9, 12], cut = [.. times.Select(t => Math.Min(t, 8))];
        RestrictedMean mean = RestrictedMean.Of([.. times.Select(t => new FollowUp(t, true))], 8);
        Assert.Equal(cut.Average(), mean.Mean.Value, 1e-14);
        Assert.Equal(Math.Sqrt(cut.Sum(t => Math.Pow(t - cut.Average(), 2))) / 6, mean.StandardError, 1e-14);
    }

    [Fact]
    public void TwoArms_AreComparedByDifferenceAndRatio()
    {
        RestrictedMean a = RestrictedMean.Of(TrialGolden.Leukaemia.Arm(0), 20), b = RestrictedMean.Of(TrialGolden.Leukaemia.Arm(1), 20);
        double error = Math.Sqrt(Math.Pow(a.StandardError, 2) + Math.Pow(b.StandardError, 2));
        Estimate difference = RestrictedMean.Difference(a, b), ratio = RestrictedMean.Ratio(a, b);
        Assert.Equal((a.Mean.Value - b.Mean.Value, 1.959963984540054 * error), (difference.Value, difference.High - difference.Value), Close);
        double log = Math.Sqrt(Math.Pow(a.StandardError / a.Mean.Value, 2) + Math.Pow(b.StandardError / b.Mean.Value, 2));
        Assert.Equal((a.Mean.Value / b.Mean.Value, 1.959963984540054 * log), (ratio.Value, Math.Log(ratio.High / ratio.Value)), Close);
        Assert.Throws<ArgumentException>(() => RestrictedMean.Difference(a, RestrictedMean.Of(TrialGolden.Leukaemia.Arm(1), 19)));

        static bool Close((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12;
    }

    [Fact]
    public void HorizonBeyondTheCurve_IsRefusedUnlessNobodyIsLeft()
    {
        Assert.Contains("35", Assert.Throws<ArgumentException>(() => RestrictedMean.Of(TrialGolden.Leukaemia.Arm(0), 36)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RestrictedMean.Of([], 1));
        Assert.Throws<ArgumentException>(() => RestrictedMean.Of([new(1, true)], 0));
        Assert.Equal(1, RestrictedMean.Of([new(1, true)], 36).Mean.Value);
    }

    private static void Check(string name, RestrictedMean mean) => TrialGolden.Same($"rmst.{name}", [mean.Mean.Value, mean.StandardError]);

    [Theory]
    [InlineData("influence.first", 0, 15)]
    [InlineData("influence.second", 1, 8)]
    public void Influences_AreThoseOfR(string key, int arm, double horizon) =>
        TrialGolden.Same(key, RestrictedMean.Influences(TrialGolden.Patients.Arm(arm), horizon), 1e-7);

    [Fact]
    public void PairedDifference_KnowsOfPairs()
    {
        FollowUp[] first = [.. Enumerable.Range(0, 40).Select(i => new FollowUp(2 + (i * 13 % 41), true))],
            second = [.. first.Select(f => f with { Time = f.Time - 0.5 })];
        int[] names = [.. Enumerable.Range(0, 40)];
        Estimate pairs = RestrictedMean.PairedDifference(first, second, names, names, 30),
            groups = RestrictedMean.PairedDifference(first, second, names, [.. names.Select(n => n + 40)], 30),
            greenwood = RestrictedMean.Difference(RestrictedMean.Of(first, 30), RestrictedMean.Of(second, 30));
        Assert.Equal(greenwood.Value, pairs.Value, 1e-12);
        Assert.Equal(greenwood.High - greenwood.Low, groups.High - groups.Low, 0.15);
        Assert.InRange(pairs.High - pairs.Low, 1e-3, 0.1 * (groups.High - groups.Low));
        Assert.Throws<ArgumentException>(() => RestrictedMean.PairedDifference(first, second, [1], names, 30));
    }

    /// <summary>Without censoring the influences are those of a plain mean.</summary>
    [Fact]
    public void InfluencesWithoutCensoring_AreDeviationsFromTheMean()
    {
        double[] times = [3, 1, 4, 1, 5, 9, 2, 6];
        double[] influences = RestrictedMean.Influences([.. times.Select(t => new FollowUp(t, true))], 5);
        double mean = times.Average(t => Math.Min(t, 5));
        Assert.All(times.Zip(influences), p => Assert.Equal((Math.Min(p.First, 5) - mean) / 8, p.Second, 1e-12));
    }
}
