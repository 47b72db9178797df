using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class LandmarkTests
{
    [Fact]
    public void ThoseFollowedBeyond_StartThere()
    {
        Landmark landmark = Landmark.At([new(5, true), new(3, true), new(3, false), new(2, false), new(9, false), new(0, true)], 3);
        Assert.Equal([0, 4], landmark.Kept);
        Assert.Equal([new FollowUp(2, true), new FollowUp(6, false)], landmark.FollowUps);
        Assert.Equal((2, 2), (landmark.HadEvent, landmark.Censored));
        Assert.Equal(["a", "e"], landmark.Select(["a", "b", "c", "d", "e", "f"]));
        Assert.Throws<ArgumentException>(() => landmark.Select([1]));
    }

    [Fact]
    public void CurveFromTheLandmark_IsTheConditionalOne()
    {
        FollowUp[] patients = TrialGolden.Leukaemia.Arm(0);
        KaplanMeier whole = KaplanMeier.Of(patients), from = KaplanMeier.Of(Landmark.At(patients, 8).FollowUps);
        Assert.Equal(whole.At(20).Value / whole.At(8).Value, from.At(12).Value, 1e-14);
    }

    [Fact]
    public void LandmarkThatIsNoTime_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Landmark.At([], -1));
        Assert.Throws<ArgumentException>(() => Landmark.At([new(double.NaN, true)], 1));
        Assert.Empty(Landmark.At([], 1).Kept);
    }
}
