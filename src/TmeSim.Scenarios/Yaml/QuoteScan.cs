namespace TmeSim.Scenarios.Yaml;

/// <summary>
/// Finds the quote that a syntax error comes from. A parser meets a missing quote at the end of the text, or at the next quote, far from
/// where it should have been closed.
/// </summary>
internal sealed class QuoteScan
{
    private readonly string _text;
    private readonly List<(int Start, int End)> _quotes = [];
    private int _depth;

    private QuoteScan(string text) => _text = text;

    /// <summary>Where the quote opens that is not closed before an error; null when no quote is to blame.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="line">Line of the error, from 0.</param>
    /// <param name="closedAt">Line, from 0, of the quote that closes it, one that was meant to open another text; -1 when none
    /// does.</param>
    /// <returns>Offset of the opening quote.</returns>
    public static int? Blame(string text, int line, out int closedAt)
    {
        QuoteScan scan = new(text);
        scan.Run();
        (int start, int end) = scan._quotes.FirstOrDefault(q => q.End < 0, (Start: -1, End: -1));
        if (start < 0)
        {
            // A text over several lines that the error is about: it ends in the line of the error, or begins there and is not indented.
            (start, end) = scan._quotes.FirstOrDefault(
                q => LineOf(text, q.Start) is var first && LineOf(text, q.End) is var last && first < last
                && (first == line || last == line), (Start: -1, End: -1));
        }

        closedAt = end < 0 ? -1 : LineOf(text, end);
        return start < 0 ? null : start;
    }

    private static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n');

    private void Run()
    {
        int i = 0;
        while (i < _text.Length)
        {
            char c = _text[i];
            bool alone = i + 1 >= _text.Length || char.IsWhiteSpace(_text[i + 1]);
            if (c == '#')
            {
                i = EndOfLine(i);
            }
            else if (c is '"' or '\'')
            {
                int end = Closing(i);
                _quotes.Add((i, end));
                i = end < 0 ? _text.Length : end + 1;
            }
            else if (c is '|' or '>' && _depth == 0)
            {
                i = AfterBlockText(i);
            }
            else if (char.IsWhiteSpace(c) || c is '[' or '{' or ']' or '}' or ',' || (c is '-' or ':' or '?' && alone))
            {
                _depth = Math.Max(0, _depth + (c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0));
                i++;
            }
            else
            {
                i = AfterPlain(i, c is '&' or '!');
            }
        }
    }

    // A plain text: quotes inside it are letters. An anchor or tag ends at the first blank.
    private int AfterPlain(int i, bool word)
    {
        for (; i < _text.Length; i++)
        {
            char c = _text[i];
            char next = i + 1 < _text.Length ? _text[i + 1] : '\n';
            if (c == '\n' || (word && char.IsWhiteSpace(c)) || (c == ':' && char.IsWhiteSpace(next)) || (c == ' ' && next == '#')
                || (_depth > 0 && c is ',' or '[' or ']' or '{' or '}'))
            {
                break;
            }
        }

        return i;
    }

    // Lines of | and > that are indented more than the line that begins them.
    private int AfterBlockText(int i)
    {
        int lineStart = _text.LastIndexOf('\n', i) + 1;
        int indent = Indent(lineStart);
        int at = EndOfLine(i) + 1;
        while (at < _text.Length && (Indent(at) > indent || string.IsNullOrWhiteSpace(_text[at..EndOfLine(at)])))
        {
            at = EndOfLine(at) + 1;
        }

        return Math.Min(at, _text.Length);
    }

    private int Indent(int lineStart)
    {
        int i = lineStart;
        while (i < _text.Length && _text[i] == ' ')
        {
            i++;
        }

        return i - lineStart;
    }

    private int EndOfLine(int i) => _text.IndexOf('\n', i) is >= 0 and int end ? end : _text.Length;

    private int Closing(int start)
    {
        char quote = _text[start];
        for (int i = start + 1; i < _text.Length; i++)
        {
            if (quote == '"' && _text[i] == '\\')
            {
                i++;
            }
            else if (_text[i] == quote)
            {
                if (quote == '\'' && i + 1 < _text.Length && _text[i + 1] == quote)
                {
                    i++;
                    continue;
                }

                return i;
            }
        }

        return -1;
    }
}
