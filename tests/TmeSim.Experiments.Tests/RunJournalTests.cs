using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests;

/// <summary>A run that is killed goes on from its journal: nothing that was finished is simulated again, and the files are those of a run that was left alone.</summary>
public sealed class RunJournalTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Killed_GoesOnWithTheArmsThatWereNotFinished()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request);
        Assert.Single(Manifest.Parse(File.ReadAllText(Path.Combine(killed, "manifest.json")))!.Done);
        Assert.Equal(3, Rows(killed).Count);
        Assert.True(Assert.Single(TmeSim.Experiments.Results.Verification.Of(killed)).IsIntact);
        AssertGoesOn(killed, request, 1);
    }

    [Fact]
    public void Killed_AfterItsLastArm_OnlyWritesTheFiles()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request, arms: 4);
        Assert.Single(Manifest.Parse(File.ReadAllText(Path.Combine(killed, "manifest.json")))!.Done);
        AssertGoesOn(killed, request, 0);
    }

    [Fact]
    public void Killed_WhileALineWasWritten_LosesThatLine()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request), journal = Journal(killed);
        File.WriteAllBytes(journal, File.ReadAllBytes(journal)[..^9]);
        AssertGoesOn(killed, request, 2);
    }

    [Fact]
    public void DamagedLine_CostsItsArmAlone()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request), journal = Journal(killed);
        string[] lines = File.ReadAllLines(journal);
        lines[2] = lines[2].Replace("Control", "Contrul", StringComparison.Ordinal).Replace("Anti-PD-L1", "Anti-PD-L2", StringComparison.Ordinal);
        File.WriteAllText(journal, string.Concat(lines.Select(l => l + "\n")));
        AssertGoesOn(killed, request, 2);
    }

    [Fact]
    public void LostSnapshot_CostsItsArm()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request);
        File.Delete(Path.Combine(killed, Rows(killed)[^1].Arm!.Files[0].Path));
        AssertGoesOn(killed, request, 2);
    }

    [Fact]
    public void JournalOfOtherColumns_CountsForNothing()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request), journal = Journal(killed);
        JournalContent content = JournalReader.Read(journal);
        File.WriteAllBytes(journal, [.. (content.Header! with { Names = "other" }).ToLine(), .. content.Rows.SelectMany(r => r.ToLine())]);
        AssertGoesOn(killed, request, 3);
    }

    [Fact]
    public void DamagedManifest_LosesNothingThatTheJournalHolds()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request), manifest = Path.Combine(killed, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest)[..^40]);
        var notices = new List<string>();
        RunOutcome outcome = RunSession.Execute(request, new RunProgress { Notice = notices.Add }, TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, 3), (outcome.Status, outcome.Reused));
        Assert.Equal("manifest.json", Assert.Single(outcome.Damage).File);
        Assert.Contains(notices, n => n.Contains("3 finished arm x replicate taken over, 0 lines", StringComparison.Ordinal));
        Assert.All(run.Files, f => Assert.Equal(f.Value, TinyRun.Results(killed)[f.Key]));
        Assert.Equal(run.Outcome.Manifest.StateHashes, outcome.Manifest.StateHashes);
    }

    [Theory]
    [InlineData("events.csv", false)]
    [InlineData("responses.csv", true)]
    public void RowWithoutATable_OrWithOtherLines_IsOfNoUse(string table, bool kept)
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request), journal = Journal(killed);
        JournalContent content = JournalReader.Read(journal);
        IEnumerable<JournalRow> rows = content.Rows.Select((row, i) => i < 2 ? row : row with
        {
            Arm = row.Arm! with
            {
                Lines = row.Arm.Lines.Where(t => kept || t.Key != table)
                    .ToDictionary(t => t.Key, t => t.Key == table ? [.. t.Value, "one more"] : t.Value),
            },
        });
        File.WriteAllBytes(journal, [.. content.Header!.ToLine(), .. rows.SelectMany(r => r.ToLine())]);
        AssertGoesOn(killed, request, 2);
    }

    [Fact]
    public void Header_CoversTheColumnsOfEveryTable()
    {
        var tables = new TmeSim.Experiments.Results.ResultTables(run.Scenario());
        string all = string.Join('\n', ResultFiles.Tables.Select(tables.Header));
        Assert.Equal(TextHash.Hex(all, 16), new FinishedArms(run.Scenario()).Header.Names);
    }

    [Fact]
    public void Finished_LeavesNoJournal_AndForceTakesNoneOver()
    {
        using var folder = new TemporaryFolder();
        string killed = Killed(folder, out RunRequest request);
        AssertGoesOn(killed, request with { Force = true }, 4);
        Assert.False(Path.Exists(Path.Combine(killed, "journal")));
    }

    private static string Journal(string folder) => Path.Combine(folder, "journal", "run.log");

    private static IReadOnlyList<JournalRow> Rows(string folder) => JournalReader.Read(Journal(folder)).Rows;

    // The folder as it stood when some of four arms were finished: tables and manifest were written after the first, and not yet again.
    private string Killed(TemporaryFolder folder, out RunRequest request, int arms = 3)
    {
        string copy = run.CopyTo(folder, out request), name = Path.GetFileName(copy), at = Path.Combine(folder.Path, "at-work");
        Directory.Delete(copy, recursive: true);
        int finished = 0;
        var progress = new RunProgress
        {
            ArmFinished = (_, _, _) =>
            {
                if (++finished == arms)
                {
                    Copy(Path.Combine(at, name), copy);
                }
            },
        };
        RunSession.Execute(request with { OutDirectory = at }, progress, TestContext.Current.CancellationToken);
        return copy;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream written = File.Create(target);
            open.CopyTo(written);
        }
    }

    private void AssertGoesOn(string folder, RunRequest request, int again)
    {
        int ran = 0;
        RunOutcome outcome = RunSession.Execute(request, new RunProgress { ArmFinished = (_, _, _) => ran++ }, TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, again, 4 - again, 0), (outcome.Status, ran, outcome.Reused, outcome.Damage.Count));
        Dictionary<string, byte[]> files = TinyRun.Results(folder);
        Assert.Equal(run.Files.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.Files, f => Assert.Equal(f.Value, files[f.Key]));
        Assert.Equal(run.Outcome.Manifest.StateHashes, outcome.Manifest.StateHashes);
        Assert.Equal(RunStatus.NothingToDo, RunSession.Execute(request with { Force = false }, new RunProgress(), TestContext.Current.CancellationToken).Status);
    }
}
