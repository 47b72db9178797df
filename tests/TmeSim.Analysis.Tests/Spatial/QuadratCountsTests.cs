namespace TmeSim.Analysis.Tests;

public class QuadratCountsTests
{
    [Fact]
    public void Dispersion_EqualsChiSquareOfR()
    {
        foreach (double side in (double[])[50, 100, 200])
        {
            int[] counts = QuadratCounts.Of(Golden.A, Golden.Window, side);
            Assert.Equal(Golden.Value("quadrat_chi2 a a none", side), QuadratCounts.Dispersion(counts) * (counts.Length - 1), 1e-9);
        }
    }

    [Fact]
    public void Borders_BelongToTheQuadratAbove_AndTheFarEndToTheLast()
    {
        BoxWindow window = BoxWindow.Rectangle(10, 0, 70, 40);
        Assert.Equal([1, 1, 2, 0, 0, 1], QuadratCounts.Of([new(10, 0), new(30, 0), new(50, 5), new(70, 19.9), new(70, 40)], window, 20));
        Assert.Equal([1, 0, 0, 1], QuadratCounts.Of([new(10, 0), new(70, 40)], window, 30 + 1e-13));
    }

    [Fact]
    public void Volume_CountsInCubes()
    {
        BoxWindow window = BoxWindow.Box(new TissuePoint(0, 0, 0), new TissuePoint(20, 10, 20));
        Assert.Equal([0, 0, 1, 1], QuadratCounts.Of([new(1, 1, 11), new(11, 1, 19)], window, 10));
    }

    [Fact]
    public void Side_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => QuadratCounts.Of([], Golden.Window, 0));
        Assert.Throws<ArgumentException>(() => QuadratCounts.Of([], Golden.Window, 1e-3));
        Assert.Throws<ArgumentException>(() => QuadratCounts.Of([], Golden.Window, double.NaN));
        Assert.True(double.IsNaN(QuadratCounts.Dispersion([0, 0])));
    }
}
