using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>What the paths of varied keys lead to in a scenario.</summary>
internal sealed class Varied(YamlMapping tree, IReadOnlySet<string> ownDrugs, string? directory, DiagnosticSink sink)
{
    // Keys of output, of names, and of the sweep itself: a point cannot change them.
    private static readonly string[] Fixed = ["schema", "name", "base", "preset", "replicates", "sweep", "calibrate", "figures", "data", "time.record_every", "time.snapshot_every"];

    // A path is tried on a copy, once for each key; what it cannot lead into need not be copied.
    private readonly YamlMapping _tried = SweepSpace.Without(tree, ["sweep", "calibrate"]);

    public SweepSpace Space(IReadOnlyList<SweepFactor> factors) => new(tree, ownDrugs, directory, [.. factors.Select(f => f.Path)]);

    /// <summary>The scalar key that a path leads to, or null after an error at <paramref name="mark"/>.</summary>
    public SetTarget? Find(string path, Mark mark, string where)
    {
        DiagnosticSink own = new();
        YamlMapping copy = (YamlMapping)_tried.Clone();
        SetTarget? target = new SetApplier(copy, own, "path").Apply($"{path}=0", 1);
        if (target is null)
        {
            Diagnostic first = own.Sorted()[0];
            sink.Error(mark, where, $"'{Validator.Short(path)}': {first.Message}");
            return null;
        }

        ScenarioKey key = target.Spec.Key;
        string? why = key.Kind is KeyKind.Mapping or KeyKind.List ? "is a block, not a single value"
            : key.Kind is KeyKind.QuantityList or KeyKind.TextList ? "is a list, not a single value"
            : Fixed.Any(f => key.Path == f || key.Path.StartsWith(f + ".", StringComparison.Ordinal) || key.Path.StartsWith(f + "[", StringComparison.Ordinal)) || target.Spec.Name == "name"
                ? "decides what is written or how things are called, not what is simulated" : null;
        if (why is not null)
        {
            sink.Error(mark, where, $"'{Validator.Short(path)}' {why}, so it cannot be varied{(key.Kind == KeyKind.Mapping ? $"; keys below it: {string.Join(", ", target.Spec.ChildNames.Take(20))}" : string.Empty)}");
            return null;
        }

        return target;
    }
}
