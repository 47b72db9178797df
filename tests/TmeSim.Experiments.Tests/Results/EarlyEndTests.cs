using System.Xml.Linq;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Results;

/// <summary>A run whose control comes near the wall before its end, while a tumour that cannot divide goes on: what its tables and figures say.</summary>
public sealed class EarlyEndTests : IClassFixture<EarlyEndTests.Run>
{
    private readonly Run _run;

    public EarlyEndTests(Run run) => _run = run;

    [Fact]
    public void Contrast_NamesTheReplicatesThatWereReadEarly()
    {
        var table = ContrastTable.Of(_run.Results, ["tumor_cells"], ["primary"], ["Still"]);
        Assert.Equal((2, true), (table.Rows[0].ReadEarly, table.Rows[0].Days.Last < 6));
        Assert.StartsWith("2 of 2 replicates are read before day 6: replicate 0 on day ", table.Remark, StringComparison.Ordinal);
        Assert.Contains("(Control ended)", table.Remark, StringComparison.Ordinal);
    }

    /// <summary>On day 6 there is no control: no difference, rather than one against its last row.</summary>
    [Fact]
    public void ContrastAndBurden_AtATimeThatTheControlDidNotReach_HaveNoValue()
    {
        Assert.Empty(ContrastTable.Of(_run.Results, ["tumor_cells"], ["primary"], ["Still"], atDays: 6).Rows);
        DrawnFigure burden = new Comparisons(_run.Results).Draw(new FigureRequest { Kind = FigureKind.Burden, TimesHours = [144], Measures = ["tumor_cells"] }, new Omissions()).Single();
        Assert.Contains("Control (no data)", Names(burden), StringComparison.Ordinal);
        Assert.Contains("Control of replicate 1 on day", burden.Figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_SaysWhichArmEnded_AndOnWhichDayTablesAreRead()
    {
        string page = File.ReadAllText(_run.Outcome.ReportPath!);
        Assert.Contains("Control: 2 of 2 replicates ended before their duration because a tumour came near the wall, on day ", page, StringComparison.Ordinal);
        Assert.Contains("2 of 2 replicates are read before day 6: replicate 0 on day ", page, StringComparison.Ordinal);
        Assert.StartsWith("Control: 2 of 2 replicates ended before their duration", Assert.Single(_run.Outcome.EarlyEnds), StringComparison.Ordinal);
        Assert.Contains("2 of 2 replicates are read before day 6: ", _run.Outcome.Endpoints!.Remark, StringComparison.Ordinal);
        Assert.All(_run.Outcome.Endpoints.Rows, r => Assert.Equal(2, r.ReadEarly));
        Assert.Contains("first_day,last_day,read_early,", ResultCsv.Endpoints(_run.Outcome.Endpoints), StringComparison.Ordinal);
    }

    /// <summary>Shares of an arm that has ended are not drawn on to the end of the others.</summary>
    [Fact]
    public void Clones_EndWithTheirArm()
    {
        string page = File.ReadAllText(_run.Outcome.ReportPath!);
        Assert.Contains("Mean over the replicates that go on and have tumour cells", page, StringComparison.Ordinal);
        Assert.DoesNotContain("keeps its last shares", page, StringComparison.Ordinal);
        XDocument.Parse(page);
    }

    private static string Names(DrawnFigure figure) =>
        string.Join('|', figure.Figure.Figure.Panels.SelectMany(p => p!.X.Categories ?? p.Y.Categories ?? []));

    public sealed class Run : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Run()
        {
            ScenarioResult read = ScenarioReader.ReadText(
                SmallScenario.WithArms("Near the wall", "arms:\n  - name: Control\n  - {name: Still, mechanisms: {growth.division: off}}\nfigures: [{plot: clones}, {plot: contrast}]\n"),
                overrides: new ScenarioOverrides { Sets = ["lesions[primary].tumor.radius=0.27 mm", "lesions[primary].tumor.doubling_time=4 d"] });
            Outcome = RunSession.Execute(new RunRequest { Scenario = read.Definition!, OutDirectory = _folder.Path }, new RunProgress());
            Results = new ResultSet("Near the wall", [new ScenarioRun(FinishedRun.Open(Outcome.Folder), read.Definition!)]);
        }

        internal RunOutcome Outcome { get; }

        internal ResultSet Results { get; }

        public void Dispose() => _folder.Dispose();
    }
}
