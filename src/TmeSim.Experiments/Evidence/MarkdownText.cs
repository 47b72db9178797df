using System.Text;

namespace TmeSim.Experiments.Evidence;

/// <summary>Free text in Markdown.</summary>
internal static class MarkdownText
{
    private const string Signs = "\\`*_[]<>|#";

    /// <summary>The text as it reads, on one line: nothing in it is taken for emphasis, a link, a tag, a heading or the end of a
    /// cell.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(Signs.Contains(c) ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
