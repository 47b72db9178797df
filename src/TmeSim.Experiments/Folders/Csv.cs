using System.Globalization;
using System.Text;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>One line of CSV (RFC 4180, comma, no line breaks inside fields).</summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>The shortest text that reads back as the same number; empty for a value that is not defined.</summary>
    public static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    /// <summary>A measured value with six significant digits, about what float32 holds; empty for one that is not defined.</summary>
    public static string Measured(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : "";

    /// <summary>A text, quoted where it must be; line breaks become blanks.</summary>
    public static string Text(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{line.Replace("\"", "\"\"")}\"" : line;
    }

    /// <summary>All lines of a table, header first.</summary>
    /// <exception cref="RunFolderException">The file cannot be read.</exception>
    public static string[] Lines(string path)
    {
        try
        {
            return [.. RegularFile.ReadLines(path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Splits a line into fields.</summary>
    /// <param name="line">Line without its end.</param>
    public static string[] Split(string line) => Leading(line, int.MaxValue);

    /// <summary>The first fields of a line.</summary>
    /// <param name="line">Line without its end.</param>
    /// <param name="first">How many at most.</param>
    public static string[] Leading(string line, int first)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[++i]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
                if (fields.Count == first)
                {
                    return [.. fields];
                }
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
