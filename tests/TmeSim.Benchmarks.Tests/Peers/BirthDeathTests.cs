namespace TmeSim.Benchmarks.Tests.Peers;

public class BirthDeathTests
{
    [Fact]
    public void Equilibrium_IsThatOfHal()
    {
        // HAL reports 893,000 cells on 1000². On 500² the count of one step varies by about 300 (sd of a site 0.31, neighbours
        // correlated): 0.003 is more than two of them, and the seed is fixed.
        using var model = new BirthDeath(500, seed: 1);
        for (int i = 0; i < 60; i++)
        {
            model.Step();
        }

        Assert.InRange(model.Cells / 250_000.0, PeerMode.HalEquilibrium - 0.003, PeerMode.HalEquilibrium + 0.003);
    }

    [Fact]
    public void Threads_DoNotChangeTheResult()
    {
        using var one = new BirthDeath(203, seed: 5);
        using var three = new BirthDeath(203, seed: 5, threads: 3);
        for (int i = 0; i < 20; i++)
        {
            one.Step();
            three.Step();
        }

        Assert.True(one.Codes.SequenceEqual(three.Codes));
    }
}
