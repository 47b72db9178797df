using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Figures;

public class ArmLooksTests
{
    private static readonly ArmLooks Looks = new(["Control", "A", "A", "B"]);

    [Fact]
    public void Looks_KnownArm_FollowItsPlace()
    {
        Assert.Equal(["Control", "A", "B"], Looks.Arms);
        Assert.Equal(ArmPalette.Color(2), Looks.Color("B"));
        Assert.Equal(ArmPalette.Line(1, 3), Looks.Line("A", 3));
        Assert.Equal(ArmPalette.Marker(1, 9), Looks.Marker("A", 9));
    }

    [Fact]
    public void Looks_UnknownArms_ComeAfterTheKnownOnes()
    {
        Assert.Equal(3, Looks.Index("x"));
        ArmLooks more = Looks.With(["x", "B", "y"]);
        Assert.Equal([3, 2, 4], new[] { "x", "B", "y" }.Select(more.Index));
        Assert.Equal(["A", "B", "y"], Looks.Sort(["y", "B", "A", "B"]));
    }

    [Theory]
    [InlineData(null, null, 2, 940)]
    [InlineData(1, null, 1, 500)]
    [InlineData(3, null, 3, 1380)]
    [InlineData(99, 2400.0, 4, 2400)]
    [InlineData(4, 500.0, 2, 500)]
    [InlineData(null, 1.0, 1, 240)]
    [InlineData(null, double.NaN, 2, 940)]
    public void Grid_Asked_StaysWithinLimits(int? columns, double? width, int expectedColumns, double expectedWidth) =>
        Assert.Equal((expectedColumns, expectedWidth), new FigureOptions(Columns: columns, Width: width).Grid(4, 2, 940));

    [Theory]
    [InlineData(null, 200)]
    [InlineData(10.0, 60)]
    [InlineData(5000.0, 1200)]
    [InlineData(300.0, 300)]
    public void Height_Asked_StaysWithinLimits(double? height, double expected) => Assert.Equal(expected, new FigureOptions(Height: height).HeightOr(200));
}
