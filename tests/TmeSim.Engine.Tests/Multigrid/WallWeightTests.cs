using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Multigrid;

public sealed class WallWeightTests
{
    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(500)]
    public void RobinWall_IsOneMinusTheExponential(double width)
    {
        double exact = 2 * Math.Exp(-width / 256) * Math.Sinh(width / 256);

        Assert.Equal(exact, WallWeight.Of(FieldWall.Robin(128), width), exact * 1e-11);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    public void WiderCell_KeepsClosedAndFixedWalls(double finest, double expected) =>
        Assert.Equal(expected, WallWeight.Widen(finest, 8), 1e-12);

    [Fact]
    public void WiderCell_SeesTheSameZeroBeyondTheWall()
    {
        // A zero one spacing outside the face: w = 1/(1 + ½); a cell of four spacings: 4/(1 + 2).
        Assert.Equal(4.0 / 3, WallWeight.Widen(2.0 / 3, 4), 1e-12);
    }
}
