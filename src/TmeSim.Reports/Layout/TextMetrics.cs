using System.Text;

namespace TmeSim.Reports.Layout;

/// <summary>
/// Widths of text in Helvetica, Arial or their metric twins (Liberation Sans, Nimbus Sans), so that a layout needs no font.
/// ASCII is exact; other scripts get a width on the safe side.
/// </summary>
internal static class TextMetrics
{
    /// <summary>Height above the base line in units of the size; accents included.</summary>
    public const double Ascent = 0.8;

    /// <summary>Depth below the base line in units of the size.</summary>
    public const double Descent = 0.22;

    /// <summary>Distance of base lines in units of the size.</summary>
    public const double LineHeight = 1.25;

    // Advance widths of U+0020–U+007E in thousandths of the size.
    private static readonly short[] Regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] Bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
        611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>Width [px] of a text of one line at a size [px].</summary>
    public static double Width(string text, double size, bool bold = false)
    {
        int thousandths = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            thousandths += Advance(rune.Value, bold);
        }

        return thousandths * size / 1000;
    }

    private static int Advance(int code, bool bold) => code switch
    {
        >= 0x20 and <= 0x7E => (bold ? Bold : Regular)[code - 0x20],
        0xA0 or 0xB7 or 0x2009 or 0x202F => 333,
        0x2013 or 0x2018 or 0x2019 => 556,
        0xB0 or 0xB2 or 0xB3 or 0xB9 or (>= 0x2070 and <= 0x209C) => 460,
        0xB1 or 0xB5 or 0xD7 or 0x2212 => 611,
        >= 0x300 and <= 0x36F => 0,
        < 0x250 => Rune.IsUpper(new Rune(code)) ? 800 : 640,
        >= 0x370 and < 0x590 => Rune.IsUpper(new Rune(code)) ? 900 : 720,
        >= 0x1100 => code >= 0x2000 && code < 0x2100 ? 1000 : 1150,
        _ => 850,
    };
}
