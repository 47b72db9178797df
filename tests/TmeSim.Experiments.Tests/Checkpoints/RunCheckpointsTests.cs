using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Checkpoints;

/// <summary>A run that is stopped goes on from the states that it kept, and its files are those of a run that was left alone.</summary>
public sealed class RunCheckpointsTests
{
    // Every few steps, however long they take: each look at the clock moves it on.
    private readonly CheckpointPolicy _often = new() { EverySeconds = 0.03, IsStrict = true, Time = new MadeTime { PerLook = 0.001 } };
    private readonly List<string> _notes = [];

    [Fact]
    public void Interrupted_AgainAndAgain_EndsWithTheFilesOfAWholeRun()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole") with { Checkpoints = new() { IsOff = true } }, new RunProgress());
        RunOutcome stopped = null!;
        var random = new Random(3);
        int interruptions = 0;
        do
        {
            stopped = Interrupted(Request(folder, "stopped"), random.Next(1, 200));
        }
        while (stopped.Status == RunStatus.Interrupted && ++interruptions < 100);

        Assert.Equal((RunStatus.Finished, RunStatus.Finished), (whole.Status, stopped.Status));
        Assert.InRange(interruptions, 3, 99);
        Assert.Contains(_notes, n => n.StartsWith("goes on from a", StringComparison.Ordinal));
        AssertSame(whole.Folder, stopped.Folder);
        Assert.False(Directory.Exists(Path.Combine(stopped.Folder, "checkpoints")));
        Assert.Equal(whole.Manifest.StateHashes, stopped.Manifest.StateHashes);
    }

    [Fact]
    public void DamagedState_IsPassedOverForTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole"), new RunProgress());
        string[] states = StatesOfAnArm(folder);
        byte[] bytes = File.ReadAllBytes(states[^1]);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(states[^1], bytes);
        AssertGoesOn(folder, whole, $"{Path.GetFileName(states[^1])} is not used: it is damaged", $"goes on from {Path.GetFileName(states[^2])}");
    }

    [Fact]
    public void NoUsableState_RunsTheArmFromItsStart()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole"), new RunProgress());
        string[] states = StatesOfAnArm(folder);
        File.WriteAllBytes(states[^1], File.ReadAllBytes(states[^1])[..^40]);
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(states[^2]));
        File.WriteAllBytes(states[^2], System.Text.Encoding.Latin1.GetBytes("tmesim-state/0" + text[14..]));
        AssertGoesOn(
            folder, whole, "is not used: it is cut short", "is not used: it has the format tmesim-state/0",
            "Atezo + Bev, replicate 0 is run from its start: none of its 2 states can be used", "goes on from r0.start.state");
    }

    [Fact]
    public void StateOfAnOlderModel_IsRefusedForTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole"), new RunProgress());
        string[] states = StatesOfAnArm(folder);
        Older(states[^1]);
        AssertGoesOn(
            folder, whole, $"{Path.GetFileName(states[^1])} is not used: it is of model version {Simulation.ModelVersion - 1}, and this TmeSim has {Simulation.ModelVersion}",
            $"goes on from {Path.GetFileName(states[^2])}");
    }

    [Fact]
    public void StatesOfAnOlderModelAlone_RunTheArmFromItsStart()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole"), new RunProgress());
        string[] states = StatesOfAnArm(folder);
        Directory.GetFiles(Path.GetDirectoryName(states[0])!, "*.state").ToList().ForEach(Older);
        AssertGoesOn(folder, whole, $"r0.start.state is not used: it is of model version {Simulation.ModelVersion - 1}", "is run from its start: none of its 2 states can be used");
    }

    [Fact]
    public void LostSnapshot_MakesTheStateUnusable()
    {
        using var folder = new TemporaryFolder();
        RunOutcome whole = RunSession.Execute(Request(folder, "whole"), new RunProgress());
        string[] states = StatesOfAnArm(folder);
        File.Delete(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(states[0])!, "..", "snapshots"), "a1-*").Order().First());
        AssertGoesOn(folder, whole, "is not as it was written", "is run from its start");
    }

    [Fact]
    public void StateThatCannotBeWritten_CostsAMessage()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder, "blocked");
        string run = RunFolder.PathFor(request.OutDirectory, request.Scenario);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "checkpoints"), "in the way");
        Assert.Equal(RunStatus.Finished, RunSession.Execute(request, Progress()).Status);
        Assert.Single(_notes, n => n.StartsWith("the run goes on, but its state cannot be kept", StringComparison.Ordinal));
    }

    private RunRequest Request(TemporaryFolder folder, string name) => new()
    {
        Scenario = SmallScenario.Read(),
        OutDirectory = Path.Combine(folder.Path, name),
        Jobs = 2,
        Figures = false,
        Checkpoints = _often,
    };

    private RunProgress Progress(Action<long>? advanced = null) => new()
    {
        Advanced = advanced,
        Notice = note =>
        {
            lock (_notes)
            {
                _notes.Add(note);
            }
        },
    };

    // Some steps after it has begun to step.
    private RunOutcome Interrupted(RunRequest request, long steps)
    {
        using var source = new CancellationTokenSource();
        long done = 0;
        RunProgress progress = Progress(advanced =>
        {
            // Others are those of a state that was read, or of an arm that is over.
            if (advanced == 1 && Interlocked.Increment(ref done) == steps)
            {
                source.Cancel();
            }
        });
        return RunSession.Execute(request, progress, source.Token);
    }

    // The second arm of one replicate is stopped on day 4, with two states kept.
    private string[] StatesOfAnArm(TemporaryFolder folder)
    {
        RunRequest request = Request(folder, "stopped") with { Jobs = 1 };
        RunOutcome outcome = Interrupted(request, (4 + 6 + 4) * 24);
        Assert.Equal(RunStatus.Interrupted, outcome.Status);
        string[] states = [.. Directory.GetFiles(Path.Combine(outcome.Folder, "checkpoints"), "a1-*.state").Order(StringComparer.Ordinal)];
        Assert.Equal(2, states.Length);
        return states;
    }

    // The same state, written whole by a version of the tool whose model was another.
    private static void Older(string path)
    {
        byte[] copy = File.ReadAllBytes(path);
        StateFile.Read<string>(new MemoryStream(copy), _ => null, (head, progress, state) =>
        {
            StateFile.Write(path, head with { ModelVersion = Simulation.ModelVersion - 1, ToolVersion = "0.0.9" }, progress, state.CopyTo);
            return "";
        });
    }

    private void AssertGoesOn(TemporaryFolder folder, RunOutcome whole, params string[] notes)
    {
        RunOutcome outcome = RunSession.Execute(Request(folder, "stopped"), Progress());
        Assert.Equal(RunStatus.Finished, outcome.Status);
        Assert.All(notes, note => Assert.Contains(_notes, n => n.Contains(note, StringComparison.Ordinal)));
        AssertSame(whole.Folder, outcome.Folder);
    }

    private static void AssertSame(string whole, string other)
    {
        foreach (string table in (string[])["timeseries.csv", "events.csv", "responses.csv", "endpoints.csv"])
        {
            Assert.Equal(File.ReadAllText(Path.Combine(whole, table)), File.ReadAllText(Path.Combine(other, table)));
        }

        string[] Snapshots(string run) => [.. Directory.GetFiles(Path.Combine(run, "snapshots")).Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f) + FileSum.Of(f).Sha256)];
        Assert.Equal(Snapshots(whole), Snapshots(other));
    }
}
