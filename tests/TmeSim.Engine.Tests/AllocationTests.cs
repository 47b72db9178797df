using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Tests;

/// <summary>Runs alone: the count is that of the whole process.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_AfterWarmUp_AllocatesNothingOnAnyThread(int threads)
    {
        SimulationPlan plan = TestPlans.Plan(nx: 128, ny: 128, burnInDays: 5);
        using var simulation = new Simulation(plan, 0, threads);
        simulation.RunBurnIn();
        simulation.BeginArm(TestPlans.EverythingArm(plan));
        // A week: lists of cells and events reach their size.
        for (int i = 0; i < 180; i++)
        {
            simulation.Step();
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 100; i++)
        {
            simulation.Step();
        }

        Assert.Equal(0, GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
