using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Yaml;

/// <summary>Checks of a text before any YAML is parsed.</summary>
internal static class TextGuard
{
    /// <summary>False after one error: too long, or characters that no text has.</summary>
    public static bool Check(SourceText source, DiagnosticSink sink)
    {
        if (source.Text.Length > SourceFile.MaxBytes)
        {
            sink.Error(source.Start, null, $"the text has more than {SourceFile.MaxBytes / 1048576} MiB");
            return false;
        }

        ReadOnlySpan<char> text = source.Text;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= ' ' && c is < '\u007f' or (> '\u009f' and < '\ud800') or (> '\udfff' and < '\ufffe') || c is '\n' or '\r' or '\t')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            sink.Error(source.AtOffset(i), null, $"character U+{(int)c:X4} does not belong in a text (is this a binary file?)");
            return false;
        }

        return true;
    }
}
