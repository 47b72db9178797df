using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>How a number is known.</summary>
public enum Grade
{
    /// <summary>Measured, in the cited source.</summary>
    Measured,

    /// <summary>Value of a published model.</summary>
    Model,

    /// <summary>Tuned until the model showed what it should.</summary>
    Fit,

    /// <summary>A choice without a measurement.</summary>
    Assumption,
}

/// <summary>A parameter of the model with everything that a reviewer asks about it.</summary>
/// <param name="Parameter">The engine's name.</param>
/// <param name="Key">Key in a scenario.</param>
/// <param name="Value">Default in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit that the engine takes; "1" for a pure number.</param>
/// <param name="Min">Smallest value allowed.</param>
/// <param name="Max">Largest value allowed.</param>
/// <param name="Source">File, publication or note that the default comes from.</param>
/// <param name="Grade">How the default is known.</param>
/// <param name="Text">Meaning, and why this value where sources differ.</param>
public sealed record ParameterEntry(
    Parameter Parameter, string Key, double Value, string Unit, double Min, double Max, string Source, Grade Grade, string Text)
{
    /// <summary>Where the literature puts it, in <see cref="Unit"/>, within what is allowed; null where no source tells.</summary>
    public (double Low, double High)? Spread { get; init; }

    /// <summary>Only whole numbers.</summary>
    public bool IsWhole => Parameter is Parameter.Cd8SubSteps or Parameter.Cd8MaxDivisions or Parameter.RadiationMaxDivisions;

    /// <summary>A value as a scenario writes it, with the unit.</summary>
    public string Written(double value) => Quantity.Format(value, Units.Unit.Of(Unit));
}

/// <summary>Defaults of a preset.</summary>
/// <param name="Name">clinical, lasting or murine.</param>
/// <param name="Text">What it stands for.</param>
/// <param name="Scenario">Defaults of scenario keys by their pattern, as text.</param>
/// <param name="Parameters">Parameter values by key, as text.</param>
/// <param name="Mechanisms">Switches by key, on or off, where they are not those of <see cref="MechanismSet.Default"/>.</param>
public sealed record PresetEntry(string Name, string Text, IReadOnlyDictionary<string, string> Scenario,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Mechanisms);

/// <summary>The parameters of the model with value, unit, range, source and grade (seeds/parameters).</summary>
public static class ParameterLibrary
{
    private static readonly Lazy<IReadOnlyList<ParameterEntry>> Loaded = new(Load);
    private static readonly Lazy<IReadOnlyList<PresetEntry>> PresetEntries = new(LoadPresets);

    /// <summary>All entries, in the order of <see cref="ParameterTable"/>.</summary>
    public static IReadOnlyList<ParameterEntry> All => Loaded.Value;

    /// <summary>The presets, clinical first.</summary>
    public static IReadOnlyList<PresetEntry> Presets => PresetEntries.Value;

    /// <summary>The entry with this key, or null.</summary>
    public static ParameterEntry? Find(string key) => ParameterTable.Find(key) is Parameter id ? All[(int)id] : null;

    /// <summary>The preset of this name, or null.</summary>
    public static PresetEntry? FindPreset(string name) => Presets.FirstOrDefault(p => p.Name == name);

