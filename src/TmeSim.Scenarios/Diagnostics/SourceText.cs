using System.Security.Cryptography;
using System.Text;

namespace TmeSim.Scenarios.Diagnostics;

/// <summary>A text with its name, for excerpts in diagnostics.</summary>
/// <param name="name">Name shown in diagnostics.</param>
/// <param name="text">The whole text.</param>
/// <param name="firstLine">Number of its first line: 1, or the ordinal of a <c>--set</c> option.</param>
internal sealed class SourceText(string name, string text, int firstLine = 1)
{
    private const int ExcerptWidth = 120;

    private int[]? _lineStarts;

    public string Name { get; } = name;

    public string Text { get; } = text;

    public int FirstLine { get; } = firstLine;

    /// <summary>Folder that relative paths in this text start from; null when it was not read from a file.</summary>
    public string? Directory { get; init; }

    /// <summary>What excerpts show, where that differs from the text parsed.</summary>
    public SourceText? Shown { get; init; }

    /// <summary>SHA-256 (hex) of the text as UTF-8.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public Mark At(int line, int column) => new(this, line, column);

    public Mark Start => At(FirstLine, 1);

    /// <summary>Place of a character offset.</summary>
    public Mark AtOffset(int offset)
    {
        int[] starts = LineStarts();
        int i = Array.BinarySearch(starts, offset);
        i = i < 0 ? ~i - 1 : i;
        return At(i + FirstLine, offset - starts[i] + 1);
    }

    /// <summary>The line without its end, or null when there is no such line.</summary>
    public ReadOnlySpan<char> Line(int line)
    {
        int[] starts = LineStarts();
        int i = line - FirstLine;
        if (i < 0 || i >= starts.Length)
        {
            return default;
        }

        int end = i + 1 < starts.Length ? starts[i + 1] : Text.Length;
        return Text.AsSpan(starts[i], end - starts[i]).TrimEnd("\r\n");
    }

    public int LineCount => LineStarts().Length;

    /// <summary>The source line and a caret under the column; long lines are cut around it.</summary>
    public string? Excerpt(int line, int column)
    {
        ReadOnlySpan<char> source = (Shown ?? this).Line(line);
        if (source.IsEmpty)
        {
            return null;
        }

        int caret = Math.Clamp(column - 1, 0, source.Length);
        int start = Math.Max(0, Math.Min(caret - (ExcerptWidth / 2), source.Length - ExcerptWidth));
        int length = Math.Min(ExcerptWidth, source.Length - start);
        StringBuilder shown = new();
        foreach (char c in source.Slice(start, length))
        {
            shown.Append(char.IsControl(c) ? ' ' : c);
        }

        string gutter = $"{line,5} | ";
        return $"{gutter}{shown}\n{new string(' ', gutter.Length - 2)}| {new string(' ', caret - start)}^";
    }

    private int[] LineStarts()
    {
        if (_lineStarts is null)
        {
            List<int> starts = [0];
            for (int i = 0; i < Text.Length; i++)
            {
                if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 >= Text.Length || Text[i + 1] != '\n')))
                {
                    starts.Add(i + 1);
                }
            }

            _lineStarts = [.. starts];
        }

        return _lineStarts;
    }
}
