using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Edits the node tree as <c>--set path=value</c> asks, before anything is validated.</summary>
/// <param name="root">Tree to edit.</param>
/// <param name="sink">Takes mistakes.</param>
/// <param name="name">What stands for the file in diagnostics.</param>
internal sealed class SetApplier(YamlMapping root, DiagnosticSink sink, string name = "--set")
{
    /// <param name="option">Text of the option, <c>path=value</c>.</param>
    /// <param name="ordinal">Its number on the command line, from 1; stands for the line in diagnostics.</param>
    /// <returns>What was set, or null after an error.</returns>
    public SetTarget? Apply(string option, int ordinal)
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

        return Value(source, equals + 1) is YamlNode value ? new Target(source, steps, value, sink).Assign(root, ScenarioKeys.Root, string.Empty) : null;
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
        return YamlLoader.Load(new SourceText(name, new string(' ', start) + text, source.FirstLine) { Directory = source.Directory, Shown = source }, sink);
    }

    private sealed class Target(SourceText source, List<PathStep> steps, YamlNode value, DiagnosticSink sink)
    {
        private int _step;

        public SetTarget? Assign(YamlMapping mapping, KeySpec spec, string path)
        {
            PathStep step = steps[_step];
            if (step.IsMember)
            {
                return Error(step, $"'{spec.Name}' is no list, so it has no members in brackets");
            }

            string name = step.Text;
            if (spec.Key.DottedKeys)
            {
                name = source.Text[step.Offset..source.Text.IndexOf('=', step.Offset)].Trim();
                _step = steps.Count - 1;
            }

            if (spec.Name.Length == 0 && name == "base")
            {
                return Error(step, "'base' cannot be set; write it into the file");
            }

            if (spec.Child(name) is not KeySpec child)
            {
                return Error(step, $"unknown key '{Validator.Short(name)}'{Suggestion.Clause(name, spec.ChildNames, "keys")}");
            }

            path = Validator.Join(path, name);
            if (++_step == steps.Count)
            {
                mapping.Set(name, Mark(step), value);
                return new SetTarget(child, path);
            }

            YamlNode? next = mapping[name];
            if (next is null && child.Key.Kind == KeyKind.Mapping)
            {
                next = new YamlMapping(Mark(step));
                mapping.Set(name, Mark(step), next);
            }

            return Descend(next, child, steps[_step - 1], path);
        }

        private SetTarget? Descend(YamlNode? node, KeySpec spec, PathStep at, string path) =>
            !spec.IsContainer ? Error(steps[_step], $"'{at.Text}' is a single value, nothing stands below it")
            : node is YamlMapping mapping ? Assign(mapping, spec, path)
            : node is YamlSequence sequence ? Member(sequence, spec, path)
            : Error(at, $"the scenario has no '{at.Text}' with members to change");

        private SetTarget? Member(YamlSequence list, KeySpec spec, string path)
        {
            PathStep step = steps[_step];
            List<string> names = [.. list.Items.Select((item, i) => Name(item, spec) ?? i.ToString())];
            if (!step.IsMember)
            {
                return Error(step, $"'{spec.Name}' is a list; name the member in brackets: {string.Join(", ", names.Take(20).Select(n => $"{spec.Name}[{n}]"))}");
            }

            List<int> hits = [.. Enumerable.Range(0, names.Count).Where(i => names[i] == step.Text)];
            if (hits.Count > 1)
            {
                return Error(step, $"'{step.Text}' is the name of {hits.Count} members; use the index: {string.Join(", ", hits.Select(i => $"{spec.Name}[{i}]"))}");
            }

            int index = hits.Count == 1 ? hits[0] : int.TryParse(step.Text, out int number) && number >= 0 && number < names.Count ? number : -1;
            if (index < 0)
            {
                return Error(step, $"'{spec.Name}' has no member '{Validator.Short(step.Text)}'{Suggestion.Clause(step.Text, names, "members")}");
            }

            path = $"{path}[{(names.Count(n => n == names[index]) > 1 ? index.ToString() : names[index].Contains(']') ? $"\"{names[index]}\"" : names[index])}]";
            if (++_step == steps.Count)
            {
                list.Items[index] = value;
                return new SetTarget(spec, path);
            }

            return Descend(list.Items[index], spec, step, path);
        }

        private static string? Name(YamlNode item, KeySpec spec) => MemberName.InPath(item, spec.Key);

        private Mark Mark(PathStep step) => source.AtOffset(step.Offset);

        private SetTarget? Error(PathStep step, string message)
        {
            sink.Error(Mark(step), null, message);
            return null;
        }
    }
}

/// <summary>What a path leads to.</summary>
/// <param name="Spec">Row of the key table.</param>
/// <param name="Path">The path with its members by name where that is enough, else by index.</param>
internal sealed record SetTarget(KeySpec Spec, string Path);
