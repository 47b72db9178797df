using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Reading;

/// <summary>A validated value, with the place that it came from.</summary>
/// <param name="spec">Row of the key table.</param>
/// <param name="mark">Where it stands; for a default, where the block around it stands.</param>
/// <param name="path">Path for diagnostics, with member names in brackets.</param>
internal abstract class Value(KeySpec spec, Mark mark, string path)
{
    public KeySpec Spec { get; } = spec;

    public Mark Mark { get; } = mark;

    public string Path { get; } = path;

    /// <summary>False when an error was reported and a stand-in took its place: semantic checks skip it.</summary>
    public bool IsGood { get; init; } = true;

    /// <summary>The value comes from the table or the preset, not from the scenario.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>A number with its unit, a word, or both: a quantity that is a word has no number.</summary>
internal sealed class ScalarValue(KeySpec spec, Mark mark, string path) : Value(spec, mark, path)
{
    /// <summary>Text of words; canonical text of numbers.</summary>
    public required string Text { get; init; }

    /// <summary>Value in <see cref="Unit"/>; NaN for words.</summary>
    public double Number { get; init; } = double.NaN;

    /// <summary>A seed to its last digit, which <see cref="Number"/> may round; 0 for other keys.</summary>
    public ulong Seed { get; init; }

    /// <summary>The unit among the key's that fits; null for words.</summary>
    public Unit? Unit { get; init; }

    public bool IsWord => Unit is null;

    /// <summary>The number in another unit of the same dimension.</summary>
    public double In(Unit unit) => Unit!.Convert(Number, unit);
}

internal sealed class ListValue(KeySpec spec, Mark mark, string path) : Value(spec, mark, path)
{
    public List<Value> Items { get; } = [];

    public IEnumerable<MapValue> Maps => Items.OfType<MapValue>();

    public IEnumerable<ScalarValue> Scalars => Items.OfType<ScalarValue>();
}

internal sealed class MapValue(KeySpec spec, Mark mark, string path) : Value(spec, mark, path)
{
    private readonly Dictionary<string, Value> _children = new(StringComparer.Ordinal);

    /// <summary>Children in the order of the key table.</summary>
    public List<KeyValuePair<string, Value>> Ordered { get; } = [];

    public Value? this[string key] => _children.GetValueOrDefault(key);

    public void Add(string key, Value value)
    {
        _children.Add(key, value);
        Ordered.Add(new(key, value));
    }

    public MapValue Map(string key) => (MapValue)_children[key];

    /// <summary>A list, empty when absent.</summary>
    public IEnumerable<MapValue> Members(string key) => (this[key] as ListValue)?.Maps ?? [];

    public ScalarValue Scalar(string key) => (ScalarValue)_children[key];

    public ScalarValue? Optional(string key) => this[key] as ScalarValue;

    public string Text(string key) => Scalar(key).Text;

    public double Number(string key) => Scalar(key).Number;

    public ulong Seed(string key) => Scalar(key).Seed;

    public double In(string key, Unit unit) => Scalar(key).In(unit);
}
