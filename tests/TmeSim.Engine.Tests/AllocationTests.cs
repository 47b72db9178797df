using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Tests;

/// <summary>Runs alone: the count is that of the whole process.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    [Theory]
    [InlineData(1, 128, 132, 1)]
    [InlineData(2, 128, 132, 1)]
    [InlineData(3, 128, 132, 1)]
    [InlineData(8, 128, 132, 1)]
    [InlineData(1, 32, 28, 30)]
    [InlineData(2, 32, 28, 30)]
    [InlineData(3, 32, 28, 30)]
    [InlineData(8, 32, 28, 30)]
    public void Step_AfterWarmUp_AllocatesNothingOnAnyThread(int threads, int nx, int ny, int nz)
    {
        SimulationPlan plan = TestPlans.Plan(nx, ny, nz, burnInDays: 5) with { Mechanisms = MechanismSet.AllOn };
        ArmPlan arm = TestPlans.EverythingArm(plan);
        using var simulation = new Simulation(plan, 0, threads);
        simulation.Runner.Split = new RowSplit(int.MaxValue);
        simulation.RunBurnIn();
        simulation.BeginArm(arm with { Therapy = [.. arm.Therapy.Select(course => course with { EveryHours = 24, DoseMg = course.DoseMg / 21 })] });

        // Some weeks, with doses every day: stores of cells, which double when a population outgrows them, reach their size. Work is shared for the last steps.
        const int WarmUp = 600;
        for (int i = 0; i < WarmUp; i++)
        {
            simulation.Runner.Split = i < WarmUp - 15 ? simulation.Runner.Split : default;
            simulation.Step();
        }

        Assert.Equal(threads == 1 ? 0 : threads, simulation.Runner.MaxBlocks);
        long[] before = new long[threads], after = new long[threads];
        simulation.Runner.Run(new AllocatedHere(before), threads, 1);
        long all = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 100; i++)
        {
            simulation.Step();
        }

        all = GC.GetTotalAllocatedBytes(precise: true) - all;
        simulation.Runner.Run(new AllocatedHere(after), threads, 1);

        Assert.Equal(before, after);
        Assert.Equal(0, all);
    }

    /// <summary>One row a thread: what it has allocated so far.</summary>
    private readonly struct AllocatedHere(long[] bytes) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                bytes[row] = GC.GetAllocatedBytesForCurrentThread();
            }
        }
    }
}
