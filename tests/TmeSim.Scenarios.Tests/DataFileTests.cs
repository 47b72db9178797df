using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ErrorBars_AreReadAsHalfWidths_OrAsEnds()
    {
        Write("a.csv", "day,tumor_cells,sd\n0,100,10\n7,200,20\n");
        Write("b.csv", "week,value,lo,hi\n1,5,4,7\n");
        ScenarioDefinition scenario = Read(
            """
            data:
              - {file: a.csv, time: day, measure: tumor_cells, error: sd, arm: Control, label: Mice}
              - {file: b.csv, time: week, measure: nlr, low: lo, high: hi}
            """);
        Assert.Equal([90.0, 180], scenario.Data[0].Low!);
        Assert.Equal([110.0, 220], scenario.Data[0].High!);
        Assert.Equal(("Mice", "b"), (scenario.Data[0].Label, scenario.Data[1].Label));
        Assert.Equal([7.0], scenario.Data[1].TimesDays);
        Assert.Equal([4.0], scenario.Data[1].Low!);
        Assert.Equal([7.0], scenario.Data[1].High!);
    }

    [Theory]
    [InlineData("error: s", "'a.csv' has no column 's'; columns: day, nlr, sd")]
    [InlineData("low: sd", "error bars need both 'low' and 'high', or 'error' alone")]
    [InlineData("high: sd", "error bars need both 'low' and 'high', or 'error' alone")]
    [InlineData("error: sd, low: sd, high: sd", "error bars are given twice")]
    public void ErrorColumns_ThatDoNotFit_AreErrors(string keys, string message)
    {
        Write("a.csv", "day,nlr,sd\n0,1,0.1\n");
        Diagnostic error = Assert.Single(Result($"data: [{{file: a.csv, time: day, measure: nlr, {keys}}}]").Diagnostics);
        Assert.Equal((DiagnosticSeverity.Error, true), (error.Severity, error.Message.Contains(message)));
    }

    [Theory]
    [InlineData("error: sd", "0,1,-0.1", 5, "must not be negative")]
    [InlineData("low: sd, high: top", "0,1,3,2", 5, "lies above its upper end")]
    public void ErrorBars_TheWrongWayRound_AreFoundInTheTable(string keys, string row, int column, string message)
    {
        Write("a.csv", $"day,nlr,sd{(row.Split(',').Length > 3 ? ",top" : "")}\n{row}\n");
        Diagnostic error = Assert.Single(Result($"data: [{{file: a.csv, time: day, measure: nlr, {keys}}}]").Diagnostics);
        Assert.Equal((2, column, true), (error.Line, error.Column, error.Message.Contains(message)));
    }

    [Fact]
    public void ErrorCell_ThatIsNoNumber_IsFoundInTheTable()
    {
        Write("a.csv", "day,nlr,sd\n0,1,wide\n");
        Diagnostic error = Assert.Single(Result("data: [{file: a.csv, time: day, measure: nlr, error: sd}]").Diagnostics);
        Assert.Equal((2, 5), (error.Line, error.Column));
    }

    [Fact]
    public void ResolvedText_NamesTheFilesAsARunFolderKeepsThem()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "more"));
        Write("a.csv", "day,nlr\n0,1\n");
        Write("more/a.csv", "day,nlr\n0,2\n");
        ScenarioDefinition scenario = Read("data: [{file: a.csv, time: day, measure: nlr}, {file: more/a.csv, time: day, measure: nlr}, {file: a.csv, time: day, measure: nlr}]");
        Assert.Equal(["data/a.csv", "data/2-a.csv", "data/a.csv"], scenario.Data.Select(d => d.KeptAs));

        // Written beside the resolved scenario, they are found, and nothing changes any more.
        string run = Directory.CreateDirectory(Path.Combine(_folder, "run")).FullName;
        foreach (ObservedSeries data in scenario.Data)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(run, data.KeptAs))!);
            File.WriteAllText(Path.Combine(run, data.KeptAs), data.Text);
        }

        ScenarioResult again = ScenarioReader.ReadText(scenario.ResolvedYaml, "resolved.yaml", run);
        Assert.True(again.IsValid, string.Join('\n', again.Diagnostics));
        Assert.Equal(scenario.ResolvedYaml, again.Definition!.ResolvedYaml);
        Assert.Equal(scenario.Data.Select(d => d.Values[0]), again.Definition.Data.Select(d => d.Values[0]));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private ScenarioResult Result(string block) => ScenarioReader.ReadText(Examples.Minimal + block + "\n", "scenario.yaml", _folder);

    private ScenarioDefinition Read(string block)
    {
        ScenarioResult result = Result(block);
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        return result.Definition!;
    }
}
