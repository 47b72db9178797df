using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Tests.Contrasts;

public class ArmContrastTests
{
    // R: t.test(c(1, 2, 3, 4)).
    [Fact]
    public void Paired_IsTheTInterval_OfTheDifferences()
    {
        var c = ArmContrast.Paired([11, 12, 13, 14], [10, 10, 10, 10]);
        Assert.Equal((4, 2.5, true), (c.Count, c.Mean, c.IsPaired));
        Assert.Equal(Math.Sqrt(5.0 / 12), c.StandardError, 1e-12);
        Assert.Equal(0.445739743239, c.Lower, 1e-9);
        Assert.Equal(4.554260256761, c.Upper, 1e-9);
    }

    // R: t.test(c(1, 2, 3, 4), c(2, 4, 6)).
    [Fact]
    public void Independent_IsWelchsInterval()
    {
        var c = ArmContrast.Independent([1, 2, 3, 4], [2, 4, 6]);
        Assert.Equal((3, -1.5, false), (c.Count, c.Mean, c.IsPaired));
        Assert.Equal(1.32287565553, c.StandardError, 1e-9);
        Assert.Equal(-5.54232795492, c.Lower, 1e-6);
        Assert.Equal(2.54232795492, c.Upper, 1e-6);
    }

    [Fact]
    public void MissingValues_LeaveTheirPairOut()
    {
        var c = ArmContrast.Paired([1, double.NaN, 3, double.PositiveInfinity], [0, 0, 0, 0]);
        Assert.Equal((2, 2.0), (c.Count, c.Mean));
    }

    [Fact]
    public void TooFewReplicates_HaveNoInterval()
    {
        var one = ArmContrast.Paired([3], [1]);
        Assert.Equal((1, 2.0, null), (one.Count, one.Mean, one.Needed));
        Assert.True(double.IsNaN(one.StandardError) && double.IsNaN(one.Lower) && double.IsNaN(one.Upper));
        Assert.True(double.IsNaN(ArmContrast.Paired([], []).Mean));
        Assert.True(double.IsNaN(ArmContrast.Independent([1], [2, 3]).Lower));
        Assert.Throws<ArgumentException>(() => ArmContrast.Paired([1, 2], [1]));
    }

    [Fact]
    public void EqualArms_NeedNoNumber()
    {
        var c = ArmContrast.Paired([1, 2, 3], [1, 2, 3]);
        Assert.Equal((0.0, 0.0, 0.0, null), (c.Mean, c.Lower, c.Upper, c.Needed));
        Assert.Equal((0.0, 0.0), (ArmContrast.Independent([1, 1], [1, 1]).Lower, ArmContrast.Independent([1, 1], [1, 1]).StandardError));
    }
}
