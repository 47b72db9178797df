using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class LatinHypercubeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void EachPartOfEachAxis_HoldsOnePoint(int count)
    {
        double[] points = LatinHypercube.Points(count, 30, 5);
        for (int d = 0; d < 30; d++)
        {
            int[] parts = [.. Enumerable.Range(0, count).Select(i => (int)(points[i * 30 + d] * count)).Order()];
            Assert.Equal(Enumerable.Range(0, count), parts);
        }

        Assert.All(points, v => Assert.True(v > 0 && v < 1));
    }

    [Fact]
    public void Key_DecidesAll_AndDimensionsStandAlone()
    {
        double[] points = LatinHypercube.Points(50, 4, 9);
        Assert.Equal(points, LatinHypercube.Points(50, 4, 9));
        Assert.NotEqual(points, LatinHypercube.Points(50, 4, 10));
        double[] one = LatinHypercube.Points(50, 1, 9);
        Assert.Equal(one, Enumerable.Range(0, 50).Select(i => points[4 * i]));
    }

    [Fact]
    public void OverKeys_PlacesAndOrdersAreUniform()
    {
        // Part of point 0 among 5 (chi-square, 4 degrees of freedom, 99.99 % at 23.5) and place within the part (mean within 3.9 standard errors).
        const int keys = 5000;
        var parts = new int[5];
        double inside = 0;
        for (int key = 0; key < keys; key++)
        {
            double scaled = LatinHypercube.Points(5, 1, (ulong)key)[0] * 5;
            parts[(int)scaled]++;
            inside += scaled % 1;
        }

        Assert.InRange(parts.Sum(n => (n - keys / 5.0) * (n - keys / 5.0) / (keys / 5.0)), 0, 23.5);
        Assert.InRange(inside / keys, 0.5 - 3.9 / Math.Sqrt(12.0 * keys), 0.5 + 3.9 / Math.Sqrt(12.0 * keys));
    }

    [Fact]
    public void ManyPoints_StayBelowOne()
    {
        double[] points = LatinHypercube.Points(1_200_000, 1, 1);
        Assert.True(points.Max() < 1);
        Assert.True(points.Min() > 0);
    }

    [Fact]
    public void NoPointsOrDimensions_IsAnError()
    {
        Assert.Throws<ArgumentException>(() => LatinHypercube.Points(0, 3, 1));
        Assert.Throws<ArgumentException>(() => LatinHypercube.Points(3, 0, 1));
    }
}
