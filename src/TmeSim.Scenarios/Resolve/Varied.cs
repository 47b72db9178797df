using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>What the entries of <c>vary:</c> lead to in a scenario.</summary>
internal sealed class Varied(YamlMapping tree, IReadOnlySet<string> ownDrugs, string? directory, DiagnosticSink sink)
{
    private const int NamesShown = 6;

    // Keys of output, of names, and of the sweep itself: a point cannot change them.
    private static readonly string[] Fixed = ["schema", "name", "base", "from", "preset", "replicates", "sweep", "calibrate", "cohort", "trial", "figures", "data",
        "time.record_every", "time.snapshot_every"];

    // Keys that patients of a trial share beside all times.
    private static readonly string[] OfTheTrial = ["tissue.spacing", "tissue.dimensions", "fields.signal_spacing"];

    // A path is tried on a copy, once for each key; what it cannot lead into need not be copied.
    private readonly YamlMapping _tried = SweepSpace.Without(tree, ["sweep", "calibrate", "cohort"]);

    public SweepSpace Space(IReadOnlyList<SweepFactor> factors) => new(tree, ownDrugs, directory, [.. factors.Select(f => f.Keys)]);

    /// <summary>The keys of an entry, or null after an error.</summary>
    /// <param name="name">Path as written, or the name of a variable whose entry lists its keys.</param>
    /// <param name="entry">Block of the entry.</param>
    public TiedKeys? Find(string name, MapValue entry)
    {
        if (entry["keys"] is not ListValue written)
        {
            return Tie(name, false, [(name, Path(name, entry.Mark, entry.Path))], entry.Mark, entry.Path);
        }

        if (name.Trim().Length == 0)
        {
            sink.Error(entry.Mark, entry.Path, "the variable has no name");
            return null;
        }

        if (Try(name) is { Targets: not null })
        {
            sink.Error(entry.Mark, entry.Path,
                $"'{Excerpt.Of(name)}' is a key itself, so it cannot be the name of others; call the variable otherwise");
            return null;
        }

        if (entry.Optional("label") is { } label)
        {
            sink.Error(label.Mark, label.Path, "a variable is shown by its name; remove 'label'");
            return null;
        }

        return !written.IsGood || written.Items.Count == 0 ? null
            : Tie(name, true, [.. written.Scalars.Select(s => (s.Text, Path(s.Text, s.Mark, s.Path)))], written.Mark, written.Path);
    }

    /// <summary>The same for what differs between patients: times and lattice are those of the trial.</summary>
    /// <inheritdoc cref="Find"/>
    public TiedKeys? FindTrait(string name, MapValue entry)
    {
        TiedKeys? target = Find(name, entry);
        if (target?.Keys.FirstOrDefault(k => k.StartsWith("time.", StringComparison.Ordinal) || OfTheTrial.Contains(k)) is { } shared)
        {
            sink.Error(entry.Mark, entry.Path, $"'{shared}' is the same for all patients of a trial");
            return null;
        }

        return target;
    }

    // All paths were looked at before one of them ends it, so that every mistake is said.
    private TiedKeys? Tie(string entry, bool variable, List<(string Written, SetTargets? Found)> paths, Mark mark, string where)
    {
        if (paths.Any(p => p.Found is null))
        {
            return null;
        }

        SetTarget[] all = [.. paths.SelectMany(p => p.Found!.All)];
        if (all.GroupBy(t => t.Path).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            sink.Error(mark, where, $"'{twice.Key}' is named twice");
            return null;
        }

        string path = !variable ? paths[0].Found!.Pattern : string.Join(" = ", all.Select(t => t.Path));
        return Common(all, entry, mark, where) is { } spec
            ? new TiedKeys(entry, path, variable, [.. all.Select(t => t.Path)], [.. paths.SelectMany(p => p.Found!.Without).Distinct()],
            spec) : null;
    }

    // One value has to fit all: kinds, units and words are the same, and the range is what the ranges share.
    private KeySpec? Common(SetTarget[] all, string entry, Mark mark, string where)
    {
        ScenarioKey first = all[0].Spec.Key, common = first;
        foreach (SetTarget other in all.Skip(1))
        {
            ScenarioKey key = other.Spec.Key;
            if (key.Kind != first.Kind || !key.Units.SequenceEqual(first.Units) || !key.Choices.SequenceEqual(first.Choices)
                || !key.Conditions.SequenceEqual(first.Conditions))
            {
                sink.Error(mark, where,
                    $"'{all[0].Path}' takes {Takes(first)} and '{other.Path}' {Takes(key)}; keys that are varied together take the same "
                    + "values");
                return null;
            }

            common = common with
            {
                Min = Math.Max(common.Min, key.Min), Max = Math.Min(common.Max, key.Max),
                MinExclusive = key.Min > common.Min ? key.MinExclusive : key.Min < common.Min ? common.MinExclusive : common.MinExclusive
                || key.MinExclusive,
            };
        }

        if (common.Min > common.Max)
        {
            sink.Error(mark, where, $"no value fits all keys of '{Excerpt.Of(entry)}'");
            return null;
        }

        return common == first ? all[0].Spec : new KeySpec(all[0].Spec.Name, common);
    }

    private static string Takes(ScenarioKey key)
    {
        string[] words = key.Kind == KeyKind.Switch ? ["on", "off"] : [.. key.Choices];
        string[] units = [.. key.Units.Select(u => u == "1" ? key.IsWhole ? "whole numbers" : "numbers without a unit" : u)];
        return key.Kind == KeyKind.Text ? "text" : string.Join(" or ", units.Concat(words.Take(NamesShown)));
    }

    private (SetTargets? Targets, Diagnostic? Error) Try(string path)
    {
        DiagnosticSink own = new();
        SetTargets? found = new SetApplier((YamlMapping)_tried.Clone(), own, "path").Apply($"{path}=0", 1);
        return (found, found is null ? own.Sorted()[0] : null);
    }

    // The scalar keys that a path leads to, or null after an error at the mark.
    private SetTargets? Path(string path, Mark mark, string where)
    {
        (SetTargets? found, Diagnostic? error) = Try(path);
        if (found is null)
        {
            sink.Error(mark, where, $"'{Excerpt.Of(path)}': {error!.Message}");
            return null;
        }

        KeySpec spec = found.All[0].Spec;
        ScenarioKey key = spec.Key;
        string? why = key.Kind is KeyKind.Mapping or KeyKind.List ? "is a block, not a single value"
            : key.Kind is KeyKind.QuantityList or KeyKind.TextList ? "is a list, not a single value"
            : Fixed.Any(f => key.Path == f || key.Path.StartsWith(f + ".", StringComparison.Ordinal)
                || key.Path.StartsWith(f + "[", StringComparison.Ordinal)) || (spec.Name == "name" && key.Path != "reference.name")
                ? "decides what is written or how things are called, not what is simulated" : null;
        if (why is not null)
        {
            sink.Error(mark, where,
                $"'{Excerpt.Of(path)}' {why}, so it cannot be "
                + $"varied{(key.Kind == KeyKind.Mapping ? $"; keys below it: {string.Join(", ", spec.ChildNames.Take(20))}" : string.Empty)}");
            return null;
        }

        return found;
    }
}
