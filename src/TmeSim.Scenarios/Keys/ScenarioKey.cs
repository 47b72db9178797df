using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Keys;

/// <summary>What may stand at a key.</summary>
public enum KeyKind
{
    /// <summary>A mapping with the keys below it.</summary>
    Mapping,

    /// <summary>A list of mappings.</summary>
    List,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A whole number; 1e3 is one.</summary>
    Integer,

    /// <summary>A whole number of 64 bits, read to its last digit.</summary>
    Seed,

    /// <summary>A number, with a unit unless the unit is "1"; or one of the words in <see cref="ScenarioKey.Choices"/>.</summary>
    Quantity,

    /// <summary>One of the words in <see cref="ScenarioKey.Choices"/>.</summary>
    Choice,

    /// <summary>on or off.</summary>
    Switch,

    /// <summary>A list of quantities, or a single one.</summary>
    QuantityList,

    /// <summary>A list of texts, or a single one.</summary>
    TextList,
}

/// <summary>
/// One row of the table of scenario keys. The reader, the JSON schema, <c>tmesim explain</c> and the documentation are
/// all made from these rows.
/// </summary>
public sealed record ScenarioKey
{
    /// <summary>Pattern of the path: <c>lesions[].tumor.radius</c>, <c>parameters.*</c>.</summary>
    public required string Path { get; init; }

    public required KeyKind Kind { get; init; }

    /// <summary>What the key means, one line.</summary>
    public required string Text { get; init; }

    /// <summary>Where the default comes from, or the rule behind the key.</summary>
    public string Source { get; init; } = "TmeSim scenario format";

    /// <summary>
    /// Unit of the range and of the canonical value ("1" for a pure number); further ones are alternatives of another dimension.
    /// </summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Smallest value in the first unit.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value in the first unit.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The smallest value itself is not allowed.</summary>
    public bool MinExclusive { get; init; }

    /// <summary>Default as it would be written; null when the key may be absent or is required. A preset can replace it.</summary>
    public string? Default { get; init; }

    /// <summary>The key must be written.</summary>
    public bool Required { get; init; }

    /// <summary>Words that may stand here.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Measures that a condition "measure &lt; number" or "measure &gt; number" may name here.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>A mapping that may be left out as a whole: then nothing inside it is wanted.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>For a list with an identity: a member may do without it.</summary>
    public bool IdentityOptional { get; init; }

    /// <summary>For a list: the key by which its members are told apart (name, drug, target); null when they have none.</summary>
    public string? Identity { get; init; }

    /// <summary>For a list whose members may do without the identity: the key that names those which have it (regimen).</summary>
    public string? OtherIdentity { get; init; }

    /// <summary>For a list without an identity: the key whose text names a member in paths (<c>figures[waterfall].width</c>).</summary>
    public string? PathName { get; init; }

    /// <summary>For a list with an identity: two members may not share it.</summary>
    public bool Unique { get; init; } = true;

    /// <summary>For a list: fewest members.</summary>
    public int MinItems { get; init; }

    /// <summary>For a list: most members.</summary>
    public int MaxItems { get; init; } = 1000;

    /// <summary>For a mapping: its keys contain dots, and any key that follows the last child pattern <c>*</c> is allowed.</summary>
    public bool DottedKeys { get; init; }

    /// <summary>For a mapping: a list or a single value in its place stands for this key of it.</summary>
    public string? Shorthand { get; init; }

    /// <summary>Only whole numbers may stand here.</summary>
    public bool IsWhole => Kind is KeyKind.Integer or KeyKind.Seed;

    /// <summary>Range in words, "0 to 5 /d"; null when there is none.</summary>
    public string? RangeText()
    {
        if (Kind == KeyKind.Seed)
        {
            return $"{ulong.MinValue} to {ulong.MaxValue}";
        }

        string unit = Units.Count == 0 || Units[0] == "1" ? string.Empty : " " + Units[0];
        bool low = double.IsFinite(Min);
        bool high = double.IsFinite(Max);
        string more = MinExclusive ? "more than " : string.Empty;
        return (low, high) switch
        {
            (true, true) => $"{more}{Quantity.Format(Min)} to {Quantity.Format(Max)}{unit}",
            (true, false) => MinExclusive ? $"more than {Quantity.Format(Min)}{unit}" : $"{Quantity.Format(Min)}{unit} or more",
            (false, true) => $"{Quantity.Format(Max)}{unit} or less",
            _ => null,
        };
    }
}
