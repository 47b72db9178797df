using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Plots;

public partial class SvgFileTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Write_HostileNames_IsValidXmlThatShowsThemAsText()
    {
        foreach ((string name, Figure figure) in Samples.Figures())
        {
            var document = XDocument.Parse(SvgFile.Write(figure));
            Assert.Equal("svg", document.Root!.Name.LocalName);
            Assert.DoesNotContain(document.Descendants(), element => element.Name.LocalName is "script" or "foreignObject");
            Assert.True(document.Descendants(Svg + "title").Single().Value.Length > 0, name);
        }
    }

    [Fact]
    public void Write_SameFigureTwice_GivesTheSameBytes()
    {
        string[] first = [.. Samples.Figures().Select(item => SvgFile.Write(item.Figure))];
        string[] second = [.. Samples.Figures().Select(item => SvgFile.Write(item.Figure))];
        Assert.Equal(first, second);
    }

    [Fact]
    public void Write_CultureWithDecimalComma_ChangesNothing()
    {
        Figure figure = Samples.Bars(["a", "b", "c"]);
        string expected = SvgFile.Write(figure);
        CultureInfo before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, SvgFile.Write(figure));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_Prefix_StartsEveryIdAndReference()
    {
        var document = XDocument.Parse(SvgFile.Write(Samples.Bars(["a", "b", "c"]), "7 x\""));
        string[] ids = [.. document.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("f7_x_-", id, StringComparison.Ordinal));
        string[] references = [.. document.Descendants().Attributes("clip-path").Select(clip => clip.Value[5..^1])];
        Assert.NotEmpty(references);
        Assert.All(references, id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Write_EqualClips_AreKeptOnceAndEachIsUsed()
    {
        var document = XDocument.Parse(SvgFile.Write(Samples.Bars(["a", "b", "c"])));
        string[] shapes = [.. document.Descendants(Svg + "clipPath").Select(clip => string.Concat(clip.Nodes()))];
        Assert.Equal(shapes.Length, shapes.Distinct().Count());
        Assert.Equal(
            document.Descendants(Svg + "clipPath").Select(clip => $"url(#{clip.Attribute("id")!.Value})").Order(),
            document.Descendants().Attributes("clip-path").Select(clip => clip.Value).Distinct().Order());
        Assert.DoesNotContain(document.Descendants(Svg + "g").Attributes("clip-path"), clip => (clip.Parent!.PreviousNode as XElement)?.Attribute("clip-path")?.Value == clip.Value);
    }

    [Fact]
    public void Write_Numbers_AreFinite()
    {
        foreach ((string _, Figure figure) in Samples.Figures())
        {
            string svg = Base64().Replace(SvgFile.Write(figure), "");
            Assert.DoesNotMatch("NaN|Infinity|∞|\\b(nan|inf)\\b", TextContent().Replace(svg, ""));
        }
    }

    [Fact]
    public void Write_SmallRaster_StaysPixelated()
    {
        var image = new ImageElement(2, 1, [1, 2, 3, 255, 4, 5, 6, 255], new Extents(0, 2, 0, 1));
        string svg = SvgFile.Write(new Figure { Title = "Image", Panels = [new Panel { Aspect = 0.5, Elements = [image] }] });
        Assert.Contains("image-rendering:pixelated", svg, StringComparison.Ordinal);
        Assert.Contains("href=\"data:image/png;base64,iVBOR", svg, StringComparison.Ordinal);
    }

    [GeneratedRegex("base64,[^\"]*")]
    private static partial Regex Base64();

    [GeneratedRegex(">[^<]+<")]
    private static partial Regex TextContent();
}
