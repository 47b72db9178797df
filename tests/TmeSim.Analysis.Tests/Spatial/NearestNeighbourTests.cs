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
}
