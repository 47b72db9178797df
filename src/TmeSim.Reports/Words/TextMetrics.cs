using System.Text;
using SkiaSharp;

namespace TmeSim.Reports.Words;

/// <summary>Widths of text in the typeface that figures are drawn with.</summary>
internal static class TextMetrics
{
    /// <summary>Distance of base lines in units of the size.</summary>
    public const double LineHeight = 1.25;

    // Room of a letter that the typeface lacks: a viewer takes it from another one.
    private const double Unknown = 1.15;

    /// <summary>Width [px] of a text of one line at a size [px].</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        SKTypeface typeface = PlotFont.Typeface(bold);
        double width = PlotFont.Width(text, size, bold);
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += rune.Value < 0x250 || typeface.ContainsGlyph(rune.Value) ? 0 : Unknown * size;
        }

        return width;
    }
}
