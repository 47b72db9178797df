namespace TmeSim.Benchmarks.Tests.Peers;

public class DiffusionWorkTests
{
    [Fact]
    public void HourFromZero_MeanIsProductionOverOnePlusDecay()
    {
        // Zero flux: diffusion cancels from the mean. (1 + λ·60) mean = 60 · (sources per site).
        using var work = new DiffusionWork(new Grid(70, 70), 2);
        int cycles = work.CyclesFor(0, 60, 1e-3) + 2;
        work.Clear();
        work.Implicit(60, cycles);
        Assert.Equal(60.0 / 7 / (1 + 0.1 * 60), work.Mean, 1e-4);
    }

    [Theory]
    [InlineData(61, 45, 1)]
    [InlineData(21, 18, 13)]
    public void ExplicitSteps_KeepTheMean(int nx, int ny, int nz)
    {
        using var work = new DiffusionWork(new Grid(nx, ny, nz), 1);
        work.Implicit(1, 3);
        double before = work.Mean;
        work.TwoExplicit();
        Assert.Equal(before, work.Mean, 1e-5 * before);
    }
}
