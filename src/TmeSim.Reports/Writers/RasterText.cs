using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Writers;

/// <summary>Text on a raster: measured, shortened and drawn in whole pixels.</summary>
internal static class RasterText
{
    /// <summary>Width of a text of one line [px], rounded up.</summary>
    public static int Width(RasterFont font, string text) => (text.EnumerateRunes().Sum(rune => font.Find(rune.Value).Advance) + 63) / 64;

    /// <summary>The text made fit for one line, or as much of it as fits before an ellipsis; empty where not even that fits.</summary>
    public static string Ellipsis(RasterFont font, string text, int width)
    {
        string clean = PlainText.Clean(text);
        if (Width(font, clean) <= width)
        {
            return clean;
        }

        Rune[] runes = [.. clean.EnumerateRunes()];
        for (int count = runes.Length - 1; count > 0; count--)
        {
            string start = string.Concat(runes.Take(count)).TrimEnd() + "…";
            if (Width(font, start) <= width)
            {
                return start;
            }
        }

        return "";
    }

    /// <summary>Draws a text; what lies outside the canvas is cut off.</summary>
    /// <param name="canvas">Canvas whose palette holds <see cref="Shades"/> of these colours.</param>
    /// <param name="font">Letters.</param>
    /// <param name="text">Text of one line.</param>
    /// <param name="x">Start of the text [px].</param>
    /// <param name="baseline">Row below the letters that stand on the line [px].</param>
    /// <param name="ink">Colour of the letters.</param>
    /// <param name="paper">Colour they are drawn on.</param>
    public static void Draw(IndexedCanvas canvas, RasterFont font, string text, int x, int baseline, Rgb ink, Rgb paper)
    {
        byte[] shades = [.. Shades(ink, paper).Select(canvas.Index)];
        int pen = x * 64;
        foreach (Rune rune in text.EnumerateRunes())
        {
            Glyph glyph = font.Find(rune.Value);
            int left = ((pen + 32) >> 6) + glyph.Left, top = baseline + glyph.Top;
            for (int i = 0; i < glyph.Coverage.Length; i++)
            {
                if (glyph.Coverage[i] > 0)
                {
                    canvas.Set(left + (i % glyph.Width), top + (i / glyph.Width), shades[glyph.Coverage[i]]);
                }
            }

            pen += glyph.Advance;
        }
    }

    /// <summary>Colours that text takes, from paper to ink.</summary>
    public static IEnumerable<Rgb> Shades(Rgb ink, Rgb paper) => Enumerable.Range(0, RasterFont.Full + 1).Select(i => Rgb.Mix(paper, ink, i / (double)RasterFont.Full));
}
