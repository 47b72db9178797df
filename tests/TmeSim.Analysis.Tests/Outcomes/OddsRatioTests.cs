using TmeSim.Analysis.Outcomes;

namespace TmeSim.Analysis.Tests.Outcomes;

public class OddsRatioTests
{
    [Fact]
    public void Ratio_IsThatOfALogisticModelInR() => TrialGolden.Same("odds", OddsRatio.Of(12, 28, 5, 35).Ratio);

    [Theory]
    [InlineData(0, 8, 2, 1, 5)]
    [InlineData(1, 10, 90, 25, 75)]
    [InlineData(2, 0, 12, 4, 9)]
    [InlineData(3, 300, 700, 350, 650)]
    public void FisherExact_IsThatOfR(int index, int a, int b, int c, int d)
    {
        TrialGolden.Same($"fisher.{index}", FisherExact.P(a, b, c, d));
        TrialGolden.Same($"fisher.{index}", FisherExact.P(a, c, b, d));
        TrialGolden.Same($"fisher.{index}", FisherExact.P(d, c, b, a));
    }

    /// <summary>The lady tasting tea (Fisher 1935): 3 of 4 right has p = 34/70.</summary>
    [Fact]
    public void FisherExact_OfTheTea_IsThatOfTheBook() => Assert.Equal(34 / 70.0, FisherExact.P(3, 1, 1, 3), 1e-14);

    [Fact]
    public void CellOfZero_IsCorrectedAndSaid()
    {
        OddsRatio odds = OddsRatio.Of(0, 12, 4, 9);
        Assert.True(odds.IsCorrected);
        Assert.Equal(0.5 * 9.5 / (12.5 * 4.5), odds.Ratio.Value, 1e-15);
        Assert.Equal(Math.Sqrt(2 + (1 / 12.5) + (1 / 4.5) + (1 / 9.5)), odds.LogStandardError, 1e-14);
        TrialGolden.Same("fisher.2", odds.P);
        Assert.False(OddsRatio.Of(1, 2, 3, 4).IsCorrected);
    }

    [Fact]
    public void EmptyGroup_HasNoRatio()
    {
        OddsRatio odds = OddsRatio.Of(0, 0, 4, 9);
        Assert.True(double.IsNaN(odds.Ratio.Value) && odds.P == 1);
        Assert.Equal(1, FisherExact.P(0, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OddsRatio.Of(-1, 2, 3, 4));
    }
}
