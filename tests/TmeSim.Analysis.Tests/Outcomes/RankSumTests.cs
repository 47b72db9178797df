using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class RankSumTests
{
    [Fact]
    public void Ties_AreThoseOfR()
    {
        double[] ages = TrialGolden.Patients.Column("age"), arms = TrialGolden.Patients.Column("arm");
        RankSum test = RankSum.Of(Arm(1), Arm(0));
        Assert.False(test.IsExact);
        TrialGolden.Same("ranksum.ties", [test.U, test.P]);
        Assert.Equal(test.U / 6400, test.Superiority);
        Assert.Equal(test.P, RankSum.Of(Arm(0), Arm(1)).P, 1e-14);

        double[] Arm(int arm) => [.. ages.Where((_, i) => arms[i] == arm)];
    }

    [Fact]
    public void SmallSamples_AreExactAsInR()
    {
        double[] markers = TrialGolden.Patients.Column("marker"), responses = TrialGolden.Patients.Column("response");
        double[] yes = [.. Markers(1).Take(18)];
        RankSum test = RankSum.Of(yes, [.. Markers(0).Except(yes).Take(23)]);
        Assert.True(test.IsExact);
        TrialGolden.Same("ranksum.exact", [test.U, test.P]);

        IEnumerable<double> Markers(int response) => markers.Where((_, i) => responses[i] == response).Distinct();
    }

    [Fact]
    public void ThreeAgainstThree_ApartFromEachOther_HaveTwoOfTwentyDivisions() => Assert.Equal(0.1, RankSum.Of([1, 2, 3], [4, 5, 6]).P, 1e-14);

    [Fact]
    public void EqualValues_DoNotDiffer() => Assert.Equal((2, 0.5, 1.0), (RankSum.Of([1, 1], [1, 1]).U, RankSum.Of([1, 1], [1, 1]).Superiority, RankSum.Of([1, 1], [1, 1]).P));

    [Fact]
    public void EmptySamplesAndNaN_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => RankSum.Of([], [1]));
        Assert.Contains("value 2", Assert.Throws<ArgumentException>(() => RankSum.Of([1, 2], [double.NaN])).Message, StringComparison.Ordinal);
    }
}
