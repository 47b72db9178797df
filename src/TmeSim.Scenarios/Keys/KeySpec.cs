namespace TmeSim.Scenarios.Keys;

/// <summary>The key table as a tree, so that a document can be walked beside it.</summary>
internal sealed class KeySpec(string name, ScenarioKey key)
{
    private readonly Dictionary<string, KeySpec> _children = new(StringComparer.Ordinal);
    private readonly List<KeySpec> _ordered = [];

    /// <summary>Last segment of the path, without brackets.</summary>
    public string Name { get; } = name;

    public ScenarioKey Key { get; } = key;

    /// <summary>Children in table order; for a list, the keys of a member.</summary>
    public IReadOnlyList<KeySpec> Children => _ordered;

    public IReadOnlyCollection<string> ChildNames => _children.Keys;

    public bool IsContainer => Key.Kind is KeyKind.Mapping or KeyKind.List;

    /// <summary>The child of this name, else the wildcard child, else null.</summary>
    public KeySpec? Child(string name) =>
        _children.TryGetValue(name, out KeySpec? child) || _children.TryGetValue("*", out child) ? child : null;

    /// <summary>The tree of a table; its root is a mapping without a name.</summary>
    public static KeySpec Build(IEnumerable<ScenarioKey> rows)
    {
        KeySpec root = new(string.Empty, new ScenarioKey { Path = string.Empty, Kind = KeyKind.Mapping, Text = "A scenario." });
        foreach (ScenarioKey row in rows)
        {
            KeySpec at = root;
            string rest = row.Path;
            while (true)
            {
                // Keys of a dotted block (parameters, mechanisms) are one segment, however many dots they have.
                int cut = at.Key.DottedKeys && !rest.StartsWith("*.", StringComparison.Ordinal) ? -1 : rest.IndexOf('.');
                string segment = (cut < 0 ? rest : rest[..cut]).Replace("[]", string.Empty, StringComparison.Ordinal);
                if (cut < 0)
                {
                    KeySpec child = new(segment, row);
                    at._children.Add(segment, child);
                    at._ordered.Add(child);
                    break;
                }

                at = at._children[segment];
                rest = rest[(cut + 1)..];
            }
        }

        return root;
    }
}
