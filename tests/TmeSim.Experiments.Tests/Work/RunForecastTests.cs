using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>What is said before a run, against what it then takes.</summary>
public sealed class RunForecastTests
{
    [Fact]
    public void FilesAndBytes_AreThoseOfTheRun()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder, "output={checkpoints: [2 d, 5 d]}", "time.snapshot_every=2 d");
        RunForecast forecast = RunForecast.Of(request, measures: true, TestContext.Current.CancellationToken);
        RunOutcome outcome = RunSession.Execute(request, new RunProgress(), TestContext.Current.CancellationToken);
        FileInfo[] files = [.. Directory.GetFiles(outcome.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ResultFiles.Lock).Select(f => new FileInfo(f))];
        Assert.Equal((4, 4, outcome.Folder), (forecast.Simulations, forecast.All, forecast.Folder));
        Assert.Equal(files.Length, forecast.Files);
        Assert.InRange(files.Sum(f => f.Length), forecast.DiskBytes / 3, forecast.DiskBytes);
        Assert.Equal(8, files.Count(f => f.Name.EndsWith(".state", StringComparison.Ordinal)));
        Assert.All(files.Where(f => f.Name.EndsWith(".state", StringComparison.Ordinal)), f => Assert.InRange(f.Length, forecast.StateBytes / 4, forecast.StateBytes));
        Assert.InRange(forecast.Seconds, 0.01, 600);

        RunForecast again = RunForecast.Of(request, measures: true, TestContext.Current.CancellationToken);
        Assert.Equal((0, 4, 0.0), (again.Simulations, again.All, again.Seconds));
    }

    [Fact]
    public void BeyondItsLimit_IsRefusedBeforeAnythingIsWritten()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<RunFolderException>(() => RunSession.Execute(Request(folder, "output={limit: 100 kB}"), new RunProgress())).Message;
        Assert.Contains("where output.limit allows 100 kB", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(RunStatus.Finished, RunSession.Execute(Request(folder, "output={limit: 1 GB}"), new RunProgress()).Status);
    }

    [Fact]
    public void KeptStates_AskForAnotherRecordingButNotForOtherBits()
    {
        using var folder = new TemporaryFolder();
        RunRequest kept = Request(folder, "output={checkpoints: [2 d]}", "replicates=1"), plain = Request(folder, "replicates=1");
        Assert.Equal(plain.Scenario.IdentityHash, kept.Scenario.IdentityHash);
        Assert.NotEqual(new ManifestBuilder(plain).Fresh().OutputHash, new ManifestBuilder(kept).Fresh().OutputHash);
        RunOutcome outcome = RunSession.Execute(kept with { Figures = true, Checkpoints = new CheckpointPolicy { IsOff = true } }, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Finished, outcome.Status);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(outcome.Folder, "states")).Length);
        Assert.True(File.Exists(outcome.ReportPath));
    }

    [Fact]
    public void Time_IsThatOfTheBusiestJob()
    {
        ReplicateWork Replicate(int number, int arms, long burnIn = 100, long arm = 50) => new(() => null!, number, [.. Enumerable.Range(0, arms)], (burnIn, arm));
        var pace = new RunPace(BurnIn: 0.02, Arm: 0.01, Once: 0.5);

        // 3 s each: two of them one after the other, the third beside them.
        ReplicateWork[] three = [Replicate(0, 2), Replicate(1, 2), Replicate(2, 2)];
        Assert.Equal(6.5, pace.Seconds(three, 2), 12);
        Assert.Equal(9.5, pace.Seconds(three, 1), 12);
        Assert.Equal(3.5, pace.Seconds(three, 8), 12);
        Assert.Equal(5.5, pace.Seconds([Replicate(0, 1), Replicate(1, 6), Replicate(2, 1)], 2), 12);
        Assert.Equal(0, pace.Seconds([], 2));
        Assert.Equal(new RunPace(2, 3, 4), RunPace.Mean([new RunPace(1, 2, 3), new RunPace(3, 4, 5)]));
    }

    // A pilot goes through burn-in and arms; a run of nothing but one of them has no other pace.
    [Theory]
    [InlineData("time.burn_in=0 d", false)]
    [InlineData("time.burn_in=1 d", true)]
    [InlineData("time.burn_in=4000 d", true)]
    public void Pilot_MeasuresBurnInAndArms(string burnIn, bool hasBurnIn)
    {
        RunRequest request = new() { Scenario = SmallScenario.Read(burnIn.Replace("4000 d", "3650 d", StringComparison.Ordinal)), Jobs = 2 };
        MemoryFit fit = request.Fit(request.Scenario, 2, 1, true, onDisk: null);
        RunPace pace = RunPilot.Measure(request.Scenario, ReplicateWork.Of(request.Scenario, [(0, 0), (1, 0), (1, 1)]), fit, TestContext.Current.CancellationToken);
        Assert.Equal(hasBurnIn, pace.BurnIn > 0);
        Assert.InRange(pace.Arm, 1e-6, 1);
        Assert.InRange(pace.Once, 0, 60);
    }

    private static RunRequest Request(TemporaryFolder folder, params string[] sets) => new()
    {
        Scenario = SmallScenario.Read(sets), OutDirectory = folder.Path, Jobs = 1, Figures = false,
    };
}
