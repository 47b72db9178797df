using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>
/// Walks a node tree beside the key table: unknown keys, kinds, units, ranges, words; fills in defaults. Goes on after an
/// error with a stand-in value, so that every mistake of a file is found in one go.
/// </summary>
internal sealed class Validator(DiagnosticSink sink, IReadOnlyDictionary<string, string> presetDefaults)
{
    private readonly ScalarReader _scalars = new(sink);

    public MapValue Mapping(YamlNode? node, KeySpec spec, Mark parent, string path)
    {
        node = Long(node, spec.Key);
        YamlMapping? mapping = node as YamlMapping;
        bool empty = node is null or YamlScalar { IsNull: true };
        if (mapping is null && !empty)
        {
            sink.Error(node!.Mark, Or(path), $"a block of keys is wanted here{Known(spec)}");
        }

        Mark mark = node?.Mark ?? parent;
        MapValue map = new(spec, mark, path) { IsGood = mapping is not null || empty, IsDefault = node is null };
        if (mapping is not null)
        {
            UnknownKeys(mapping, spec, path);
        }

        bool broken = mapping is null && !empty;
        foreach (KeySpec child in spec.Children.Where(c => c.Name != "*"))
        {
            YamlEntry? entry = mapping?.Find(child.Name);
            if (Read(entry?.Value, child, entry?.KeyMark ?? mark, Join(path, child.Name), broken || !map.IsGood) is Value value)
            {
                map.Add(child.Name, value);
            }
        }

        if (spec.Child("*") is { Name: "*" } wildcard)
        {
            foreach (YamlEntry entry in mapping?.Entries ?? [])
            {
                Value? value = wildcard.Key.Kind == KeyKind.Mapping ? Mapping(entry.Value, wildcard, entry.KeyMark, Join(path, entry.Key))
                    : Read(entry.Value, wildcard, entry.KeyMark, Join(path, entry.Key), quiet: false);
                if (value is not null)
                {
                    map.Add(entry.Key, value);
                }
            }
        }

        return map;
    }

    // A list where a block has a short form.
    private static YamlNode? Long(YamlNode? node, ScenarioKey key)
    {
        if (key.Shorthand is null || node is null or YamlMapping or YamlScalar { IsNull: true })
        {
            return node;
        }

        YamlMapping block = new(node.Mark);
        block.TryAdd(key.Shorthand, node.Mark, node);
        return block;
    }

    private static string? Or(string path) => path.Length == 0 ? null : path;

    internal static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Known(KeySpec spec) =>
        spec.ChildNames.Count is > 0 and < 24 ? $" ({string.Join(", ", spec.ChildNames)})" : string.Empty;

    private void UnknownKeys(YamlMapping mapping, KeySpec spec, string path)
    {
        foreach (YamlEntry entry in mapping.Entries.Where(e => spec.Child(e.Key) is null))
        {
            string where = path.Length == 0 ? string.Empty : $" in '{path}'";
            string? dotted = spec.Key.DottedKeys
                ? spec.ChildNames.FirstOrDefault(c => c.StartsWith(entry.Key + ".", StringComparison.Ordinal)) : null;
            string hint = dotted is null ? Suggestion.Clause(entry.Key, spec.ChildNames, "keys")
                : $"; keys are written with dots, '{dotted}'";
            sink.Error(entry.KeyMark, Or(path), $"unknown key '{Excerpt.Of(entry.Key)}'{where}{hint}");
        }
    }

