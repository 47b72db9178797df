using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

public sealed class MemoryTests
{
    [Theory]
    [InlineData("10GB", 10_000_000_000)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("8GiB", 8_589_934_592)]
    [InlineData("512 mb", 512_000_000)]
    [InlineData("700 B", 700)]
    public void ByteSize_Amount_IsRead(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("GB")]
    [InlineData("-1 GB")]
    [InlineData("0 GB")]
    [InlineData("1e30 GB")]
    [InlineData("99999999999999 TB")]
    [InlineData("ten GB")]
    public void ByteSize_NoAmount_IsNull(string text) => Assert.Null(ByteSize.Parse(text));

    [Theory]
    [InlineData(10_302_107_163, "10.3 GB")]
    [InlineData(999, "999 B")]
    [InlineData(1_234_567, "1.23 MB")]
    [InlineData(345_678_901, "346 MB")]
    public void ByteSize_Format_HasThreeDigits(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));

    [Fact]
    public void Plan_LessAndLessMemory_TakesFewerJobsThenDiskThenRefuses()
    {
        ScenarioDefinition scenario = SmallScenario.Read();
        long one = MemoryFit.ReplicateBytes(scenario.Plan, 1, twoStates: false), two = MemoryFit.ReplicateBytes(scenario.Plan, 1, twoStates: true);
        Assert.Equal((4, false, 0), Fit(MemoryFit.ProcessBytes + (4 * two)));
        Assert.Equal((3, false, 1), Fit(MemoryFit.ProcessBytes + (4 * two) - 1));
        Assert.Equal((1, false, 1), Fit(MemoryFit.ProcessBytes + two));
        Assert.Equal((1, true, 2), Fit(MemoryFit.ProcessBytes + two - 1));
        Assert.Equal((1, true, 2), Fit(MemoryFit.ProcessBytes + one));
        MemoryFit refused = MemoryFit.Plan(scenario, 4, 1, severalArms: true, MemoryFit.ProcessBytes + one - 1);
        Assert.False(refused.Fits);
        string text = refused.Refusal(scenario.Plan);
        Assert.Contains("40 x 40 sites", text, StringComparison.Ordinal);
        Assert.Contains($"{MemoryFit.ProcessBytes + one} bytes", text, StringComparison.Ordinal);
        Assert.Contains("tissue.size", text, StringComparison.Ordinal);

        (int Jobs, bool Disk, int Notes) Fit(long limit)
        {
            MemoryFit fit = MemoryFit.Plan(scenario, 4, 1, severalArms: true, limit);
            Assert.InRange(fit.NeedBytes, 1, limit);
            return (fit.Jobs, fit.BranchOnDisk, fit.Notes.Count);
        }
    }

    [Fact]
    public void Plan_OneArm_NeedsOneState()
    {
        ScenarioDefinition scenario = SmallScenario.Read();
        MemoryFit fit = MemoryFit.Plan(scenario, 1, 1, severalArms: false, MemoryFit.ProcessBytes + MemoryFit.ReplicateBytes(scenario.Plan, 1, twoStates: false));
        Assert.True(fit is { Jobs: 1, BranchOnDisk: false, Notes.Count: 0 });
    }

    [Fact]
    public void Execute_BranchingThroughDisk_GivesTheSameBitsAndLeavesNoFile()
    {
        using TemporaryFolder inMemory = new(), onDisk = new();
        RunOutcome expected = RunSession.Execute(Request(inMemory.Path, null), new RunProgress());
        var notes = new List<string>();
        bool seen = false;
        var progress = new RunProgress
        {
            Notice = notes.Add,
            ArmFinished = (_, _, _) => seen |= Directory.GetFiles(onDisk.Path, "branch-r*.state.tmp", SearchOption.AllDirectories).Length > 0,
        };
        long limit = MemoryFit.ProcessBytes + MemoryFit.ReplicateBytes(SmallScenario.Read().Plan, 1, twoStates: false);
        RunOutcome outcome = RunSession.Execute(Request(onDisk.Path, limit), progress);
        Assert.Equal(RunStatus.Finished, outcome.Status);
        Assert.Contains(notes, n => n.Contains("through disk", StringComparison.Ordinal));
        Assert.True(seen, "no state was on disk");
        Assert.Equal(expected.Manifest.StateHashes, outcome.Manifest.StateHashes);
        Assert.Empty(Directory.GetFiles(onDisk.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Execute_InterruptedWhileBranchingThroughDisk_LeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        long limit = MemoryFit.ProcessBytes + MemoryFit.ReplicateBytes(SmallScenario.Read().Plan, 1, twoStates: false);
        RunOutcome outcome = RunSession.Execute(Request(folder.Path, limit), new RunProgress { ArmFinished = (_, _, _) => stop.Cancel() }, stop.Token);
        Assert.Equal(RunStatus.Interrupted, outcome.Status);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Execute_DoesNotFit_IsRefusedBeforeAnythingIsMadeOrDeleted()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(Path.Combine(folder.Path, "runs"), 1_000_000);
        Assert.Throws<MemoryRefusedException>(() => RunSession.Execute(request, new RunProgress()));
        Assert.False(Directory.Exists(request.OutDirectory));
        string folderOfRun = RunSession.Execute(request with { MemoryBytes = null, Arms = [0] }, new RunProgress()).Folder;
        Assert.Throws<MemoryRefusedException>(() => RunSession.Execute(request with { Force = true }, new RunProgress()));
        Assert.True(File.Exists(Path.Combine(folderOfRun, "manifest.json")));
        Assert.Equal(RunStatus.NothingToDo, RunSession.Execute(request with { Arms = [0] }, new RunProgress()).Status);
    }

    [Fact]
    public void BranchPoint_FileCannotBeMade_SaysHowMuchAndWhere()
    {
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d");
        using var simulation = new Simulation(scenario.Plan, 0);
        string path = Path.Combine(Path.GetTempPath(), "no-such-folder-" + Guid.NewGuid(), "branch");
        var error = Assert.Throws<RunFolderException>(() => BranchPoint.Of(simulation, _ => path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(ByteSize.Format(SimulationMemory.Of(scenario.Plan).StateBytes), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BranchPoint_OtherState_IsAClearError()
    {
        using var folder = new TemporaryFolder();
        using var simulation = new Simulation(SmallScenario.Read("time.burn_in=0 d").Plan, 0);
        using var other = new Simulation(SmallScenario.Read("time.burn_in=0 d", "seed=8").Plan, 0);
        using BranchPoint branch = BranchPoint.Of(simulation, _ => Path.Combine(folder.Path, "branch"));
        Assert.Contains("seed differs", Assert.Throws<RunFolderException>(() => branch.Restore(other)).Message, StringComparison.Ordinal);
    }

    private static RunRequest Request(string directory, long? memory) => new()
    {
        Scenario = SmallScenario.Read("time.burn_in=1 d", "time.duration=1 d"),
        OutDirectory = directory,
        Jobs = 1,
        Threads = 1,
        MemoryBytes = memory,
        Figures = false,
    };
}
