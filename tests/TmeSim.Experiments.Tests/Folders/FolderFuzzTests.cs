using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Folders;

/// <summary>Damaged manifests and journals end with a message or are read; nothing crashes, hangs or takes memory without bound.</summary>
public sealed class FolderFuzzTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private const long MostBytes = 1L << 30;

    [Fact]
    public void SomeManifests_AreAnsweredWithAMessage() => Manifests(300);

    [Fact]
    public void SomeJournals_LoseTheirDamagedLinesAlone() => Journals(300);

    [Fact]
    [Trait("Category", "FullSize")]
    public void TenThousandManifests_AreAnsweredWithAMessage() => Manifests(10_000);

    [Fact]
    [Trait("Category", "FullSize")]
    public void TenThousandJournals_LoseTheirDamagedLinesAlone() => Journals(10_000);

    private void Manifests(int times)
    {
        using var folder = new TemporaryFolder();
        string copy = tiny.CopyTo(folder, out _), path = Path.Combine(copy, "manifest.json");
        byte[] whole = File.ReadAllBytes(path);
        int read = 0, refused = 0;
        Mutator.Each(whole, times, MostBytes, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                var run = FinishedRun.Open(copy);
                _ = run.TimeSeries();
                read++;
            }
            catch (Exception e) when (e is RunFolderException or ScenarioRefusedException)
            {
                Assert.NotEmpty(e.Message);
                refused++;
            }

            Assert.NotEmpty(Verification.Of(copy, TestContext.Current.CancellationToken));
        });

        // A manifest has its own sum, so what is not as it was written is not used.
        Assert.Equal(times, refused);
        Assert.Equal(0, read);
    }

    private void Journals(int times)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "local.log");
        byte[] whole = Journal(folder);
        File.WriteAllBytes(path, whole);
        int rows = JournalReader.Read(path).Rows.Count, kept = 0;
        Assert.True(rows > 2);
        Mutator.Each(whole, times, MostBytes, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            JournalContent content = JournalReader.Read(path);
            Assert.InRange(content.GoodBytes, 0, bytes.Length);
            kept += content.Rows.Count;
        });
        Assert.InRange(kept, 1, times * rows);
    }

    // A sweep of a few points.
    private static byte[] Journal(TemporaryFolder folder)
    {
        Scenarios.ScenarioDefinition scenario = Scenarios.ScenarioReader.ReadText(SmallScenario.Text + "\nsweep: {vary: {patient.nlr: [1, 2, 3, 4]}, outputs: [tumor_cells@end]}\n",
            overrides: new Scenarios.ScenarioOverrides
            {
                Sets = ["time.burn_in=0 d", "time.duration=1 d", "tissue.size=[0.5 mm, 0.5 mm]", "lesions[primary].tumor.radius=0.1 mm", "replicates=1"],
            }).Definition!;
        SweepOutcome outcome = SweepSession.Execute(new SweepRequest { Scenario = scenario, OutDirectory = folder.Path, Figures = false }, new RunProgress());
        return File.ReadAllBytes(Path.Combine(outcome.Folder, "journals", "local.log"));
    }
}