    // Null when the key is absent and has no default.
    private Value? Read(YamlNode? node, KeySpec spec, Mark at, string path, bool quiet)
    {
        ScenarioKey key = spec.Key;
        if (node is YamlScalar { IsNull: true })
        {
            sink.Error(node.Mark.Column > at.Column || node.Mark.Line > at.Line ? at : node.Mark, path,
                "has no value; write one or remove the key");
            node = null;
            quiet = true;
        }

        if (node is null && key.Required && !quiet)
        {
            sink.Error(at, Or(ParentOf(path)), $"'{spec.Name}' is missing ({key.Text.TrimEnd('.')}){Write(key)}");
        }

        if (key.Kind == KeyKind.Mapping)
        {
            if (node is null && key.MayBeAbsent)
            {
                return null;
            }

            return Mapping(node, spec, at, path);
        }

        if (key.Kind == KeyKind.List)
        {
            return node is null ? null : List(node, spec, path);
        }

        if (node is null)
        {
            string? text = presetDefaults.GetValueOrDefault(key.Path) ?? key.Default;
            return text is not null ? Default(text, spec, at, path) : key.Required ? ScalarReader.StandIn(spec, at, path) : null;
        }

        if (key.Kind is KeyKind.QuantityList or KeyKind.TextList)
        {
            return ScalarList(node, spec, path);
        }

        return _scalars.Read(node, spec, path) ?? ScalarReader.StandIn(spec, node.Mark, path);
    }

    private static string Write(ScenarioKey key) => key.Choices.Count switch
    {
        1 => $"; write '{key.Choices[0]}'",
        > 1 => $"; one of {string.Join(", ", key.Choices)}",
        _ => key.Units.Count > 0 && key.Units[0] != "1" ? $"; a quantity in {string.Join(" or ", key.Units)}" : string.Empty,
    };

    private static string ParentOf(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot < 0 ? string.Empty : path[..dot];
    }

    private Value Default(string text, KeySpec spec, Mark at, string path)
    {
        if (spec.Key.Kind == KeyKind.QuantityList)
        {
            ListValue list = new(spec, at, path) { IsDefault = true };
            list.Items.Add(_scalars.Read(new YamlScalar(at, text), spec, path)!);
            return list;
        }

        ScalarValue value = _scalars.Read(new YamlScalar(at, text), spec, path)!;
        return new ScalarValue(spec, at, path) { Text = value.Text, Number = value.Number, Unit = value.Unit, Seed = value.Seed,
            IsDefault = true };
    }

    private ListValue List(YamlNode node, KeySpec spec, string path)
    {
        if (node is not YamlSequence sequence)
        {
            sink.Error(node.Mark, path, "a list is wanted here; begin each member with '- '");
            return new ListValue(spec, node.Mark, path) { IsGood = false };
        }

        ListValue list = new(spec, node.Mark, path);
        CheckCount(sequence.Items.Count, spec, node.Mark, path);
        Dictionary<string, Mark> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < sequence.Items.Count; i++)
        {
            YamlNode item = sequence.Items[i];
            YamlScalar? id = spec.Key.Identity is string identity ? (item as YamlMapping)?[identity] as YamlScalar : null;
            string member = MemberName.Of(item, spec.Key) is string name ? Excerpt.Of(name) : i.ToString();
            if (spec.Key.Unique && id is { IsNull: false } && !seen.TryAdd(id.Text, id.Mark))
            {
                sink.Error(id.Mark, path,
                    $"{spec.Key.Identity} '{Excerpt.Of(id.Text)}' stands twice, first on line {seen[id.Text].Line}; give each member its "
                    + "own");
            }

            list.Items.Add(Mapping(item, spec, item.Mark, $"{path}[{member}]"));
        }

        return list;
    }

    private void CheckCount(int count, KeySpec spec, Mark mark, string path)
    {
        if (count < spec.Key.MinItems || count > spec.Key.MaxItems)
        {
            sink.Error(mark, path, $"has {count} members; allowed: {spec.Key.MinItems} to {spec.Key.MaxItems}");
        }
    }

    private ListValue ScalarList(YamlNode node, KeySpec spec, string path)
    {
        ListValue list = new(spec, node.Mark, path) { IsGood = node is not YamlMapping };
        if (node is YamlMapping)
        {
            sink.Error(node.Mark, path, "a list is wanted here");
            return list;
        }

        List<YamlNode> items = node is YamlSequence sequence ? sequence.Items : [node];
        CheckCount(items.Count, spec, node.Mark, path);
        foreach (YamlNode item in items)
        {
            list.Items.Add(_scalars.Read(item, spec, path) ?? ScalarReader.StandInItem(spec, item.Mark, path));
        }

        return list;
    }
}
