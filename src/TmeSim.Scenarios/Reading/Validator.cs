using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>
/// Walks a node tree beside the key table: unknown keys, kinds, units, ranges, words; fills in defaults. Goes on after an
/// error with a stand-in value, so that every mistake of a file is found in one go.
/// </summary>
internal sealed class Validator(DiagnosticSink sink, IReadOnlyDictionary<string, string> presetDefaults)
{
    public MapValue Mapping(YamlNode? node, KeySpec spec, Mark parent, string path)
    {
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
                map.Add(entry.Key, Mapping(entry.Value, wildcard, entry.KeyMark, Join(path, entry.Key)));
            }
        }

        return map;
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
            sink.Error(entry.KeyMark, Or(path), $"unknown key '{Short(entry.Key)}'{where}{Suggestion.Clause(entry.Key, spec.ChildNames, "keys")}");
        }
    }

    // Null when the key is absent and has no default.
    private Value? Read(YamlNode? node, KeySpec spec, Mark at, string path, bool quiet)
    {
        ScenarioKey key = spec.Key;
        if (node is YamlScalar { IsNull: true })
        {
            sink.Error(node.Mark.Column > at.Column || node.Mark.Line > at.Line ? at : node.Mark, path, "has no value; write one or remove the key");
            node = null;
            quiet = true;
        }

        if (node is null && key.Required && !quiet)
        {
            sink.Error(at, Or(ParentOf(path)), $"'{spec.Name}' is missing ({key.Text.TrimEnd('.')}){Write(key)}");
        }

        if (key.Kind == KeyKind.Mapping)
        {
            return Mapping(node, spec, at, path);
        }

        if (key.Kind == KeyKind.List)
        {
            return node is null ? null : List(node, spec, path);
        }

        if (node is null)
        {
            string? text = presetDefaults.GetValueOrDefault(key.Path) ?? key.Default;
            return text is not null ? Default(text, spec, at, path) : key.Required ? StandIn(spec, at, path) : null;
        }

        if (key.Kind is KeyKind.QuantityList or KeyKind.TextList)
        {
            return ScalarList(node, spec, path);
        }

        return Scalar(node, spec, path) ?? StandIn(spec, node.Mark, path);
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
            list.Items.Add(Scalar(new YamlScalar(at, text), spec, path)!);
            return list;
        }

        ScalarValue value = Scalar(new YamlScalar(at, text), spec, path)!;
        return new ScalarValue(spec, at, path) { Text = value.Text, Number = value.Number, Unit = value.Unit, IsDefault = true };
    }

    private static Value StandIn(KeySpec spec, Mark at, string path)
    {
        ScenarioKey key = spec.Key;
        if (key.Kind is KeyKind.QuantityList or KeyKind.TextList)
        {
            return new ListValue(spec, at, path) { IsGood = false };
        }

        if (key.Units.Count == 0)
        {
            return new ScalarValue(spec, at, path) { Text = key.Choices.Count > 0 ? key.Choices[0] : "?", IsGood = false };
        }

        double number = double.IsFinite(key.Min) ? key.Min + (key.MinExclusive ? Math.Min(1, (key.Max - key.Min) / 2) : 0) : 1;
        return new ScalarValue(spec, at, path) { Text = "?", Number = number, Unit = Unit.Of(key.Units[0]), IsGood = false };
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
            string member = id is { IsNull: false } ? Short(id.Text) : i.ToString();
            if (spec.Key.Unique && id is { IsNull: false } && !seen.TryAdd(id.Text, id.Mark))
            {
                sink.Error(id.Mark, path, $"{spec.Key.Identity} '{Short(id.Text)}' stands twice, first on line {seen[id.Text].Line}; give each member its own");
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
            list.Items.Add(Scalar(item, spec, path) ?? StandInItem(spec, item.Mark, path));
        }

        return list;
    }

    private static ScalarValue StandInItem(KeySpec spec, Mark at, string path) =>
        new(spec, at, path) { Text = "?", Number = 1, Unit = spec.Key.Units.Count > 0 ? Unit.Of(spec.Key.Units[0]) : null, IsGood = false };

    // Null after an error.
    private ScalarValue? Scalar(YamlNode node, KeySpec spec, string path)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            sink.Error(node.Mark, path, node is YamlScalar ? "has no value" : "a single value is wanted here, not a block or list");
            return null;
        }

        string text = scalar.Text.Trim();
        ScenarioKey key = spec.Key;
        switch (key.Kind)
        {
            case KeyKind.Switch:
                return Switch(scalar, text, spec, path);
            case KeyKind.Text or KeyKind.TextList or KeyKind.Choice:
                return Words(scalar, text, spec, path);
            default:
                return key.Choices.Contains(text) ? new ScalarValue(spec, scalar.Mark, path) { Text = text } : Number(scalar, text, spec, path);
        }
    }

    private ScalarValue? Switch(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        bool? on = text switch
        {
            "on" or "On" or "ON" or "true" or "True" or "TRUE" => true,
            "off" or "Off" or "OFF" or "false" or "False" or "FALSE" => false,
            _ => null,
        };
        if (on is null)
        {
            sink.Error(scalar.Mark, path, $"'{Short(text)}' is not a switch; write on or off");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = on.Value ? "on" : "off" };
    }

    private ScalarValue? Words(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        const int longest = 200;
        if (spec.Key.Choices.Count > 0 && !spec.Key.Choices.Contains(text))
        {
            string? near = Suggestion.Nearest(text, spec.Key.Choices);
            string meant = near is null ? string.Empty : $"; did you mean '{near}'?";
            sink.Error(scalar.Mark, path, $"'{Short(text)}' is not one of {string.Join(", ", spec.Key.Choices)}{meant}");
            return null;
        }

        if (text.Length is 0 or > longest || text.Any(char.IsControl))
        {
            sink.Error(scalar.Mark, path, $"a text of 1 to {longest} characters on one line is wanted");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = text };
    }

    private ScalarValue? Number(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        ScenarioKey key = spec.Key;
        string? error = null;
        foreach (string unitText in key.Units)
        {
            Unit unit = Unit.Of(unitText);
            if (Quantity.TryRead(text, unit, out double value, out string why))
            {
                value = value == 0 ? 0 : value; // no negative zero
                if (OutOfRange(value, unit, text, key) is string range)
                {
                    sink.Error(scalar.Mark, path, range);
                    return null;
                }

                return new ScalarValue(spec, scalar.Mark, path) { Text = Quantity.Format(value, unit), Number = value, Unit = unit };
            }

            error ??= why;
        }

        string others = string.Concat(key.Units.Skip(1).Select(u => ", " + Quantity.Accepted(Unit.Of(u))));
        string words = key.Choices.Count > 0 ? $"; or the word {string.Join(", ", key.Choices)}" : string.Empty;
        sink.Error(scalar.Mark, path, error + others + words);
        return null;
    }

    private static string? OutOfRange(double value, Unit unit, string text, ScenarioKey key)
    {
        bool primary = unit.Text == key.Units[0];
        double max = primary ? key.Max : double.PositiveInfinity;
        if (value < key.Min || value > max || (key.MinExclusive && value == key.Min))
        {
            return $"'{Short(text)}' is out of range; allowed: {key.RangeText()}";
        }

        return key.Kind == KeyKind.Integer && value != Math.Floor(value) ? $"'{Short(text)}' is not a whole number; allowed: {key.RangeText()}" : null;
    }

    internal static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
