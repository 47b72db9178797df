using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Resolve;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios;

/// <summary>A scenario with keys to fill in: gives the scenario of any point. Thread-safe.</summary>
public sealed class SweepSpace
{
    // What a point cannot change, and what does not change a point.
    private static readonly string[] LeftOut = ["sweep", "calibrate", "cohort", "figures", "data"];

    private readonly YamlMapping _root;
    private readonly IReadOnlySet<string> _ownDrugs;
    private readonly string? _directory;
    private readonly IReadOnlyList<IReadOnlyList<string>> _keys;

    internal SweepSpace(YamlMapping root, IReadOnlySet<string> ownDrugs, string? directory, IReadOnlyList<IReadOnlyList<string>> keys)
    {
        _root = Without(root, LeftOut);
        _ownDrugs = ownDrugs;
        _directory = directory;
        _keys = keys;
    }

    /// <summary>The scenario of a point, checked as any other; without figures, data and resolved YAML.</summary>
    /// <param name="values">One text per factor, as <see cref="FactorLevel.Text"/>; all keys of a factor take it. An empty text leaves the scenario's own
    /// value.</param>
    /// <param name="name">What the point is called in diagnostics.</param>
    public ScenarioResult At(IReadOnlyList<string> values, string name = "point")
    {
        DiagnosticSink sink = new();
        YamlMapping root = (YamlMapping)_root.Clone();
        SetApplier applier = new(root, sink, name);
        for (int i = 0; i < _keys.Count; i++)
        {
            if (values[i].Length == 0)
            {
                continue;
            }

            foreach (string key in _keys[i])
            {
                applier.Apply($"{key}={values[i]}", i + 1);
            }
        }

        root = ReferenceLibrary.Below(root);
        ScenarioDefinition definition = new DefinitionBuilder(ScenarioReader.Validated(root, sink), _ownDrugs, _directory, [], sink) { IsPoint = true }.Build();
        return new(sink.HasErrors ? null : definition, sink.Sorted());
    }

    /// <summary>A copy that leaves out some of the top keys.</summary>
    internal static YamlMapping Without(YamlMapping root, string[] keys)
    {
        YamlMapping copy = new(root.Mark);
        foreach (YamlEntry entry in root.Entries.Where(e => !keys.Contains(e.Key)))
        {
            copy.TryAdd(entry.Key, entry.KeyMark, entry.Value.Clone());
        }

        return copy;
    }
}
