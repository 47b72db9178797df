using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Edits the node tree as <c>--set path=value</c> asks, before anything is validated.</summary>
/// <param name="root">Tree to edit.</param>
/// <param name="sink">Takes mistakes.</param>
/// <param name="name">What stands for the file in diagnostics.</param>
internal sealed class SetApplier(YamlMapping root, DiagnosticSink sink, string name = SetApplier.OptionName)
{
    /// <summary>What stands for the file in diagnostics of options.</summary>
    public const string OptionName = "--set";

    /// <param name="option">Text of the option, <c>path=value</c>.</param>
    /// <param name="ordinal">Its number on the command line, from 1; stands for the line in diagnostics.</param>
    /// <returns>What was set, or null after an error.</returns>
    public SetTargets? Apply(string option, int ordinal)
    {
        SourceText source = new(name, option.ReplaceLineEndings(" "), ordinal) { Directory = root.Mark.Source.Directory };
        int equals = FindEquals(source.Text);
        if (equals < 0)
        {
            sink.Error(source.Start, null, "an option --set is path=value, for example lesions[primary].tumor.radius=0.6 mm");
            return null;
        }

        List<PathStep>? steps = ScenarioPath.Parse(source.Text[..equals], out int offset, out string error);
        if (steps is null)
        {
            sink.Error(source.AtOffset(offset), null, error);
            return null;
        }

        return Value(source, equals + 1) is YamlNode value ? new PathWalk(source, steps, equals, value, sink).Assign(root) : null;
    }

    // The first equals sign outside brackets.
    private static int FindEquals(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (text[i] == '=' && depth <= 0)
            {
                return i;
            }
        }

        return -1;
    }

    private YamlNode? Value(SourceText source, int start)
    {
        while (start < source.Text.Length && source.Text[start] == ' ')
        {
            start++;
        }

        string text = source.Text[start..].TrimEnd();
        Mark mark = source.AtOffset(start);
        if (text.Length == 0)
        {
            sink.Error(mark, null, "a value is missing after '='");
            return null;
        }

        if (text[0] is not ('[' or '{' or '"' or '\''))
        {
            return TextGuard.Check(source, sink) ? new YamlScalar(mark, text) : null;
        }

        // Parsed behind as many blanks as the path is long, so that marks point into the option.
        return YamlLoader.Load(new SourceText(name, new string(' ', start) + text, source.FirstLine) { Directory = source.Directory,
            Shown = source }, sink);
    }
}
