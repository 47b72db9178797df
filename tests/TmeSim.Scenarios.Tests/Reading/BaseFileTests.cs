using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests.Reading;

public sealed class BaseFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-base-").FullName;

    public BaseFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "common"));
        Write("common/base.yaml", Examples.Inflamed + "data: [{file: mouse.csv, time: week, measure: tumor_volume_change, arm: Atezo + Bev}]\n");
        Write("common/mouse.csv", "week,tumor_volume_change\n0,1\n2,1.5\n");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private ScenarioResult Overlay(string text, string name = "over.yaml") => ScenarioReader.ReadFile(Write(name, text));

    [Fact]
    public void Overlay_OfABase_MergesMappingsAndNamedMembersAndReplacesTheRest()
    {
        ScenarioResult result = Overlay("""
            base: common/base.yaml
            name: Overlay
            time: {duration: 27 weeks}
            lesions:
              - {name: primary, immune: {cd8: 8 /mm2}}
              - {name: second, diameter: 20 mm}
            arms:
              - name: Atezo + Bev
                therapy:
                  - {drug: bevacizumab, dose: 7.5 mg/kg}
                  - {drug: emactuzumab, dose: 1000 mg, every: 2 weeks}
              - {name: Extra}
            figures: [{plot: tissue}]

            """);

        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        ScenarioDefinition d = result.Definition!;
        Assert.Equal(("Overlay", 42ul), (d.Name, d.Plan.Seed));
        Assert.Equal(new TimePlan(1, 1680, 4536), d.Plan.Time);
        Assert.Equal(["primary", "second"], d.Plan.Lesions.Select(l => l.Name));
        Assert.Equal((8.0, 200.0), (d.Plan.Lesions[0].Cd8PerMm2, d.Plan.Lesions[0].MacrophagesPerMm2));
        Assert.Equal(4, d.Arms.Count);
        Assert.Equal([1200.0, 525.0, 1000.0], d.Arms[1].Therapy.Select(t => t.DoseMg));
        Assert.Equal(8, d.Arms[1].Therapy[1].Cycles);
        Assert.Single(d.Figures);
    }

    [Fact]
    public void DataOfABase_Overlaid_IsFoundBesideTheBaseAndNamedFromTheScenario()
    {
        ScenarioDefinition d = Overlay("base: common/base.yaml\nname: Overlay\n").Definition!;

        ObservedSeries series = Assert.Single(d.Data);
        Assert.Equal("common/mouse.csv", series.File);
        Assert.Equal([0.0, 14.0], series.TimesDays);
        Assert.Equal([1.0, 1.5], series.Values);
        Assert.Equal(3, d.Inputs.Count);

        // A run folder keeps the file under this name.
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        Write(series.KeptAs, series.Text);
        ScenarioDefinition again = Examples.Valid(d.ResolvedYaml, directory: _folder);
        Assert.Equal(d.ResolvedYaml, again.ResolvedYaml);
        Assert.Equal(d.IdentityHash, again.IdentityHash);
        Assert.DoesNotContain("\nbase:", d.ResolvedYaml);
    }

    [Fact]
    public void MistakeInABase_Read_PointsIntoTheBase()
    {
        Write("common/base.yaml", Examples.Minimal + "patient: {nlr: -1}\n");

        Diagnostic d = Assert.Single(Overlay("base: common/base.yaml\n").Diagnostics);

        Assert.Equal(("common/base.yaml", 5, 16, "patient.nlr"), (d.File, d.Line, d.Column, d.Path));
    }

    [Fact]
    public void BaseCycle_Read_IsAnError()
    {
        Write("a.yaml", "base: b.yaml\n");
        string b = Write("b.yaml", "base: a.yaml\n");

        Diagnostic d = Assert.Single(ScenarioReader.ReadFile(b).Diagnostics);

        Assert.Contains("leads back to a file that is being read: b.yaml → a.yaml → b.yaml", d.Message);
        Assert.Equal(("a.yaml", 1, 7), (d.File, d.Line, d.Column));
    }

    [Fact]
    public void LongChain_Read_IsAnError()
    {
        for (int i = 0; i < 20; i++)
        {
            Write($"c{i}.yaml", $"base: c{i + 1}.yaml\n");
        }

        Assert.Contains("more than 16 files", Assert.Single(ScenarioReader.ReadFile(Path.Combine(_folder, "c0.yaml")).Diagnostics).Message);
    }

    [Fact]
    public void MissingBase_Read_IsReportedWhereItIsNamed()
    {
        Diagnostic d = Assert.Single(Overlay("name: x\nbase: none.yaml\n").Diagnostics);

        Assert.Contains("not found", d.Message);
        Assert.Equal((2, 7), (d.Line, d.Column));
    }

    [Theory]
    [InlineData("time,value\n0,1\nx,2\n", "data.csv", 3, 1, "'x' in column 'time' is not a finite number")]
    [InlineData("time,value\n0,1\n1, inf\n", "data.csv", 3, 3, "'inf' in column 'value' is not a finite number")]
    [InlineData("time,value\n0,1,2\n", "data.csv", 2, 1, "3 cells under a header of 2")]
    [InlineData("time,value\n0,1\n1, \"2\n", "data.csv", 3, 4, "the quote \" opened here is not closed on its line")]
    [InlineData("", "data.csv", 1, 1, "the table is empty")]
    [InlineData("day,value\n0,1\n", "over.yaml", 5, 8, "'data.csv' has no column 'time'; columns: day, value")]
    [InlineData("time,volume\n0,1\n", "over.yaml", 5, 15, "'data.csv' has no column 'nlr' or 'value'; columns: time, volume")]
    public void WrongData_Read_IsLocated(string csv, string file, int line, int column, string message)
    {
        Write("data.csv", csv);

        Diagnostic d = Assert.Single(Overlay(Examples.Minimal + "data: [{file: data.csv, measure: nlr}]\n").Diagnostics);

        Assert.Contains(message, d.Message);
        Assert.Equal((file, line, column), (Path.GetFileName(d.File), d.Line, d.Column));
    }

    [Fact]
    public void MissingDataFile_Read_IsReportedWhereItIsNamed()
    {
        Diagnostic d = Assert.Single(Overlay(Examples.Minimal + "data: [{file: none.csv, measure: nlr}]\n").Diagnostics);

        Assert.Contains("none.csv' not found", d.Message);
        Assert.Equal((5, 15), (d.Line, d.Column));
    }

    [Theory]
    [InlineData("time: day", "day", 3.0)]
    [InlineData("time: week", "week", 21.0)]
    [InlineData("time: time_h", "time_h", 0.125)]
    [InlineData("time: t, time_unit: month", "t", 91.3125)]
    [InlineData("time: t", "t", 3.0)]
    public void TimeColumn_OfEachUnit_IsInDays(string keys, string column, double days)
    {
        Write("data.csv", $"{column},nlr\n3,\"2.5\"\n");

        ScenarioResult result = Overlay(Examples.Minimal + $"data: [{{file: data.csv, measure: nlr, {keys}}}]\n");

        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        Assert.Equal([days], result.Definition!.Data[0].TimesDays);
        Assert.Equal([2.5], result.Definition!.Data[0].Values);
    }
}
