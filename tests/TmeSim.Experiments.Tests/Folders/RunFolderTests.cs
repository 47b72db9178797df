using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Tests.Folders;

public sealed class RunFolderTests
{
    [Theory]
    [InlineData("Atezo + Bev, 3 wk", "atezo-bev-3-wk")]
    [InlineData("Tumour: Größe", "tumour-gr-e")]
    [InlineData("../../etc", "etc")]
    [InlineData("肿瘤", "run")]
    public void Slug_AnyName_IsASafeFolderName(string name, string slug) => Assert.Equal(slug, RunFolder.Slug(name));

    [Fact]
    public void PathFor_FiguresReplicatesOrRecording_DoNotMoveTheRun()
    {
        string path = RunFolder.PathFor("out", SmallScenario.Read());
        Assert.Equal(path, RunFolder.PathFor("out", SmallScenario.Read("replicates=5", "time.record_every=2 d")));
        Assert.NotEqual(path, RunFolder.PathFor("out", SmallScenario.Read("seed=8")));
        Assert.NotEqual(path, RunFolder.PathFor("out", SmallScenario.Read("patient.nlr=5")));
    }

    [Fact]
    public void AtomicFile_WriterFails_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a.txt");
        AtomicFile.WriteText(path, "old");
        Assert.Throws<RunFolderException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("no space left on device");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Csv_TextsWithQuotesAndCommas_RoundTrip()
    {
        string[] fields = ["a,b", "say \"hi\"", "", "plain"];
        Assert.Equal(fields, Csv.Split(string.Join(',', fields.Select(Csv.Text))));
    }
}
