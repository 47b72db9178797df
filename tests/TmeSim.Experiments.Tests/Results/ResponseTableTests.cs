using TmeSim.Engine.Patient;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Tests.Results;

/// <summary>responses.csv: what the visits of a run gave.</summary>
[Collection(nameof(ResponseScenario))]
public sealed class ResponseTableTests(ResponseScenario run)
{
    [Theory]
    [InlineData("Grows", "SD", double.NaN, 6)]
    [InlineData("Stays", "SD", double.NaN, double.NaN)]
    [InlineData("Falls", "PR", 6, double.NaN)]
    [InlineData("Cleared", "CR", 3, double.NaN)]
    [InlineData("Not seen", "NE", double.NaN, double.NaN)]
    [InlineData("Seen late", "PD", double.NaN, 6)]
    public void Run_EveryResponse_ComesFromItsVisits(string arm, string best, double response, double progression)
    {
        ResponseRow row = Row(run.Folder, arm);
        Assert.Equal(best, ResponseTable.Code(row.Best));
        Assert.Equal(response, row.TimeToResponseDays);
        Assert.Equal(progression, row.ProgressionDays);
        Assert.False(row.EndedEarly);
        (int visits, double last) = arm switch { "Not seen" => (0, double.NaN), "Seen late" => (2, 12), _ => (4, 12) };
        Assert.Equal((visits, last), (row.Visits, row.LastVisitDays));
    }

    /// <summary>A growing tumour's best change is that of its first visit, not that of its first day; later ones count up to progression.</summary>
    [Theory]
    [InlineData("Grows", 3)]
    [InlineData("Seen late", 6)]
    [InlineData("Falls", 12)]
    [InlineData("Cleared", 12)]
    public void BestChange_IsTheSmallestSumAtAVisit(string arm, double day)
    {
        var table = TimeSeriesTable.Read(Path.Combine(run.Folder, "timeseries.csv"));
        double[] sums = [.. table.Rows.Where(r => r.Arm == arm && r.TimeDays == day).Select(r => r.Values[table.Column("tumor_diameter_mm")])];
        Assert.Equal((sums.Single() / 30) - 1, Row(run.Folder, arm).BestChange, 1e-12);
    }

    /// <summary>On day 3 the tumour has grown by 16 % and 4.8 mm.</summary>
    [Theory]
    [InlineData("Less rise", 6)]
    [InlineData("Fewer mm", 6)]
    [InlineData("Both less", 3)]
    public void Rules_OfTheArm_Decide(string arm, double progression)
    {
        Assert.InRange(Row(run.Folder, arm).BestChange, 0.15, 4.99 / 30);
        Assert.Equal(progression, Row(run.Folder, arm).ProgressionDays);
    }

    [Fact]
    public void ArmAtTheWall_KeepsItsVisits()
    {
        ResponseRow row = Row(run.Folder, "At the wall");
        Assert.True(row.EndedEarly);
        Assert.Equal((1, 3.0, RecistResponse.Stable), (row.Visits, row.LastVisitDays, row.Best));
        Assert.Equal(Row(run.Folder, "Grows").BestChange, row.BestChange);
    }

    /// <summary>Rows that fall on visits, on some of them, on none but the last.</summary>
    [Theory]
    [InlineData("1 d")]
    [InlineData("7 d")]
    [InlineData("5 h")]
    public void RecordEvery_DoesNotChangeResponses(string every)
    {
        using var folder = new TemporaryFolder();
        string other = ResponseScenario.Run(ResponseScenario.Read("time.record_every=" + every), folder.Path, "Grows", "Falls", "At the wall");
        string[] all = File.ReadAllLines(Path.Combine(run.Folder, "responses.csv"));
        Assert.Equal([all[0], .. all.Where(l => l.StartsWith("Grows,", StringComparison.Ordinal) || l.StartsWith("Falls,", StringComparison.Ordinal) || l.StartsWith("At the wall,", StringComparison.Ordinal))],
            File.ReadAllLines(Path.Combine(other, "responses.csv")));
    }