    /// <summary>Switches of a preset.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static MechanismSet DefaultMechanisms(string preset) => Known(preset).Mechanisms.Aggregate(
        MechanismSet.Default, (set, item) => set.With(MechanismTable.Find(item.Key)!.Value, item.Value == "on"));

    /// <summary>Values of a preset.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static ParameterSet Defaults(string preset)
    {
        PresetEntry entry = Known(preset);
        ParameterSet set = new([.. All.Select(e => e.Value)]);
        foreach ((string key, string text) in entry.Parameters)
        {
            ParameterEntry parameter = Find(key)!;
            Quantity.TryRead(text, Unit.Of(parameter.Unit), out double value, out _);
            set = set.With(parameter.Parameter, value);
        }

        return set;
    }

    /// <summary>Entries of texts in the form of seeds/parameters.</summary>
    /// <param name="texts">Name and text of each.</param>
    /// <exception cref="InvalidOperationException">One is not of that form, a parameter stands twice or is missing; the message says
    /// where.</exception>
    public static IReadOnlyList<ParameterEntry> Read(IEnumerable<(string Name, string Text)> texts) =>
        Entries(texts.Select(t => SeedFiles.Parse(t.Name, t.Text)));

    private static ParameterEntry[] Load() => Entries(SeedFiles.Read("parameters"));

    private static ParameterEntry[] Entries(IEnumerable<YamlNode> files)
    {
        ParameterEntry?[] entries = new ParameterEntry?[ParameterTable.Count];
        foreach (YamlSequence file in files.OfType<YamlSequence>())
        {
            foreach (YamlNode item in file.Items)
            {
                ParameterEntry entry = Entry(item);
                if (entries[(int)entry.Parameter] is not null)
                {
                    throw SeedFiles.Fault(item, $"parameter '{entry.Key}' stands twice");
                }

                entries[(int)entry.Parameter] = entry;
            }
        }

        int missing = Array.IndexOf(entries, null);
        return missing < 0 ? [.. entries.Select(e => e!)]
            : throw new InvalidOperationException($"seeds/parameters has no entry for {ParameterTable.All[missing].Key}");
    }

    private static ParameterEntry Entry(YamlNode node)
    {
        string key = SeedFiles.Text(node, "key");
        Parameter id = ParameterTable.Find(key) ?? throw SeedFiles.Fault(node, $"the engine has no parameter '{key}'");
        string unit = ParameterTable.Of(id).Unit, written = SeedFiles.Text(node, "value");
        if (!Quantity.TryRead(written, Unit.Of(unit), out double value, out string error))
        {
            throw SeedFiles.Fault(node, error);
        }

        // The range is in the unit that a reader sees beside it.
        if (unit != "1" && !written.EndsWith(" " + unit, StringComparison.Ordinal))
        {
            throw SeedFiles.Fault(node, $"'{written}': the engine takes '{key}' in {unit}");
        }

        if ((node as YamlMapping)?["range"] is not YamlSequence { Items: [YamlScalar low, YamlScalar high] }
            || !Quantity.TryRead(low.Text, Unit.Of("1"), out double min, out _)
                || !Quantity.TryRead(high.Text, Unit.Of("1"), out double max, out _))
        {
            throw SeedFiles.Fault(node, $"'{key}' has no range of two numbers");
        }

        string graded = SeedFiles.Text(node, "grade"), source = SeedFiles.Text(node, "source");
        if (!Enum.TryParse(graded, ignoreCase: true, out Grade grade) || !Enum.IsDefined(grade) || char.IsDigit(graded[0]))
        {
            throw SeedFiles.Fault(node,
                $"'{key}' has the grade '{graded}'; it is one of {string.Join(", ", Enum.GetNames<Grade>()).ToLowerInvariant()}");
        }

        return source.Trim().Length == 0 ? throw SeedFiles.Fault(node, $"'{key}' has no source")
            : new(id, key, value, unit, min, max, source, grade, SeedFiles.Text(node, "text")) { Spread = Spread(node, key, min, max) };
    }

    private static (double Low, double High)? Spread(YamlNode node, string key, double min, double max) =>
        (node as YamlMapping)?["spread"] switch
    {
        null => null,
        YamlSequence { Items: [YamlScalar low, YamlScalar high] } when Quantity.TryRead(low.Text, Unit.Of("1"), out double from, out _)
            && Quantity.TryRead(high.Text, Unit.Of("1"), out double to, out _) && from >= min && from < to && to <= max => (from, to),
        _ => throw SeedFiles.Fault(node, $"'spread' of '{key}' is two numbers within its range, the lower first"),
    };

    private static PresetEntry Known(string preset) => FindPreset(preset)
        ?? throw new ArgumentException($"no preset '{preset}'; known: {string.Join(", ", Presets.Select(p => p.Name))}", nameof(preset));

    private static List<PresetEntry> LoadPresets()
    {
        List<PresetEntry> presets = [];
        foreach (YamlMapping file in SeedFiles.Read("parameters").OfType<YamlMapping>())
        {
            foreach (YamlEntry entry in ((YamlMapping)file["presets"]!).Entries)
            {
                YamlMapping preset = (YamlMapping)entry.Value;
                presets.Add(new(entry.Key, SeedFiles.Text(preset, "text"), Texts(preset["scenario"]), Texts(preset["parameters"]),
                    Texts(preset["mechanisms"])));
            }
        }

        return presets;
    }

    private static Dictionary<string, string> Texts(YamlNode? node) =>
        node is YamlMapping mapping ? mapping.Entries.ToDictionary(e => e.Key, e => ((YamlScalar)e.Value).Text,
            StringComparer.Ordinal) : [];
}
