using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class PairedSharesTests
{
    [Fact]
    public void P_IsThatOfR()
    {
        bool[] responses = [.. TrialGolden.Patients.Numbers("response").Select(r => r == 1)];
        PairedShares shares = PairedShares.Of(Enumerable.Range(0, responses.Length / 2).Select(i => (responses[2 * i],
            responses[(2 * i) + 1])));
        Assert.Equal(80, shares.Count);
        TrialGolden.Same("mcnemar", shares.P);
        TrialGolden.Same("mcnemar.1of9", new PairedShares(7, 8, 1, 30).P);
        Assert.Equal(1, new PairedShares(7, 0, 0, 30).P);
        Assert.Equal(1, new PairedShares(7, 2, 2, 30).P);
    }

    /// <summary>Without correlation of the arms the interval is that of two groups.</summary>
    [Fact]
    public void DifferenceOfUnrelatedArms_IsThatOfTwoGroups()
    {
        PairedShares shares = new(12, 18, 28, 42);
        Estimate groups = Proportion.Difference(30, 100, 40, 100);
        Assert.Equal(groups.Value, shares.Difference.Value, 1e-12);
        Assert.Equal(groups.Low, shares.Difference.Low, 1e-12);
        Assert.Equal(groups.High, shares.Difference.High, 1e-12);
    }

    [Fact]
    public void OddsOfUnrelatedArms_AreThoseOfTwoGroups()
    {
        OddsRatio groups = OddsRatio.Of(30, 70, 40, 60);
        (Estimate ratio, bool corrected) = new PairedShares(12, 18, 28, 42).Odds;
        Assert.False(corrected);
        Assert.Equal(groups.Ratio.Value, ratio.Value, 1e-12);
        Assert.Equal(groups.Ratio.Low, ratio.Low, 1e-12);
    }

    [Fact]
    public void EndsAreDefined()
    {
        PairedShares none = new(0, 0, 0, 20), all = new(0, 20, 0, 0);
        Assert.Equal((0, true), (none.Difference.Value, none.Odds.IsCorrected));
        Assert.Equal(1, none.Odds.Ratio.Value, 1e-12);
        Assert.Equal(1, all.Difference.Value);
        Assert.True(all.Difference.Low > 0.7 && all.Odds.Ratio.Low > 5 && all.P < 1e-5);
        Assert.True(double.IsNaN(default(PairedShares).Odds.Ratio.Value) && double.IsNaN(default(PairedShares).Difference.Value));
    }
}
