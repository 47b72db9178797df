using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Tests.Plots;

/// <summary>Files say how large they are on paper, and what the typeface lacks does not stop them.</summary>
public sealed class FileSizeTests
{
    private const double ColumnMm = 89, PxPerMm = 96 / 25.4;

    [Fact]
    public void Svg_OfAFile_IsAsWideAsItsColumn_AndOfAPageInPixels()
    {
        Figure figure = Sample("Title", ["Control", "A+B"]);
        var file = XElement.Parse(Encoding.UTF8.GetString(FigureFormat.Svg.Bytes(figure)));

        Assert.Equal("89mm", (string?)file.Attribute("width"));
        string[] box = ((string)file.Attribute("viewBox")!).Split(' ');
        Assert.Equal(double.Parse(box[3], System.Globalization.CultureInfo.InvariantCulture) / PxPerMm,
            double.Parse(((string)file.Attribute("height")!)[..^2], System.Globalization.CultureInfo.InvariantCulture), 0.01);
        Assert.DoesNotContain("mm", (string)XElement.Parse(SvgFile.Write(figure)).Attribute("width")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Png_SaysItsDotsPerInch()
    {
        byte[] png = FigureFormat.Png.Bytes(Sample("Title", ["Control", "A+B"]));

        Assert.Equal("pHYs", Encoding.ASCII.GetString(png, 37, 4));
        Assert.Equal(11811, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(41)));
        Assert.Equal(11811, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(45)));
        Assert.Equal(1, png[49]);
        Assert.Equal(ColumnMm / 25.4 * 300, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), 1.0);
    }

    [Theory]
    [InlineData("漢字")]
    [InlineData("🙂")]
    [InlineData("سرطان")]
    public void LettersThatTheTypefaceLacks_AreBoxes(string name)
    {
        string svg = Encoding.UTF8.GetString(FigureFormat.Svg.Bytes(Sample(name, [name, "Control"])));

        string box = string.Concat(Enumerable.Repeat(PlainText.Box, PlainText.Clean(name).EnumerateRunes().Count()));
        Assert.Contains($">{box}<", svg, StringComparison.Ordinal);
        Assert.All(XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text"), t => Assert.NotEqual("", t.Value));
        Assert.Equal("", PlainText.Lacking(box + " Control µ² α–…"));
        Assert.NotEqual("", PlainText.Lacking(name));
        Assert.NotEmpty(FigureFormat.Png.Bytes(Sample(name, [name])));
        Assert.NotEmpty(FigureFormat.Pdf.Bytes(Sample(name, [name])));
    }

    private static Figure Sample(string title, string[] arms) => TimeCourseFigure.Create(
        [Samples.Measure("x", arms, 1, 10, (_, t) => t)], [], new ArmLooks(arms), new FigureOptions(title, Width: ColumnMm * PxPerMm));
}
