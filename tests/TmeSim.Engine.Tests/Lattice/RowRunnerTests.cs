using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Tests.Lattice;

public sealed class RowRunnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void ManyRuns_VisitEveryRowOnce(int threads)
    {
        using var runner = new RowRunner(threads);
        var visits = new int[97];
        for (int run = 0; run < 3_000; run++)
        {
            runner.Run(new Count(visits), visits.Length, 1);
        }

        Assert.All(visits, count => Assert.Equal(3_000, count));
    }

    [Fact]
    public void WorkersThatFellAsleep_WakeUp()
    {
        using var runner = new RowRunner(3);
        var visits = new int[30];
        for (int run = 0; run < 5; run++)
        {
            Thread.Sleep(20);
            runner.Run(new Count(visits), visits.Length, 1);
        }

        Assert.All(visits, count => Assert.Equal(5, count));
    }

    [Fact]
    public void FailureOnAnyThread_ReachesTheCallerAndLeavesTheRunnerUsable()
    {
        using var runner = new RowRunner(2);

        Assert.Throws<InvalidOperationException>(() => runner.Run(new FailAt(9), 10, 1));
        Assert.Throws<NotSupportedException>(() => runner.Run(new FailAt(0), 10, 1));
        var visits = new int[10];
        runner.Run(new Count(visits), 10, 1);

        Assert.All(visits, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Run_AllocatesNothing()
    {
        using var runner = new RowRunner(2);
        var visits = new int[64];
        runner.Run(new Count(visits), 64, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();

        runner.Run(new Count(visits), 64, 1);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private readonly struct Count(int[] visits) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                visits[row]++;
            }
        }
    }

    private readonly struct FailAt(int row) : IRowKernel
    {
        public void Run(int first, int end)
        {
            if (row >= first && row < end)
            {
                throw new NotSupportedException();
            }
        }
    }
}