    /// <summary>8 mm that double their volume in two days: 3 mm on day 3, which is progression in mice alone.</summary>
    [Fact]
    public void MurinePreset_ProgressesByOneMillimetre()
    {
        string[] murine = ["preset=murine", "replicates=1", "time.duration=3 d", "lesions[primary].diameter=8 mm", "lesions[primary].tumor.doubling_time=2 d"];
        using var folder = new TemporaryFolder();
        ResponseRow row = Row(ResponseScenario.Run(SmallScenario.Read(murine), folder.Path, "Control"), "Control");
        Assert.Equal((RecistResponse.Progression, 3.0), (row.Best, row.ProgressionDays));
        Assert.InRange(row.BestChange, 0.2, 4.9 / 8);
        ResponseRow clinical = Row(ResponseScenario.Run(SmallScenario.Read([.. murine, "parameters.endpoints.progression_absolute=5 mm"]), folder.Path, "Control"), "Control");
        Assert.Equal((RecistResponse.Stable, row.BestChange), (clinical.Best, clinical.BestChange));
    }

    [Fact]
    public void Resume_KeepsResponses()
    {
        using var folder = new TemporaryFolder();
        string first = ResponseScenario.Run(ResponseScenario.Read(), folder.Path, "Falls"), text = Text(first);
        string both = ResponseScenario.Run(ResponseScenario.Read(), folder.Path, "Grows", "Falls");
        Assert.Equal(first, both);
        string[] all = File.ReadAllLines(Path.Combine(run.Folder, "responses.csv"));
        Assert.Equal(text.Split('\n')[1], File.ReadAllLines(Path.Combine(both, "responses.csv"))[2]);
        Assert.Equal([all[0], all[1], all[3]], File.ReadAllLines(Path.Combine(both, "responses.csv")));
    }

    [Fact]
    public void Manifest_NamesTheColumns_WithUnits()
    {
        IReadOnlyList<ColumnEntry> columns = FinishedRun.Open(run.Folder).Manifest.ResponseColumns!;
        Assert.Equal(string.Join(',', columns.Select(c => c.Name)), File.ReadLines(Path.Combine(run.Folder, "responses.csv")).First());
        Assert.All(columns, c => Assert.NotEmpty(c.Description));
        Assert.Equal("d", columns.Single(c => c.Name == "progression_d").Unit);
    }

    [Fact]
    public void Endpoints_CountBestResponses()
    {
        var results = new ResultSet("t", [run.Opened]);
        var endpoints = EndpointTable.Of(results);
        Assert.Equal(["1 SD", "1 SD", "1 PR", "1 CR", "1 NE", "1 PD"], endpoints.Rows.Take(6).Select(r => r.ResponseText));
        string[] csv = ResultCsv.Endpoints(endpoints).Split('\n');
        Assert.EndsWith("best_cr,best_pr,best_sd,best_pd,best_ne", csv[0], StringComparison.Ordinal);
        Assert.EndsWith(",0,1,0,0,0", csv[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Falls,0,PR", "Falls,0,XX", ":4: no row of a response")]
    [InlineData("Falls,0,", "Falls,zero,", ":4: no row of a response")]
    [InlineData("Falls,0,", "Stays,0,", ":4: a second row of arm 'Stays', replicate 0")]
    [InlineData("Falls,0,", "Grew,0,", "was cut short: it has no row of arm 'Falls', replicate 0")]
    [InlineData("best_change", "change", "no table of responses")]
    public void DamagedTable_IsNamed(string text, string other, string message)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "responses.csv");
        File.WriteAllText(path, Text(run.Folder).Replace(text, other, StringComparison.Ordinal));
        var opened = FinishedRun.Trusted(folder.Path, FinishedRun.Open(run.Folder).Manifest);
        string said = Assert.Throws<RunFolderException>(opened.Responses).Message;
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("cannot read", Assert.Throws<RunFolderException>(opened.Responses).Message, StringComparison.Ordinal);
    }

    private static string Text(string folder) => File.ReadAllText(Path.Combine(folder, "responses.csv"));

    private static ResponseRow Row(string folder, string arm) => ResponseTable.Read(Path.Combine(folder, "responses.csv")).Rows.Single(r => r.Arm == arm);
}
