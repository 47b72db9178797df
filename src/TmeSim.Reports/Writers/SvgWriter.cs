using System.Text;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Layout;

namespace TmeSim.Reports.Writers;

/// <summary>
/// Writes a figure as SVG. The same figure gives the same bytes: numbers have at most two decimals and no culture, ids
/// come from the prefix and a counter. The text needs no XML declaration (UTF-8) and can stand inside HTML.
/// </summary>
internal static class SvgWriter
{
    /// <summary>Fonts of all texts; the layout is measured for the first two and their metric twins.</summary>
    public const string FontStack = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    /// <summary>Lays out and writes a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="idPrefix">Start of every id; must differ between figures of one HTML page. Characters other than ASCII letters, digits, - and _ become _.</param>
    public static string Write(Figure figure, string idPrefix = "f")
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Write(FigureLayout.Arrange(figure), SafePrefix(idPrefix));
    }

    private static string Write(Scene scene, string prefix)
    {
        var svg = new SvgText();
        string width = SvgText.Number(scene.Width);
        string height = SvgText.Number(scene.Height);
        bool described = scene.Description.Length > 0;
        svg.Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}-title{(described ? $" {prefix}-desc" : "")}\" font-family=\"{FontStack}\">");
        svg.Line($"<title id=\"{prefix}-title\">{SvgText.Escape(scene.Title)}</title>");
        if (described)
        {
            svg.Line($"<desc id=\"{prefix}-desc\">{SvgText.Escape(scene.Description)}</desc>");
        }

        svg.Line($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        int clips = 0;
        svg.Shapes(scene.Shapes, prefix, ref clips);
        svg.Line("</svg>");
        return svg.ToString();
    }

    private static string SafePrefix(string prefix)
    {
        var safe = new StringBuilder();
        foreach (char c in prefix)
        {
            safe.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_');
        }

        return safe.Length > 0 && char.IsAsciiLetter(safe[0]) ? safe.ToString() : "f" + safe.ToString();
    }
}
