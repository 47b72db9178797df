using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;

namespace TmeSim.Reports.Tests.Html;

public partial class HtmlReportTests
{
    [Fact]
    public void Write_HostileContent_IsWellFormedWithItsOwnScriptAlone()
    {
        XDocument page = Parse(HtmlReport.Write(Content()));
        XElement script = Assert.Single(page.Descendants(), element => element.Name.LocalName == "script" && element.Attribute("type") is null);
        Assert.Equal(PageResource.Script.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal), script.Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "link" or "iframe" or "object" or "embed" or "base");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Write_SeveralFigures_HaveUniqueIds()
    {
        XDocument page = Parse(HtmlReport.Write(Content()));
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.Descendants().Attributes("aria-labelledby"), names => Assert.All(names.Value.Split(' '), name => Assert.Contains(name, ids)));
        Assert.All(page.Descendants().Where(element => element.Name.LocalName == "svg"), svg => Assert.Equal("img", svg.Attribute("role")?.Value));
    }

    [Fact]
    public void Write_Page_NeedsNoNetwork()
    {
        XDocument page = Parse(HtmlReport.Write(Content()));
        IEnumerable<string> links = page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src").Select(a => a.Value);
        Assert.All(links, link => Assert.True(link.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || link.StartsWith("./", StringComparison.Ordinal) || link.StartsWith('#'), link[..Math.Min(40, link.Length)]));
        Assert.DoesNotMatch("url\\(|@import", page.Descendants().Single(element => element.Name.LocalName == "style").Value);
    }

    [Fact]
    public void Write_Sections_SayWhatWasRunAndThatItIsResearch()
    {
        string text = Parse(HtmlReport.Write(Content())).Root!.Value;
        Assert.All(["research tool", "not for treatment decisions", "tmesim run x.yaml --seed 42", "Asked", "118.3", "Within tolerance"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_SameContentTwice_GivesTheSameBytes() => Assert.Equal(HtmlReport.Write(Content()), HtmlReport.Write(Content()));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Style_TextColours_ReachAaContrastInLightAndDark(int scheme)
    {
        string block = PageResource.Style.Split(":root {")[1 + scheme].Split('}')[0];
        Dictionary<string, double> luminance = Variable().Matches(block).ToDictionary(match => match.Groups[1].Value, match => Rgb.Parse(match.Groups[2].Value).Luminance);
        (string Text, string Ground)[] pairs =
        [
            .. from text in (string[])["ink", "muted", "accent", "bad"] from ground in (string[])["ground", "wash"] select (text, ground),
            ("ink", "pick"), ("warn", "warn-ground"), ("on-accent", "accent"), ("on-accent", "accent-dark"),
        ];
        foreach ((string text, string ground) in pairs)
        {
            double high = Math.Max(luminance[text], luminance[ground]), low = Math.Min(luminance[text], luminance[ground]);
            Assert.True((high + 0.05) / (low + 0.05) >= 4.5, $"{text} on {ground}");
        }
    }

    [Fact]
    public void Script_NamesNothingOnTheNetwork()
    {
        Assert.DoesNotMatch("fetch\\(|XMLHttpRequest|WebSocket|import\\(|eval\\(|innerHTML|https?://(?!www\\.w3\\.org/2000/svg)", PageResource.Script);
        Assert.DoesNotContain("</script", PageResource.Script, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Cell_PlainNumbers_SortByTheirValue()
    {
        Assert.Equal(-3.5, ((ReportCell)"−3.5").Sort);
        Assert.Equal(1e6, ((ReportCell)"1e6").Sort);
        Assert.Null(((ReportCell)"12 %").Sort);
        Assert.Null(((ReportCell)"").Sort);
        Assert.Null(((ReportCell)"NaN").Sort);
    }

    private static ReportContent Content() => new()
    {
        Title = Samples.Hostile,
        Summary = Samples.Hostile,
        Run = new RunFacts(Samples.Hostile, 42, 8, "0.1.0", "1", "abc", "tmesim run x.yaml --seed 42") { More = [(Samples.Hostile, Samples.Hostile)] },
        Figures = [.. Samples.Figures().Select(item => new ReportFigure(item.Name + Samples.Hostile, item.Figure, Samples.Hostile))],
        Tables = [new ReportTable("Endpoints", ["Arm", "PFS [weeks]"], [[Samples.Hostile, "12"], ["short row"]], Samples.Hostile)],
        Baseline = [new BaselineRow("CD8", "/mm²", 120, 118.3, true), new BaselineRow(Samples.Hostile, "1", 0.4, double.NaN, false)],
        Warnings = [Samples.Hostile],
        Files = [new ReportFile("figures/a b\"<.svg", Samples.Hostile), new ReportFile("javascript:alert(1)", "")],
    };

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Variable();
}
