using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class NearestNeighbourTests
{
    [Fact]
    public void SharedPoints_EqualSpatstatNndistAndNncross()
    {
        foreach ((string from, string to) in ((string, string)[])[("a", "a"), ("a", "b"), ("b", "a")])
        {
            double[] distances = from == to ? NearestNeighbour.Distances(Golden.Of(from), 2) : NearestNeighbour.Distances(Golden.Of(from), Golden.Of(to), 2);
            Assert.Equal(Golden.Value($"nn_mean {from} {to} none"), distances.Average(), 1e-10);
            Assert.Equal(Golden.Value($"nn_median {from} {to} none"), Quantiles.Median(distances), 1e-10);
        }

        Assert.Equal(Golden.Value("nn_mean3 a a none"), NearestNeighbour.Distances(Golden.InBox, 3).Average(), 1e-10);
    }

    [Fact]
    public void RegularLattice_HasItsSpacing()
    {
        Assert.All(NearestNeighbour.Distances(RipleyKTests.Lattice(9, 7, 20), 2), d => Assert.Equal(20, d));
        TissuePoint[] cubic = [.. Enumerable.Range(0, 60).Select(i => new TissuePoint(i % 3 * 15, i / 3 % 4 * 15, i / 12 * 15))];
        Assert.All(NearestNeighbour.Distances(cubic, 3), d => Assert.Equal(15, d));
    }

    [Fact]
    public void Csr_HasTheMeanAndMedianOfItsIntensity()
    {
        // Intensity 1e-4/um2: mean 50 um, median 46.97 um. Points at least 300 um from the edge, whose neighbours the window holds but for a chance of exp(-28).
        // Standard errors from 60 patterns; two means within 4.5 of them: a false alarm in 70,000 runs; the seed is fixed. The number in the window is fixed too, which
        // makes the intensity around a point smaller by one in 9,600: a hundredth of a standard error.
        Assert.Equal(50, NearestNeighbour.CsrMean(1e-4, 2), 1e-12);
        Assert.Equal(46.97, NearestNeighbour.CsrMedian(1e-4, 2), 0.005);
        BoxWindow window = BoxWindow.Rectangle(0, 0, 12000, 8000);
        var means = new List<double>();
        var medians = new List<double>();
        for (int i = 0; i < 60; i++)
        {
            var stream = NullPatterns.Stream(3, i);
            TissuePoint[] points = NullPatterns.Csr(window, 9600, ref stream);
            double[] inner = NearestNeighbour.Guarded(points, NearestNeighbour.Distances(points, 2), window, 300);
            means.Add(inner.Average());
            medians.Add(Quantiles.Median(inner));
        }

        var mean = MonteCarloError.Of([.. means]);
        var median = MonteCarloError.Of([.. medians]);
        Assert.InRange((mean.Mean - 50) / mean.StandardError, -4.5, 4.5);
        Assert.InRange((median.Mean - NearestNeighbour.CsrMedian(1e-4, 2)) / median.StandardError, -4.5, 4.5);
        Assert.InRange(mean.StandardError, 0, 0.1);
    }

    [Fact]
    public void Csr_InAVolume_HasItsMean()
    {
        // As above, 40 patterns of 3,000 points in a cube of 500 um: intensity 2.4e-5, mean 19.2 um, guard 80 um.
        BoxWindow window = BoxWindow.Box(new TissuePoint(0, 0, 0), new TissuePoint(500, 500, 500));
        double[] means = [.. Enumerable.Range(0, 40).Select(i =>
        {
            var stream = NullPatterns.Stream(4, i);
            TissuePoint[] points = NullPatterns.Csr(window, 3000, ref stream);
            return NearestNeighbour.Guarded(points, NearestNeighbour.Distances(points, 3), window, 80).Average();
        })];
        var mean = MonteCarloError.Of(means);
        Assert.InRange((mean.Mean - NearestNeighbour.CsrMean(2999 / 1.25e8, 3)) / mean.StandardError, -4.5, 4.5);
    }

    [Fact]
    public void EveryPoint_FindsWhatComparingAllFinds()
    {
        // Queries inside and far outside the cloud, clustered points, points in one place.
        for (int dimensions = 2; dimensions <= 3; dimensions++)
        {
            var stream = NullPatterns.Stream(9, dimensions);
            var to = new TissuePoint[200];
            var from = new TissuePoint[300];
            for (int i = 0; i < 200; i++)
            {
                double spread = i < 100 ? 5 : 400;
                to[i] = new TissuePoint(stream.NextDouble() * spread, stream.NextDouble() * spread * 3, stream.NextDouble() * spread);
            }

            for (int i = 0; i < 300; i++)
            {
                from[i] = new TissuePoint((stream.NextDouble() * 3000) - 1000, (stream.NextDouble() * 3000) - 1000, (stream.NextDouble() * 3000) - 1000);
            }

            from[0] = to[17];
            double[] distances = NearestNeighbour.Distances(from, to, dimensions);
            for (int i = 0; i < from.Length; i++)
            {
                Assert.Equal(to.Min(p => Distance(from[i], p, dimensions)), distances[i], 1e-9);
            }

            Assert.Equal(0, distances[0]);
        }

        static double Distance(TissuePoint a, TissuePoint b, int dimensions) =>
            Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) + (dimensions == 3 ? Math.Pow(a.Z - b.Z, 2) : 0));
    }

    [Fact]
    public void Direction_Matters()
    {
        // One CD8 beside the first of three tumour cells in a row.
        TissuePoint[] tumor = [new(0, 0), new(100, 0), new(200, 0)], cd8 = [new(0, 10)];
        Assert.Equal([10], NearestNeighbour.Distances(cd8, tumor, 2));
        Assert.Equal([10, Math.Sqrt(10100), Math.Sqrt(40100)], NearestNeighbour.Distances(tumor, cd8, 2));
    }

    [Fact]
    public void NoNeighbour_IsInfinitelyFar()
    {
        Assert.Equal([double.PositiveInfinity], NearestNeighbour.Distances([new(1, 1)], 2));
        Assert.Equal([double.PositiveInfinity], NearestNeighbour.Distances([new(1, 1)], [], 2));
        Assert.Empty(NearestNeighbour.Distances([], [new(1, 1)], 2));
        Assert.Equal([0, 0], NearestNeighbour.Distances([new(1, 1), new(1, 1)], 2));
    }
}
