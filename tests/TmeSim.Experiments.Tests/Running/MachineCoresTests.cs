using TmeSim.Experiments.Running;

namespace TmeSim.Experiments.Tests.Running;

public sealed class MachineCoresTests
{
    [Theory]
    [InlineData(8, "17", "4", 4)]
    [InlineData(2, "17", "4", 2)]
    [InlineData(8, null, "4", 8)]
    [InlineData(8, "17", null, 8)]
    [InlineData(8, "17", "0", 8)]
    [InlineData(8, "17", "many", 8)]
    public void Cores_AreThoseOfMachineContainerAndSlurmTask(int counted, string? job, string? given, int cores) =>
        Assert.Equal(cores, MachineCores.Of(counted, name => name == "SLURM_JOB_ID" ? job : name == "SLURM_CPUS_PER_TASK" ? given : null));

    [Theory]
    [InlineData(null, null, 4, 4, null, null)]
    [InlineData(2, 2, 4, 2, 2, null)]
    [InlineData(8, null, 4, 4, null, "4 at once with 1 thread each: this process has 4 cores")]
    [InlineData(4, 3, 4, 1, 3, "1 at once with 3 threads each: this process has 4 cores")]
    [InlineData(null, 9, 4, 1, 4, "1 at once with 4 threads each: this process has 4 cores")]
    [InlineData(null, 2, 4, 2, 2, null)]
    public void JobsTimesThreads_NeverExceedThem(int? jobs, int? threads, int cores, int atOnce, int? inside, string? note) =>
        Assert.Equal((atOnce, inside, note), MachineCores.Share(jobs, threads, cores));
}
