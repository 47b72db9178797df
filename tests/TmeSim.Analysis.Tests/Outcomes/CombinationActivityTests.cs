using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests.Outcomes;

public class CombinationActivityTests
{
    private static readonly bool[] A = [true, true, false, false, false], B = [true, false, true, false, false], Both = [true, true, true, true, false];

    [Fact]
    public void Responses_AreCountedPatientByPatient()
    {
        CombinationActivity activity = CombinationActivity.OfResponses(A, B, Both, 200, 1);
        Assert.Equal((0.4, 0.4, 0.8), (activity.First.Value, activity.Second.Value, activity.Both.Value));
        Assert.Equal(0.6, activity.Independent.Value, 1e-15);
        Assert.Equal(0.64, activity.Bliss.Value, 1e-15);
        Assert.Equal(0.4, activity.HighestSingle.Value);
        Assert.Equal(0.2, activity.IndependentExcess.Value, 1e-15);
        Assert.Equal(0.16, activity.BlissExcess.Value, 1e-15);
        Assert.Equal(0.4, activity.HighestSingleExcess.Value, 1e-15);
    }

    [Fact]
    public void Changes_TakeTheSmaller()
    {
        CombinationActivity activity = CombinationActivity.OfChanges([-30, 10, 0], [-10, -20, 5], [-50, -20, 0], 200, 1);
        Assert.Equal(-50 / 3.0, activity.Independent.Value, 1e-12);
        Assert.Equal(-25 / 3.0, activity.HighestSingle.Value, 1e-12);
        Assert.Equal((-30 - 30 - 30 - 10 - 20 + 5 - 10 - 20 + 0) / 9.0, activity.Bliss.Value, 1e-12);
        Assert.Equal(-20 / 3.0, activity.IndependentExcess.Value, 1e-12);
        Assert.True(activity.IndependentExcess.Low <= activity.IndependentExcess.Value && activity.IndependentExcess.Value <= activity.IndependentExcess.High);
    }

    /// <summary>Bliss for times is the area under 1 − (1 − S)(1 − S').</summary>
    [Fact]
    public void Times_AreCutAtTheHorizon()
    {
        FollowUp[] a = [new(2, true), new(9, true), new(6, false)], b = [new(5, true), new(1, true), new(3, true)],
            both = [new(5, true), new(9, false), new(9, true)];
        CombinationActivity activity = CombinationActivity.OfTimes(a, b, both, 6, 200, 1);
        Assert.Equal((5 + 6 + 6) / 3.0, activity.Independent.Value, 1e-14);
        Assert.Equal(0, activity.IndependentExcess.Value, 1e-14);
        KaplanMeier first = KaplanMeier.Of(a), second = KaplanMeier.Of(b);
        double area = Enumerable.Range(0, 6).Sum(t => 1 - ((1 - first.At(t).Value) * (1 - second.At(t).Value)));
        Assert.Equal(area, activity.Bliss.Value, 1e-13);
        Assert.Equal(RestrictedMean.Of(a, 6).Mean.Value, activity.First.Value, 1e-14);
        Assert.Contains("patient 2", Assert.Throws<ArgumentException>(() => CombinationActivity.OfTimes(a, b, both, 7, 200, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void SameKey_GivesTheSameIntervals() =>
        Assert.Equal(CombinationActivity.OfResponses(A, B, Both, 100, 7), CombinationActivity.OfResponses(A, B, Both, 100, 7));

    [Fact]
    public void OnePatient_HasNoIntervals_AndWhatDoesNotFitIsRefused()
    {
        Assert.Equal(Estimate.Without(1), CombinationActivity.OfResponses([true], [false], [true], 100, 1).Independent);
        Assert.Throws<ArgumentException>(() => CombinationActivity.OfResponses([], [], [], 100, 1));
        Assert.Throws<ArgumentException>(() => CombinationActivity.OfResponses([true], [false, true], [true], 100, 1));
        Assert.Throws<ArgumentException>(() => CombinationActivity.OfChanges([double.NaN], [1], [1], 100, 1));
        Assert.Throws<ArgumentException>(() => CombinationActivity.OfChanges([1], [1], [1], 10, 1));
        Assert.Throws<ArgumentException>(() => CombinationActivity.OfTimes([], [], [], 0, 100, 1));
    }

    /// <summary>
    /// Parts that respond in 40 and 25 % and share a trait, a combination that adds 10 % of what is left: excess over independent action 0.1 (1 − q),
    /// where q is the share that responds to either.
    /// </summary>
    [Fact]
    public void Intervals_HoldTheTrueExcess()
    {
        // Half of the patients have the trait: 60 and 40 % with, 20 and 10 % without, apart from each other given the trait.
        double either = (0.5 * (1 - (0.4 * 0.6))) + (0.5 * (1 - (0.8 * 0.9))), both = either + (0.1 * (1 - either));
        Coverage action = new("over independent action"), bliss = new("over Bliss"), highest = new("over the best part");
        for (int k = 0; k < 400; k++)
        {
            var s = new PhiloxStream(RandomKey.Create(0x49444100, 0, 0), (uint)k, 0, 0);
            (bool[] a, bool[] b, bool[] c) = (new bool[80], new bool[80], new bool[80]);
            for (int i = 0; i < a.Length; i++)
            {
                bool trait = s.NextDouble() < 0.5;
                a[i] = s.NextDouble() < (trait ? 0.6 : 0.2);
                b[i] = s.NextDouble() < (trait ? 0.4 : 0.1);
                c[i] = a[i] || b[i] || s.NextDouble() < 0.1;
            }

            CombinationActivity activity = CombinationActivity.OfResponses(a, b, c, 300, (ulong)k);
            Add(action, activity.IndependentExcess, both - either);
            Add(bliss, activity.BlissExcess, both - (0.4 + 0.25 - (0.4 * 0.25)));
            Add(highest, activity.HighestSingleExcess, both - 0.4);
        }

        // The excess is that of about four patients of 80: percentiles of so few fall short.
        action.IsBetween(0.87, 0.92);
        bliss.IsBetween(0.92, 0.96);
        highest.IsBetween(0.92, 0.96);

        static void Add(Coverage coverage, Estimate e, double truth) => coverage.Add(e.Low, e.High, truth);
    }
}
