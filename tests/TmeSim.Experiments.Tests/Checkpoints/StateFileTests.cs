using TmeSim.Engine;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Checkpoints;

/// <summary>A state on disk: what was written comes back, and anything else is refused with a message.</summary>
public sealed class StateFileTests
{
    private static readonly ScenarioDefinition Scenario = SmallScenario.Read("time.burn_in=1 d", "tissue.size=[0.5 mm, 0.5 mm]", "lesions[primary].tumor.radius=0.1 mm");

    [Fact]
    public void WrittenState_ComesBackWithItsRows()
    {
        using var folder = new TemporaryFolder();
        (string path, Simulation simulation, ArmProgress progress) = Written(folder);
        using (simulation)
        {
            (string hash, ArmProgress read) = Read(File.ReadAllBytes(path));
            Assert.Equal(simulation.StateHash(), hash);
            Assert.Equal((progress.Steps, progress.WallSeconds), (read.Steps, read.WallSeconds));
            Assert.Equal(progress.Books, read.Books);
            Assert.Equal(progress.Probes, read.Probes);
            Assert.Equal(progress.Files, read.Files);
            Assert.Equal(progress.Rows.Select(r => (r.TimeDays, r.Lesion)), read.Rows.Select(r => (r.TimeDays, r.Lesion)));
            Assert.Equal(progress.Rows.SelectMany(r => r.Values), read.Rows.SelectMany(r => r.Values));
            Assert.Equal(CheckpointHead.Of(Scenario, 1, "output", simulation), StateFile.ReadHead(path));
            Assert.InRange(new FileInfo(path).Length, 1, StateFile.Bytes(SimulationMemory.Of(Scenario.Plan).CaptureBytes));
        }
    }

    [Theory]
    [InlineData("tmesim-state/2\r\n", "it has the format tmesim-state/2, and this version of TmeSim reads tmesim-state/1")]
    [InlineData("tmesim-state/1\n\n", "does not begin as a tmesim-state/1")]
    [InlineData("", "does not begin as a tmesim-state/1")]
    [InlineData("tmesim-state/1\r\n", "it is cut short")]
    public void OtherFiles_AreRefused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(System.Text.Encoding.ASCII.GetBytes(text))).Message);

    [Fact]
    public void BlocksThatAreLeftOutOrSwapped_AreDamage()
    {
        using var stream = new MemoryStream();
        var blocks = new BlockWriter(stream);
        foreach (byte part in (byte[])[1, 2, 3])
        {
            blocks.Part("part", s => s.WriteByte(part));
        }

        blocks.Finish();
        byte[] bytes = stream.ToArray();
        int first = BlockWriter.Magic.Length, length = BlockWriter.HeadBytes + 1 + 32;
        Assert.Equal([1, 2, 3], new BlockReader(new MemoryStream(bytes)).All("part"));
        byte[] without = [.. bytes[..(first + length)], .. bytes[(first + 2 * length)..]];
        byte[] swapped = [.. bytes[..(first + length)], .. bytes[(first + 2 * length)..(first + 3 * length)], .. bytes[(first + length)..(first + 2 * length)], .. bytes[(first + 3 * length)..]];
        foreach (byte[] damaged in (byte[][])[without, swapped])
        {
            Assert.Contains("SHA-256", Assert.Throws<InvalidDataException>(() => new BlockReader(new MemoryStream(damaged)).All("part")).Message);
        }
    }

    [Fact]
    public void Mutations_AreRefusedWithAMessage() => Mutate(300);

    [Fact]
    [Trait("Category", "FullSize")]
    public void TenThousandMutations_AreRefusedWithAMessage() => Mutate(10_000);

    [Fact]
    public void MutatedRows_BehindARightSum_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        (_, Simulation simulation, ArmProgress progress) = Written(folder);
        simulation.Dispose();
        using var stream = new MemoryStream();
        progress.Write(stream);
        byte[] whole = stream.ToArray();
        Mutator.Each(whole, 2000, (40L * whole.Length) + (1 << 20), mutated =>
        {
            try
            {
                ArmProgress.Read(mutated);
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });
    }

    private static void Mutate(int count)
    {
        using var folder = new TemporaryFolder();
        (string path, Simulation simulation, _) = Written(folder);
        simulation.Dispose();
        byte[] whole = File.ReadAllBytes(path);
        Mutator.Each(whole, count, (8L * whole.Length) + (8 << 20), mutated => Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => StateFile.Read(
            new MemoryStream(mutated), _ => null, (_, _, state) =>
            {
                state.CopyTo(Stream.Null);
                return "";
            })).Message));
    }

    private static (string Path, Simulation Simulation, ArmProgress Progress) Written(TemporaryFolder folder)
    {
        var simulation = new Simulation(Scenario.Plan, 0);
        simulation.RunBurnIn(TestContext.Current.CancellationToken);
        var reader = new MeasureReader(new MeasureColumns(Scenario), simulation);
        StateProbe probe = StateProbe.Of(simulation);
        simulation.BeginArm(Scenario.Arms[1]);
        simulation.Step();
        var progress = new ArmProgress(
            1, 0.25, reader.BooksAtStart, [probe], [new MeasureRow(0, 0, reader.Read(simulation, 0, Scenario.Plan.Parameters))],
            [new FileEntry("snapshots/a.bin.gz", 7, "00", "Atezo + Bev", 0, null)]);
        string path = Path.Combine(folder.Path, "one.state");
        StateFile.Write(path, CheckpointHead.Of(Scenario, 1, "output", simulation), progress, simulation.WriteProgress);
        return (path, simulation, progress);
    }

    private static (string Hash, ArmProgress Progress) Read(byte[] bytes) => StateFile.Read(new MemoryStream(bytes), _ => null, (_, progress, state) =>
    {
        using var simulation = new Simulation(Scenario.Plan, 0);
        simulation.ContinueArm(Scenario.Arms[1], state);
        return (simulation.StateHash(), progress!);
    });
}
