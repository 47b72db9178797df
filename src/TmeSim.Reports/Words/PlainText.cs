using System.Globalization;
using System.Text;

namespace TmeSim.Reports.Words;

/// <summary>Makes user text fit to be drawn on one line and legal in XML.</summary>
internal static class PlainText
{
    /// <summary>
    /// White space becomes one blank; control characters and lone surrogates become U+FFFD; invisible direction and format
    /// marks, which could reorder the text around them, are left out. An empty text becomes a dash.
    /// </summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) && rune.Value != 0xA0)
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                clean.Append('\uFFFD');
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                clean.Append(rune.ToString());
            }
        }

        string result = clean.ToString().TrimEnd();
        return result.Length == 0 ? "–" : result;
    }
}
