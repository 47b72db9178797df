using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Spatial;

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
        Assert.Equal([1, 1], QuadratCounts.Of([new(10, 0), new(70, 30), new(70, 40)], window, 30 + 1e-13));
    }

    /// <summary>Quadrats of 100 µm in windows that they do not fill: cut ones would hold fewer points and raise the index to 1.1 to 1.8.</summary>
    [Theory]
    [InlineData(250, 250, 1)]
    [InlineData(1280, 1280, 1)]
    [InlineData(450, 310, 1)]
    [InlineData(1000, 140, 1)]
    [InlineData(350, 250, 330)]
    [InlineData(400, 400, 60)]
    public void Dispersion_OfRandomPoints_IsOneWhateverTheWindow(double x, double y, double z)
    {
        BoxWindow window = z > 1 ? BoxWindow.Box(default, new TissuePoint(x, y, z)) : BoxWindow.Rectangle(0, 0, x, y);
        double[] values = [.. Enumerable.Range(0, 600).Select(i =>
        {
            var stream = NullPatterns.Stream(90, i);
            return QuadratCounts.Dispersion(QuadratCounts.Of(NullPatterns.Csr(window, 400, ref stream), window, 100));
        })];
        var mean = MonteCarloError.Of(values);

        // Given their number, counts over equal quadrats are multinomial, whose index is 1 on average exactly.
        Assert.InRange((mean.Mean - 1) / mean.StandardError, -3, 3);
    }

    [Fact]
    public void Remainders_CountForNothing_AndAShortAxisIsWithinTheQuadrat()
    {
        BoxWindow window = BoxWindow.Rectangle(0, 0, 50, 10);
        Assert.Equal([1, 2], QuadratCounts.Of([new(0, 0), new(20, 9), new(39, 10), new(40.1, 5), new(50, 10)], window, 20));
        Assert.Equal([2], QuadratCounts.Of([new(0, 0), new(50, 10)], window, 60));
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
