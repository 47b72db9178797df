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

    private static RunRequest Request(TemporaryFolder folder, params string[] sets) => new()
    {
        Scenario = SmallScenario.Read(sets), OutDirectory = folder.Path, Jobs = 1, Figures = false,
    };
}
