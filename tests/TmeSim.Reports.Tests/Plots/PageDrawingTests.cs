using System.Buffers.Binary;
using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Plots;

public class PageDrawingTests
{
    [Theory]
    [InlineData(89)]
    [InlineData(120)]
    [InlineData(183)]
    public void Png_ColumnWidth_HasThePixelsOf300DotsAnInch(double millimetres)
    {
        byte[] png = PageDrawing.Png(Sample(millimetres), 300);
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), (millimetres / 25.4 * 300) - 1, (millimetres / 25.4 * 300) + 1);
    }

    [Fact]
    public void Svg_NarrowestColumn_HasNoTextBelowFivePoints() =>
        Assert.All(SvgTexts.Of(SvgFile.Write(Sample(89))).Texts, text => Assert.True(text.Size * 72 / 96 >= 5, text.ToString()));

    [Fact]
    public void PngAndPdf_SameFigureTwice_GiveTheSameBytes()
    {
        Figure figure = Sample(120);
        Assert.Equal(PageDrawing.Png(figure), PageDrawing.Png(figure));
        byte[] pdf = PageDrawing.Pdf(figure);
        Assert.Equal(pdf, PageDrawing.Pdf(figure));
        string text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF", text, StringComparison.Ordinal);
        Assert.Contains("LiberationSans", text, StringComparison.Ordinal);
        Assert.DoesNotContain("urn:", text, StringComparison.Ordinal);
    }

    private static Figure Sample(double millimetres) => new SampleMatrix(["Control", "A", "B"], Oddity.None, new FigureOptions(Width: millimetres / 25.4 * 96))
        .Figures().First(item => item.Kind == "time-course").Figure;
}
