using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Tests.Writers;

public class RasterTextTests
{
    [Fact]
    public void Fonts_HaveTheLettersOfLabels_EachWithInkWhereItShould()
    {
        foreach (RasterFont font in (RasterFont[])[RasterFont.Regular, RasterFont.Bold])
        {
            int[] needed = [.. Enumerable.Range(32, 95), .. "µγαβ×±−–²³°…".Select(c => (int)c)];
            Assert.Empty(needed.Except(font.Codes));
            foreach (int code in font.Codes)
            {
                Glyph glyph = font.Find(code);
                Assert.InRange(glyph.Advance, 64, 64 * font.Size * 2);
                Assert.True(code == ' ' ? glyph.Coverage.Length == 0 : glyph.Coverage.Max() > 6, $"U+{code:X4}");
                Assert.True(glyph.Width == 0 || glyph.Coverage.Length % glyph.Width == 0);
                Assert.InRange(glyph.Top, -font.Ascent - 2, font.Descent);
                Assert.InRange(glyph.Top + (glyph.Width == 0 ? 0 : glyph.Coverage.Length / glyph.Width), -font.Ascent, font.Descent + 2);
                Assert.All(glyph.Coverage, c => Assert.InRange(c, 0, RasterFont.Full));
            }
        }
    }

    [Theory]
    [InlineData("Atezolizumab + bevacizumab", false)]
    [InlineData("day 42 / week 6", false)]
    [InlineData("SBRT 3 x 8 Gy", true)]
    public void Width_IsThatOfTheFontMetrics(string text, bool bold)
    {
        RasterFont font = bold ? RasterFont.Bold : RasterFont.Regular;
        double expected = TextMetrics.Width(text, font.Size, bold);
        Assert.InRange(RasterText.Width(font, text), expected - 0.5, expected + 1.5);
    }

    [Fact]
    public void Ellipsis_NeverExceedsTheWidth_AndKeepsShortTexts()
    {
        string[] texts = ["Control", Samples.LongName(2), Samples.Hostile, "日本語 𝒳", "", " "];
        foreach (string text in texts)
        {
            for (int width = 0; width < 300; width += 7)
            {
                string shown = RasterText.Ellipsis(RasterFont.Regular, text, width);
                Assert.True(shown.Length == 0 || RasterText.Width(RasterFont.Regular, shown) <= width, $"{shown} in {width}");
            }
        }

        Assert.Equal("Control", RasterText.Ellipsis(RasterFont.Bold, "Control", 100));
        Assert.EndsWith("…", RasterText.Ellipsis(RasterFont.Bold, Samples.LongName(1), 100), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_StaysInItsBox_UnknownLettersAreBoxes()
    {
        IndexedCanvas canvas = Canvas(60, 30);
        RasterText.Draw(canvas, RasterFont.Regular, "g日", 10, 20, Rgb.Black, Rgb.White);
        (int left, int top, int right, int bottom) = Ink(canvas);
        int width = RasterText.Width(RasterFont.Regular, "g日");
        Assert.InRange(left, 10, 12);
        Assert.InRange(right, 10 + width - 3, 10 + width);
        Assert.InRange(top, 20 - RasterFont.Regular.Ascent, 15);
        Assert.InRange(bottom, 21, 20 + RasterFont.Regular.Descent);
        Glyph box = RasterFont.Regular.Find('日');
        Assert.Equal(box, RasterFont.Regular.Find(0x1F600));
        Assert.Equal(2 * (box.Width + (box.Coverage.Length / box.Width)) - 4, box.Coverage.Count(c => c == RasterFont.Full));
    }

    [Theory]
    [InlineData(-8, 10)]
    [InlineData(25, 10)]
    [InlineData(3, 2)]
    [InlineData(3, 25)]
    [InlineData(-500, -500)]
    public void Draw_BeyondTheEdge_IsCutOff(int x, int y)
    {
        IndexedCanvas whole = Canvas(130, 120), cut = Canvas(30, 20);
        RasterText.Draw(whole, RasterFont.Bold, "Mg@", x + 50, y + 50, Rgb.Black, Rgb.White);
        RasterText.Draw(cut, RasterFont.Bold, "Mg@", x, y, Rgb.Black, Rgb.White);
        for (int i = 0; i < 30 * 20; i++)
        {
            Assert.Equal(whole.Pixels[((50 + (i / 30)) * 130) + 50 + (i % 30)], cut.Pixels[i]);
        }
    }

    [Fact]
    public void Canvas_ColoursOutsideItsPalette_Throw()
    {
        IndexedCanvas canvas = Canvas(4, 4);
        Assert.Throws<KeyNotFoundException>(() => canvas.Fill(new PixelRect(0, 0, 2, 2), new Rgb(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => new IndexedCanvas(4, 4, Enumerable.Range(0, 257).Select(i => new Rgb((byte)i, (byte)(i >> 8), 0))));
        Assert.Throws<ArgumentException>(() => new IndexedCanvas(4, 4, []));
    }

    private static IndexedCanvas Canvas(int width, int height) => new(width, height, RasterText.Shades(Rgb.Black, Rgb.White));

    private static (int Left, int Top, int Right, int Bottom) Ink(IndexedCanvas canvas)
    {
        byte[] pixels = canvas.Pixels.ToArray();
        (int X, int Y)[] ink = [.. pixels.Index().Where(p => p.Item > 3).Select(p => (p.Index % canvas.Width, p.Index / canvas.Width))];
        return (ink.Min(p => p.X), ink.Min(p => p.Y), ink.Max(p => p.X), ink.Max(p => p.Y));
    }
}
