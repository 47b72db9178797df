using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests.Survival;

public class LogRankTests
{
    [Fact]
    public void TwoArms_AreThoseOfR() => Check("leukaemia", LogRank.Between(TrialGolden.Leukaemia.Arm(0), TrialGolden.Leukaemia.Arm(1)), 1);

    [Fact]
    public void FourGroups_AreThoseOfR() => Check("sites",
        LogRank.Test(TrialGolden.Patients.Patients, [.. TrialGolden.Patients.Numbers("site").Select(s => s - 1)]), 3);

    [Fact]
    public void Strata_AreThoseOfR() => Check("stratified",
        LogRank.Test(TrialGolden.Patients.Patients, TrialGolden.Patients.Numbers("arm"), TrialGolden.Patients.Numbers("site")), 1);

    [Fact]
    public void SamePatientsTwice_DoNotDiffer()
    {
        LogRank test = LogRank.Between(TrialGolden.Leukaemia.Patients, TrialGolden.Leukaemia.Patients);
        Assert.Equal(0, test.ChiSquare, 1e-12);
        Assert.Equal(1, test.P, 1e-6);
    }

    [Fact]
    public void WithoutEvents_ThereIsNoTest()
    {
        LogRank test = LogRank.Between([new(1, false)], [new(2, false)]);
        Assert.True(double.IsNaN(test.ChiSquare) && double.IsNaN(test.P));
        Assert.Equal(0, test.Freedom);
    }

    [Fact]
    public void AllEventsAtOneTime_HaveNothingToOrder() =>
        Assert.True(double.IsNaN(LogRank.Between([new(3, true), new(3, true)], [new(3, true)]).P));

    [Fact]
    public void GroupsThatCannotBeTested_AreRefused()
    {
        Assert.Contains("group 1", Assert.Throws<ArgumentException>(() => LogRank.Between([new(1, true)], [])).Message, StringComparison.Ordinal);
        Assert.Contains("two groups", Assert.Throws<ArgumentException>(() => LogRank.Between([new FollowUp(1, true)])).Message, StringComparison.Ordinal);
        Assert.Contains("patient 0", Assert.Throws<ArgumentException>(() => LogRank.Between([new(1, true)], [new(-2, true)])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogRank.Test([new(1, true), new(2, true)], [0]));
        Assert.Throws<ArgumentException>(() => LogRank.Test([new(1, true), new(2, true)], [0, -1]));
        Assert.Throws<ArgumentException>(() => LogRank.Test([new(1, true), new(2, true)], [0, 1], [1]));
    }

    private static void Check(string key, LogRank test, int freedom)
    {
        TrialGolden.Same($"logrank.{key}.chi", test.ChiSquare);
        TrialGolden.Same($"logrank.{key}.p", test.P);
        TrialGolden.Same($"logrank.{key}.observed", [.. test.Groups.Select(g => g.Observed)]);
        TrialGolden.Same($"logrank.{key}.expected", [.. test.Groups.Select(g => g.Expected)]);
        Assert.Equal(freedom, test.Freedom);
    }
}
