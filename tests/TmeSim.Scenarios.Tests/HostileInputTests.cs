using System.Text;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

/// <summary>Keeps tests that count the processor time of the process apart from the others.</summary>
[CollectionDefinition("Timed", DisableParallelization = true)]
public sealed class TimedTests;

[Collection("Timed")]
public sealed class HostileInputTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    private static Diagnostic Single(string text, int megabytes = 200)
    {
        ScenarioReader.ReadText(Examples.Minimal); // libraries are loaded once; not part of the time
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan began = Environment.CpuUsage.TotalTime;
        ScenarioResult result = ScenarioReader.ReadText(text);
        TimeSpan spent = Environment.CpuUsage.TotalTime - began;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, megabytes * 1024L * 1024);
        for (int again = 0; spent > Limit && again < 4; again++)
        {
            // Code that is compiled or memory that is collected meanwhile is no fault of the reader: the best of five counts.
            began = Environment.CpuUsage.TotalTime;
            ScenarioReader.ReadText(text);
            spent = Environment.CpuUsage.TotalTime - began;
        }

        Assert.True(spent < Limit, $"{spent}");
        Assert.Null(result.Definition);
        return Assert.Single(result.Diagnostics);
    }

    private Diagnostic SingleFile(byte[] bytes)
    {
        string path = Path.Combine(_folder, "hostile.yaml");
        File.WriteAllBytes(path, bytes);
        ScenarioResult result = ScenarioReader.ReadFile(path);
        Assert.Null(result.Definition);
        return Assert.Single(result.Diagnostics);
    }

    [Theory]
    [InlineData("schema: tmesim/1\ntime:\n\tstep: 1 h\n", 3, 1)]
    [InlineData("schema: tmesim/1\ntime:\n  burn_in: 3 d\n  \tstep: 1 h\n", 4, 3)]
    public void Tab_InTheIndentation_IsReportedWhereItStands(string text, int line, int column)
    {
        Diagnostic d = Single(text);

        Assert.Contains("tab", d.Message);
        Assert.Equal((line, column), (d.Line, d.Column));
    }

    [Theory]
    [InlineData("name: [a, b\nseed: 1\n", 1)]
    [InlineData("name: \"open\nseed: 1\n", 1)]
    [InlineData("name: a\n seed: 1\n", 2)]
    [InlineData("name: a\nseed\nreplicates: 2\n", 2)]
    [InlineData("name: a: b\n", 1)]
    [InlineData("name: }\n", 1)]
    [InlineData("name: a\n- b\n", 2)]
    [InlineData("name: @x\n", 1)]
    public void SyntaxError_Read_IsReportedAloneNearItsPlace(string text, int line)
    {
        Diagnostic d = Single(text);

        Assert.Contains("YAML syntax error", d.Message);
        Assert.Equal(line, d.Line);
    }

    [Fact]
    public void SyntaxErrorAfterADuplicate_Read_IsReportedAlone() => Assert.Contains("syntax", Single("a: 1\na: 2\nb: @\n").Message);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# only a comment\n")]
    public void EmptyFile_Read_SaysSo(string text) => Assert.Contains("empty", Single(text).Message);

    [Theory]
    [InlineData("just text", "a scenario is a block of keys")]
    [InlineData("- a\n- b\n", "a scenario is a block of keys")]
    [InlineData("a: 1\n---\nb: 2\n", "a second YAML document begins here")]
    [InlineData("a: &x 1\n<<: *x\n", "merge keys (<<) are not supported")]
    [InlineData("a: *missing\n", "alias '*missing' has no anchor")]
    [InlineData("a: &x [*x]\n", "stands inside its own anchor")]
    [InlineData("a: !!python/object:os.system x\n", "YAML tags are not used")]
    [InlineData("? [a, b]\n: c\n", "a key must be plain text")]
    [InlineData("a: \0b\n", "U+0000 does not belong")]
    public void OddDocument_Read_SaysWhatIsWrong(string text, string message) => Assert.Contains(message, Single(text).Message);

    [Fact]
    public void LoneSurrogate_Read_IsRefused() => Assert.Contains("U+D800 does not belong", Single("a: " + (char)0xD800 + "b\n").Message);

    [Fact]
    public void UnclosedBracket_Read_IsReportedWhereItOpens()
    {
        Diagnostic d = Single(Examples.Minimal + "tissue: {size: [4 mm, 4 mm, spacing: 20 um}\nseed: 3\n");

        Assert.Equal((5, 43), (d.Line, d.Column));
        d = Single(Examples.Minimal + "tissue: {size: [4 mm, 4 mm], spacing: 20 um\nseed: 3\n");
        Assert.Contains("the '{' opened here is not closed", d.Message);
        Assert.Equal((5, 9), (d.Line, d.Column));
    }

    [Fact]
    public void BinaryGarbage_Read_IsRefusedAtTheFirstBadByte()
    {
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);

        Assert.Contains("binary", SingleFile(bytes).Message);
        Diagnostic d = SingleFile([.. "name: x\nab"u8, 0xC3, 0x28]);
        Assert.Equal((2, 3), (d.Line, d.Column));
    }

    [Fact]
    public void Utf16_Read_AsksForUtf8() => Assert.Contains("UTF-16", SingleFile([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("name: x")]).Message);

    [Fact]
    public void ByteOrderMark_Read_IsSkipped()
    {
        string path = Path.Combine(_folder, "bom.yaml");
        File.WriteAllText(path, Examples.Minimal, new UTF8Encoding(true));

        Assert.True(ScenarioReader.ReadFile(path).IsValid);
    }

    [Fact]
    public void HugeFile_Read_IsRefusedUnread()
    {
        string path = Path.Combine(_folder, "huge.yaml");
        using (FileStream stream = File.Create(path))
        {
            stream.SetLength(100L * 1024 * 1024);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Diagnostic d = Assert.Single(ScenarioReader.ReadFile(path).Diagnostics);

        Assert.Contains("100 MiB; a scenario or data file has at most 4 MiB", d.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void MissingFileAndFolder_Read_AreNamed()
    {
        Assert.Contains("not found", Assert.Single(ScenarioReader.ReadFile(Path.Combine(_folder, "none.yaml")).Diagnostics).Message);
        Assert.Contains("not a file name", Assert.Single(ScenarioReader.ReadFile("a\0b").Diagnostics).Message);
        Assert.Contains("is a folder", Assert.Single(ScenarioReader.ReadFile(_folder).Diagnostics).Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("[\n")]
    [InlineData("[{a: ")]
    public void DeepNesting_Read_StopsAtTheLimit(string bracket) =>
        Assert.Contains("nested deeper than 64 levels", Single(string.Concat(Enumerable.Repeat(bracket, 100_000))).Message);

    [Fact]
    public void AliasBomb_Read_StopsAtTheLimit()
    {
        StringBuilder text = new("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Contains("aliases expand to more than 50000 values", Single(text.ToString()).Message);
    }

    [Fact]
    public void NestedAliases_Read_KeepTheDepthLimit()
    {
        StringBuilder text = new($"a0: &a0 {new string('[', 40)}{new string(']', 40)}\n");
        text.Append($"a1: {new string('[', 40)}*a0{new string(']', 40)}\n");

        Assert.Contains("aliases nest deeper than 64 levels", Single(text.ToString()).Message);
    }

    [Fact]
    public void FourMebibytesOfValues_Read_StopAtTheLimit() =>
        Assert.Contains("more than 50000 values", Single(string.Concat(Enumerable.Repeat("- 1\n", 1_000_000))).Message);

    [Fact]
    public void LongKeys_Read_AreCutInMessages()
    {
        ScenarioResult result = ScenarioReader.ReadText(Examples.Minimal + new string('k', 500) + ": " + new string('v', 1_000_000) + "\n");

        Assert.All(result.Diagnostics, d => Assert.True(d.Format().Length < 1000));
    }
}
