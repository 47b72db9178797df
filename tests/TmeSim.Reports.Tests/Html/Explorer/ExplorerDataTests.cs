using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Explorer;
using TmeSim.Reports.Tests.Browser;

namespace TmeSim.Reports.Tests.Html.Explorer;

public class ExplorerDataTests
{
    [Fact]
    public void Write_HostileNames_AreWellFormedWithTheScriptOfThePageAlone()
    {
        XDocument page = Parse(HtmlReport.Write(ExplorerSamples.Content()));
        Assert.Single(page.Descendants(), element => element.Name.LocalName == "script" && element.Attribute("type") is null);
        JsonElement axis = Index(page).GetProperty("axes")[ExplorerSamples.Pattern];
        Assert.Contains("<script>alert(\"1\")</script>", axis.GetProperty("label").GetString(), StringComparison.Ordinal);
        Assert.Equal("desert 😀", axis.GetProperty("words")[2].GetString());
        Assert.Equal("dose, \"mg\"", Index(page).GetProperty("axes")[ExplorerSamples.Dose].GetProperty("name").GetString());
    }

    [Fact]
    public void Write_SameRuns_GiveTheSameBytes() => Assert.Equal(HtmlReport.Write(ExplorerSamples.Content()), HtmlReport.Write(ExplorerSamples.Content()));

    [Fact]
    public void Write_ArmsOfTheReport_KeepTheirLooksAndNewOnesFollow()
    {
        ReportContent content = ExplorerSamples.Content() with { Arms = ReportArm.FromPalette(["Other", ExplorerSamples.Arms[2]]) };
        string[] colors = [.. Index(Parse(HtmlReport.Write(content))).GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("color").GetString()!)];
        Assert.Equal(Enumerable.Range(0, 4).Select(i => ArmPalette.Color(i).Hex), colors);
        Assert.Equal(4, Parse(HtmlReport.Write(content)).Descendants().Attributes("data-arm-name").Count());
    }

    [Fact]
    public void Write_LogarithmicAxisWithAZero_IsLinear()
    {
        Assert.True(Axis([1, 10]).GetProperty("log").GetBoolean());
        Assert.False(Axis([0, 10]).GetProperty("log").GetBoolean());
        Assert.False(Axis([double.NaN]).GetProperty("log").GetBoolean());
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    [InlineData(-1e308, 1e308)]
    [InlineData(1e-9, 2e-9)]
    public void Write_OddValues_GiveAnAxisWithARangeAndTicksInside(double first, double second)
    {
        JsonElement axis = Axis([first, second]);
        Assert.True(axis.GetProperty("low").GetDouble() < axis.GetProperty("high").GetDouble());
        Assert.NotEmpty(axis.GetProperty("ticks").EnumerateArray());
        Assert.All(axis.GetProperty("ticks").EnumerateArray(), tick => Assert.InRange(tick[0].GetDouble(), 0, 1));
    }

    [Fact]
    public void Write_LogarithmicRangeWithinADecade_HasTicksToRead() =>
        Assert.InRange(Axis([0.31, 0.47]).GetProperty("ticks").GetArrayLength(), 3, 6);

    [Fact]
    public void Write_NoRuns_SaysSo()
    {
        ReportContent content = ExplorerSamples.Content() with { Explorer = ExplorerSamples.Create(0) };
        Assert.Contains("There are no runs to show.", HtmlReport.Write(content), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FiftyThousandRunsOfTwentyAxes_TakeAFewMegabytes()
    {
        var random = new Random(1);
        var explorer = new SweepExplorer
        {
            Title = "Many",
            Axes = [.. Enumerable.Range(0, 20).Select(i => new ExplorerAxis("a" + i, "Axis " + i, "1", IsOutput: i > 8))],
            Rows = [.. Enumerable.Range(0, 50_000).Select(i => new ExplorerRow("Control", "point " + i, [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())]))],
        };
        Assert.InRange(HtmlReport.Write(ExplorerSamples.Content() with { Explorer = explorer }).Length, 1, 6_000_000);
    }

    private static JsonElement Axis(double[] values)
    {
        var explorer = new SweepExplorer { Title = "t", Axes = [new("a", "A", "1", IsLog: true)], Rows = [.. values.Select(value => new ExplorerRow("Control", "p", [value]))] };
        return Index(Parse(HtmlReport.Write(ExplorerSamples.Content() with { Explorer = explorer }))).GetProperty("axes")[0];
    }

    private static JsonElement Index(XDocument page) =>
        JsonDocument.Parse(page.Descendants().Single(element => element.Attribute("id")?.Value == "explorer-index").Value).RootElement;

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
