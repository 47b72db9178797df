using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TmeSim.Reports.Html;

namespace TmeSim.Reports.Tests.Html;

/// <summary>Pictures of an observed interval against a claimed range.</summary>
public sealed partial class HtmlIntervalTests
{
    private static readonly XNamespace None = "";

    [Fact]
    public void Point_LiesWhereItsValueLies()
    {
        XElement svg = Draw(new IntervalPicture(0.5, 0.4, 0.6, 0.2, 0.8, PointMeaning.Agrees));
        double low = Number(svg.Elements(None + "rect").Single(e => Class(e) == "band"), "x"),
            width = Number(svg.Elements(None + "rect").Single(e => Class(e) == "band"), "width");
        Assert.Equal(low + (width / 2), Number(svg.Elements(None + "circle").Single(), "cx"), 0.2);
    }

    /// <summary>A half and a double stand as far from one, whether ratios or their logarithms are given.</summary>
    [Theory]
    [InlineData(PictureScale.Ratio)]
    [InlineData(PictureScale.LogRatio)]
    public void Ratios_StandOnALogarithmicAxis(PictureScale scale)
    {
        double In(double ratio) => scale == PictureScale.Ratio ? ratio : Math.Log(ratio);
        XElement svg = Draw(new IntervalPicture(In(1), In(0.5), In(2), In(0.25), In(4), PointMeaning.Open) { Scale = scale,
            Unit = "ratio" });
        Dictionary<string, double> ticks = svg.Elements(None + "text").Where(e => Class(e) == "").ToDictionary(e => e.Value, e =>
            Number(e, "x"));
        Assert.Equal(ticks["1"] - ticks["0.5"], ticks["2"] - ticks["1"], 0.3);
        Assert.Equal(["ratio"], svg.Elements(None + "text").Where(e => Class(e) == "unit").Select(e => e.Value));
    }

    [Fact]
    public void Direction_IsOpenToOneSide()
    {
        XElement svg = Draw(new IntervalPicture(-1, -2, -0.5, double.NegativeInfinity, 0, PointMeaning.Disagrees) { Limits = [-0.1] });
        Assert.Single(svg.Elements(None + "path"), e => Class(e) == "end");
        Assert.Single(svg.Elements(None + "path"), e => Class(e) == "limit");
        Assert.Equal(10, Number(svg.Elements(None + "rect").Single(), "x"), 0.1);
    }

    /// <summary>Verdicts differ in shape, not in colour alone.</summary>
    [Fact]
    public void Meanings_DifferInShape()
    {
        string Shape(PointMeaning meaning) => Draw(new IntervalPicture(1, 0.5, 1.5, 0, 2, meaning)).Elements().Single(e =>
            Class(e).StartsWith("mark", StringComparison.Ordinal)).Name.LocalName;
        Assert.Equal(3, Enum.GetValues<PointMeaning>().Select(Shape).Distinct().Count());
    }

    [Theory]
    [InlineData(0.0001, 0.00005, 0.0002, 0, 0.001)]
    [InlineData(153.7, 108, 199, 93, double.PositiveInfinity)]
    [InlineData(-3000000, -4e6, -2e6, double.NegativeInfinity, 0)]
    [InlineData(0, 0, 0, double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN, double.NaN, 0.5, double.PositiveInfinity)]
    public void Everything_StaysInThePictureAndApart(double value, double low, double high, double from, double to)
    {
        XElement svg = Draw(new IntervalPicture(value, low, high, from, to, PointMeaning.Agrees));
        double width = Number(svg, "width"), end = double.NegativeInfinity;
        foreach (XElement text in svg.Elements(None + "text"))
        {
            double at = Number(text, "x"), half = 3 * text.Value.Length;
            Assert.True(at - half > end && at + half <= width && at - half >= -1, $"'{text.Value}' at {at}");
            end = at + half;
        }

        Assert.All(Coordinates().Matches(svg.ToString()), m => Assert.InRange(double.Parse(m.Groups[1].Value,
            CultureInfo.InvariantCulture), 0, width));
    }

    [Fact]
    public void Table_SaysThePictureInWords()
    {
        var table = new ReportTable("Claims", ["Id", "Picture"],
            [["S0-01", new ReportCell("claimed above 0, observed 1") { Picture = new IntervalPicture(1, 0.5, 1.5, 0,
            double.PositiveInfinity, PointMeaning.Agrees) }]]);
        string page = HtmlReport.Write(new ReportContent { Title = "T", Run = new RunFacts("s", 0, 1, "0", "0", "", ""),
            LeadTables = [table] });
        Assert.Contains("data-text=\"claimed above 0, observed 1\"><svg class=\"claim\" role=\"img\" aria-label=\"claimed above 0, observed 1\"", page, StringComparison.Ordinal);
    }

    private static XElement Draw(IntervalPicture picture) => XElement.Parse(HtmlInterval.Svg(picture, "a picture"));

    private static string Class(XElement element) => (string?)element.Attribute("class") ?? "";

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value,
        CultureInfo.InvariantCulture);

    [GeneratedRegex("(?: x=\"| cx=\"|d=\"M|H)(-?[0-9.]+)")]
    private static partial Regex Coordinates();
}
