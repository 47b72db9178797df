using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>Runs alone: the bytes counted are those of the whole process.</summary>
[Collection(nameof(AllocationTests))]
public class SimulationMemoryTests
{
    [Theory]
    [InlineData(900, 1, 1, 1)]
    [InlineData(1, 300, 1, 1)]
    [InlineData(64, 48, 1, 1)]
    [InlineData(97, 130, 1, 3)]
    [InlineData(61, 1, 47, 2)]
    [InlineData(20, 24, 17, 1)]
    [InlineData(33, 40, 31, 3)]
    [InlineData(50, 50, 2, 1)]
    [InlineData(1, 1, 1, 1)]
    public void Of_Shape_IsWhatIsAllocated(int nx, int ny, int nz, int threads)
    {
        SimulationPlan plan = TestPlans.Plan(nx, ny, nz, lesion: TestPlans.Lesion() with { RadiusUm = 60 });
        AssertExact(plan, threads);
        AssertExact(plan with { Lesions = [plan.Lesions[0], TestPlans.Lesion("second") with { RadiusUm = 40 }] }, threads);
    }

    [Fact]
    public void Capture_TakesTheStateBytes()
    {
        SimulationPlan plan = TestPlans.Plan(50, 60, burnInDays: 0);
        using var simulation = new Simulation(plan, 0);
        long before = SiteMemory.Bytes;
        using SimulationSnapshot snapshot = simulation.Capture();
        Assert.Equal(SimulationMemory.Of(plan).StateBytes, SiteMemory.Bytes - before);
    }

    [Theory]
    [InlineData(4096, 4096, 1, 1.1e9)]
    [InlineData(500, 500, 500, 8e9)]
    public void Of_LargeLattice_KeepsTheBudgetOf65BytesASite(int nx, int ny, int nz, double mostBytes)
    {
        SimulationMemory memory = SimulationMemory.Of(TestPlans.Plan(nx, ny, nz), threads: 2);
        Assert.InRange((double)(memory.StateBytes + memory.WorkBytes) / memory.Sites, 50, 65);
        Assert.InRange(memory.StateBytes + memory.WorkBytes, mostBytes / 2, mostBytes);
    }

    [Theory]
    [InlineData(1_000_000_000, 1_000_000_000, 1)]
    [InlineData(1_000_000_000, 1_000_000_000, 1_000_000_000)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(50_000, 50_000, 1)]
    public void Of_LatticeBeyondTheIndices_NamesTheNumber(int nx, int ny, int nz)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SimulationMemory.Of(TestPlans.Plan(nx, ny, nz)));
        Assert.Contains($"at most {LatticeShape.LargestLength}", error.Message, StringComparison.Ordinal);
        Assert.Contains(LatticeShape.LengthOf(nx, ny, nz).ToString(System.Globalization.CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    private static void AssertExact(SimulationPlan plan, int threads)
    {
        SimulationMemory memory = SimulationMemory.Of(plan, threads);
        long before = SiteMemory.Bytes;
        using var simulation = new Simulation(plan, 0, threads);
        long eventBits = 2L * simulation.Lesions.Sum(l => (l.Shape.Length + 15) / 16);
        Assert.Equal(memory.StateBytes + memory.WorkBytes, SiteMemory.Bytes - before + eventBits);
        Assert.Equal(simulation.Lesions.Sum(l => l.Shape.SiteCount), memory.Sites);
    }
}
