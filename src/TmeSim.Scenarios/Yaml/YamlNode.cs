using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Yaml;

/// <summary>A node of a scenario text. Nodes are never shared between two places of a tree, so <c>--set</c> can edit them.</summary>
internal abstract class YamlNode(Mark mark)
{
    public Mark Mark { get; } = mark;

    public abstract YamlNode Clone();
}

/// <summary>A scalar as written.</summary>
internal sealed class YamlScalar(Mark mark, string text, bool quoted = false) : YamlNode(mark)
{
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    /// <summary>No value at all, or the YAML null.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override YamlNode Clone() => new YamlScalar(Mark, Text, Quoted);
}

internal sealed class YamlSequence(Mark mark) : YamlNode(mark)
{
    public List<YamlNode> Items { get; } = [];

    public override YamlNode Clone()
    {
        YamlSequence copy = new(Mark);
        copy.Items.AddRange(Items.Select(i => i.Clone()));
        return copy;
    }
}

/// <summary>A key of a mapping with its value.</summary>
internal sealed record YamlEntry(string Key, Mark KeyMark, YamlNode Value);

internal sealed class YamlMapping(Mark mark) : YamlNode(mark)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<YamlEntry> _entries = [];

    public IReadOnlyList<YamlEntry> Entries => _entries;

    public YamlEntry? Find(string key) => _index.TryGetValue(key, out int i) ? _entries[i] : null;

    public YamlNode? this[string key] => Find(key)?.Value;

    /// <summary>Adds an entry; false, and no change, when the key is there already.</summary>
    public bool TryAdd(string key, Mark keyMark, YamlNode value)
    {
        if (!_index.TryAdd(key, _entries.Count))
        {
            return false;
        }

        _entries.Add(new(key, keyMark, value));
        return true;
    }

    /// <summary>Adds an entry or replaces the one with this key.</summary>
    public void Set(string key, Mark keyMark, YamlNode value)
    {
        if (_index.TryGetValue(key, out int i))
        {
            _entries[i] = new(key, keyMark, value);
        }
        else
        {
            TryAdd(key, keyMark, value);
        }
    }

    public override YamlNode Clone()
    {
        YamlMapping copy = new(Mark);
        foreach (YamlEntry entry in _entries)
        {
            copy.TryAdd(entry.Key, entry.KeyMark, entry.Value.Clone());
        }

        return copy;
    }
}
