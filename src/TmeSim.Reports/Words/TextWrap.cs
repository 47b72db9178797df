namespace TmeSim.Reports.Words;

/// <summary>Breaks text into lines of a given width.</summary>
internal static class TextWrap
{
    /// <summary>Lines no wider than <paramref name="width"/> px (one character at least); the last one ends in … when lines run out.</summary>
    public static IReadOnlyList<string> Lines(string text, double width, double size, bool bold = false, int maxLines = 4)
    {
        var lines = new List<string>();
        string rest = PlainText.Drawn(text);
        while (rest.Length > 0)
        {
            if (TextMetrics.Width(rest, size, bold) <= width)
            {
                lines.Add(rest);
                break;
            }

            if (lines.Count == maxLines - 1)
            {
                lines.Add(Ellipsis(rest, width, size, bold));
                break;
            }

            int fit = Fit(rest, width, size, bold);
            int cut = BreakBefore(rest, fit);
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        return lines;
    }

    /// <summary>The text, or as much of it as fits before an ellipsis.</summary>
    public static string Ellipsis(string text, double width, double size, bool bold = false)
    {
        text = PlainText.Drawn(text);
        if (TextMetrics.Width(text, size, bold) <= width)
        {
            return text;
        }

        double room = width - TextMetrics.Width("…", size, bold);
        return string.Concat(text.AsSpan(0, Fit(text, room, size, bold)).TrimEnd(), "…");
    }

    // Number of characters that fit; at least one, and never half of a surrogate pair.
    private static int Fit(string text, double width, double size, bool bold)
    {
        int low = char.IsHighSurrogate(text[0]) ? 2 : 1;
        int high = text.Length;
        int first = low;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (TextMetrics.Width(text[..middle], size, bold) <= width)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low > first && char.IsHighSurrogate(text[low - 1]) ? low - 1 : low;
    }

    // The last blank of what fits; else behind a hyphen, slash, comma or underscore within a word; else a blank near the start, which leaves
    // a short line but a whole word; else one that keeps words together; else the hard end.
    private static int BreakBefore(string text, int fit)
    {
        int last = Math.Min(fit, text.Length - 1);
        for (int i = last; i > fit / 3; i--)
        {
            if (text[i] == ' ')
            {
                return i;
            }
        }

        for (int i = last; i > Math.Max(1, fit / 3); i--)
        {
            if (text[i - 1] is '-' or '/' or '_' or ',' or ';' && char.IsLetterOrDigit(text[i - 2]))
            {
                return i;
            }
        }

        return text.IndexOf(' ') is > 0 and int blank && blank <= last ? blank
            : text.LastIndexOf('\u00A0', last) is > 0 and int kept ? kept : fit;
    }
}
