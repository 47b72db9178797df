using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Edits the node tree as <c>--set path=value</c> asks, before anything is validated.</summary>
internal sealed class SetApplier(YamlMapping root, DiagnosticSink sink)
{
    /// <param name="option">Text of the option, <c>path=value</c>.</param>
    /// <param name="ordinal">Its number on the command line, from 1; stands for the line in diagnostics.</param>
    public void Apply(string option, int ordinal)
    {
        SourceText source = new("--set", option.ReplaceLineEndings(" "), ordinal) { Directory = root.Mark.Source.Directory };
        int equals = FindEquals(source.Text);
        if (equals < 0)
        {
            sink.Error(source.Start, null, "an option --set is path=value, for example lesions[primary].tumor.radius=0.6 mm");
            return;
        }

        List<PathStep>? steps = ScenarioPath.Parse(source.Text[..equals], out int offset, out string error);
        if (steps is null)
        {
            sink.Error(source.AtOffset(offset), null, error);
            return;
        }

        if (Value(source, equals + 1) is YamlNode value)
        {
            new Target(source, steps, value, sink).Assign(root, ScenarioKeys.Root);
        }
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
        return YamlLoader.Load(new SourceText("--set", new string(' ', start) + text, source.FirstLine) { Directory = source.Directory, Shown = source }, sink);
    }

    private sealed class Target(SourceText source, List<PathStep> steps, YamlNode value, DiagnosticSink sink)
    {
        private int _step;

        public void Assign(YamlMapping mapping, KeySpec spec)
        {
            PathStep step = steps[_step];
            if (step.IsMember)
            {
                Error(step, $"'{spec.Name}' is no list, so it has no members in brackets");
                return;
            }

            string name = step.Text;
            if (spec.Key.DottedKeys)
            {
                name = source.Text[step.Offset..source.Text.IndexOf('=', step.Offset)].Trim();
                _step = steps.Count - 1;
            }

            if (spec.Name.Length == 0 && name == "base")
            {
                Error(step, "'base' cannot be set; write it into the file");
                return;
            }

            if (spec.Child(name) is not KeySpec child)
            {
                Error(step, $"unknown key '{Validator.Short(name)}'{Suggestion.Clause(name, spec.ChildNames, "keys")}");
                return;
            }

            if (++_step == steps.Count)
            {
                mapping.Set(name, Mark(step), value);
                return;
            }

            YamlNode? next = mapping[name];
            if (next is null && child.Key.Kind == KeyKind.Mapping)
            {
                next = new YamlMapping(Mark(step));
                mapping.Set(name, Mark(step), next);
            }

            Descend(next, child, steps[_step - 1]);
        }

        private void Descend(YamlNode? node, KeySpec spec, PathStep at)
        {
            if (!spec.IsContainer)
            {
                Error(steps[_step], $"'{at.Text}' is a single value, nothing stands below it");
            }
            else if (node is YamlMapping mapping)
            {
                Assign(mapping, spec);
            }
            else if (node is YamlSequence sequence)
            {
                Member(sequence, spec);
            }
            else
            {
                Error(at, $"the scenario has no '{at.Text}' with members to change");
            }
        }

        private void Member(YamlSequence list, KeySpec spec)
        {
            PathStep step = steps[_step];
            List<string> names = [.. list.Items.Select((item, i) => Name(item, spec) ?? i.ToString())];
            if (!step.IsMember)
            {
                Error(step, $"'{spec.Name}' is a list; name the member in brackets: {string.Join(", ", names.Take(20).Select(n => $"{spec.Name}[{n}]"))}");
                return;
            }

            List<int> hits = [.. Enumerable.Range(0, names.Count).Where(i => names[i] == step.Text)];
            if (hits.Count > 1)
            {
                Error(step, $"'{step.Text}' is the name of {hits.Count} members; use the index: {string.Join(", ", hits.Select(i => $"{spec.Name}[{i}]"))}");
                return;
            }

            int index = hits.Count == 1 ? hits[0] : int.TryParse(step.Text, out int number) && number >= 0 && number < names.Count ? number : -1;
            if (index < 0)
            {
                Error(step, $"'{spec.Name}' has no member '{Validator.Short(step.Text)}'{Suggestion.Clause(step.Text, names, "members")}");
                return;
            }

            if (++_step == steps.Count)
            {
                list.Items[index] = value;
                return;
            }

            Descend(list.Items[index], spec, step);
        }

        private static string? Name(YamlNode item, KeySpec spec) => MemberName.InPath(item, spec.Key);

        private Mark Mark(PathStep step) => source.AtOffset(step.Offset);

        private void Error(PathStep step, string message) => sink.Error(Mark(step), null, message);
    }
}
