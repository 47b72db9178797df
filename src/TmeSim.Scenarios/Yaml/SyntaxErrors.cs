using TmeSim.Scenarios.Diagnostics;
using YamlDotNet.Core;
using Mark = TmeSim.Scenarios.Diagnostics.Mark;

namespace TmeSim.Scenarios.Yaml;

/// <summary>Puts a YAML syntax error at its true place and into plain words.</summary>
internal static class SyntaxErrors
{
    public static (Mark Mark, string Message) Explain(SourceText source, YamlException error)
    {
        int line = (int)Math.Max(1, error.Start.Line) - 1 + source.FirstLine;
        int column = (int)Math.Max(1, error.Start.Column);

        // The scanner reports a tab in the indentation at the start of the text or of the block it is in.
        bool aboutTab = error.Message.Contains("tab", StringComparison.Ordinal);
        if (FirstTab(source, out int tabLine, out int tabColumn)
            && (aboutTab || tabLine <= Math.Max(line, (int)error.End.Line + source.FirstLine - 1)))
        {
            return (source.At(tabLine, tabColumn), "a tab is used for indentation; YAML takes spaces only");
        }

        return (source.At(line, column), "YAML syntax error: " + Plain(error.Message));
    }

    private static bool FirstTab(SourceText source, out int line, out int column)
    {
        for (line = source.FirstLine; line < source.FirstLine + source.LineCount; line++)
        {
            ReadOnlySpan<char> text = source.Line(line);
            int indent = text.IndexOfAnyExcept(' ');
            if (indent >= 0 && text[indent] == '\t' && !text.Trim().IsEmpty)
            {
                column = indent + 1;
                return true;
            }
        }

        column = 0;
        return false;
    }

    private static string Plain(string message)
    {
        // Drop the "(Line: 1, Col: 2, Idx: 3) - (…): " prefix that some versions put before the text.
        int prefix = message.IndexOf("): ", StringComparison.Ordinal);
        string text = message.StartsWith("(Line", StringComparison.Ordinal) && prefix > 0 ? message[(prefix + 3)..] : message;
        text = text.TrimEnd('.');
        return text.Length == 0 ? "malformed text" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
