using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Goes down a path and sets what it leads to; at a star, in every member that has the rest of the path.</summary>
/// <param name="source">Text of the option.</param>
/// <param name="steps">Its path.</param>
/// <param name="end">Where the path ends.</param>
/// <param name="value">Its value.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class PathWalk(SourceText source, List<PathStep> steps, int end, YamlNode value, DiagnosticSink sink)
{
    private readonly List<SetTarget> _set = [];
    private readonly List<string> _without = [];

    // Of members that lack the rest of the path: how far the best of them came, and what names stood there.
    private readonly HashSet<string> _namesThere = new(StringComparer.Ordinal);
    private int _reached = -1;
    private string _pattern = string.Empty;

    /// <summary>What became of a way down the path.</summary>
    private enum Way
    {
        Set,

        /// <summary>A member under a star does not have it.</summary>
        Absent,

        /// <summary>A mistake, which was reported.</summary>
        Wrong,
    }

    /// <summary>Sets the value in a tree.</summary>
    /// <returns>What was set, or null after an error.</returns>
    public SetTargets? Assign(YamlMapping root)
    {
        Way way = Key(root, ScenarioKeys.Root, 0, new Place(string.Empty, string.Empty, false));
        if (way != Way.Absent)
        {
            return way == Way.Set ? new SetTargets(_pattern, _set, _without) : null;
        }

        PathStep star = steps.First(s => s.IsAll), last = steps[_reached];
        string rest = source.Text[(star.Offset + 2)..end].Trim();
        Error(last,
            $"no member has '{Excerpt.Of(rest.TrimStart('.'))}'{(_namesThere.Count > 0 ? Suggestion.Clause(last.Text, _namesThere, "members") : string.Empty)}");
        return null;
    }

    // A key of a mapping.
    private Way Key(YamlMapping mapping, KeySpec spec, int at, Place place)
    {
        PathStep step = steps[at];
        if (step.IsMember)
        {
            return Error(step, $"'{spec.Name}' is no list, so it has no members in brackets");
        }

        string name = step.Text;
        int next = at + 1;
        if (spec.Key.DottedKeys)
        {
            name = source.Text[step.Offset..end].Trim();
            next = steps.Count;
        }

        if (spec.Name.Length == 0 && name is ("base" or "from"))
        {
            return Error(step, $"'{name}' cannot be set; write it into the file");
        }

        if (BlockOf(mapping, spec, name) is { } block)
        {
            return Key((YamlMapping)mapping[block.Name]!, block, at, place.Below(block.Name));
        }

        if (spec.Child(name) is not KeySpec child)
        {
            return Error(step, $"unknown key '{Excerpt.Of(name)}'{Suggestion.Clause(name, spec.ChildNames, "keys")}");
        }

        place = place.Below(name);
        if (next == steps.Count)
        {
            mapping.Set(name, Mark(step), value.Clone());
            return Found(child, place);
        }

        YamlNode? node = mapping[name];
        if (node is not null || child.Key.Kind != KeyKind.Mapping || (place.UnderStar && child.Key.MayBeAbsent))
        {
            return Descend(node, child, at, next, place);
        }

        YamlMapping made = new(Mark(step));
        Way way = Descend(made, child, at, next, place);
        if (way == Way.Set)
        {
            mapping.Set(name, Mark(step), made);
        }

        return way;
    }

    // A course of radiotherapy is called after the block that makes it one, so the block need not be named again.
    private static KeySpec? BlockOf(YamlMapping mapping, KeySpec spec, string name) =>
        spec.Key is { IdentityOptional: true, Identity: { } identity } && mapping[identity] is null
            && (spec.Key.OtherIdentity is not { } other || mapping[other] is null)
            ? spec.Children.FirstOrDefault(c => c.Key.Kind == KeyKind.Mapping && mapping[c.Name] is YamlMapping
                && c.Child(name) is not null) : null;

    private Way Descend(YamlNode? node, KeySpec spec, int at, int next, Place place) =>
        !spec.IsContainer ? Error(steps[next], $"'{steps[at].Text}' is a single value, nothing stands below it")
        : node is YamlMapping mapping ? Key(mapping, spec, next, place)
        : node is YamlSequence sequence ? Member(sequence, spec, next, place)
        : place.UnderStar && node is null ? Absent(at, [])
        : Error(steps[at], $"the scenario has no '{steps[at].Text}' with members to change");

    private Way Member(YamlSequence list, KeySpec spec, int at, Place place)
    {
        PathStep step = steps[at];
        List<string> names = [.. list.Items.Select((item, i) => MemberName.InPath(item, spec.Key) ?? i.ToString())];
        if (!step.IsMember)
        {
            return Error(step,
                $"'{spec.Name}' is a list; name the member in brackets: "
                + $"{string.Join(", ", names.Take(20).Select(n => $"{spec.Name}[{n}]"))}");
        }

        if (step.IsAll)
        {
            return Members(list, spec, at, place, names);
        }

        List<int> hits = [.. Enumerable.Range(0, names.Count).Where(i => names[i] == step.Text)];
        if (hits.Count > 1)
        {
            return Error(step,
                $"'{step.Text}' is the name of {hits.Count} members; use the index: "
                + $"{string.Join(", ", hits.Select(i => $"{spec.Name}[{i}]"))}");
        }

        int index = hits.Count == 1 ? hits[0] : int.TryParse(step.Text, out int number) && number >= 0 && number < names.Count
            ? number : -1;
        return index >= 0 ? Into(list, index, spec, at,
            place.Member(Called(names, index), place.UnderStar ? step.Text : Called(names, index)))
            : place.UnderStar ? Absent(at, names)
            : Error(step, $"'{spec.Name}' has no member '{Excerpt.Of(step.Text)}'{Suggestion.Clause(step.Text, names, "members")}");
    }

    private Way Members(YamlSequence list, KeySpec spec, int at, Place place, List<string> names)
    {
        bool any = false;
        for (int i = 0; i < names.Count; i++)
        {
            Place member = place.Star(Called(names, i));
            Way way = Into(list, i, spec, at, member);
            if (way == Way.Wrong)
            {
                return way;
            }

            any |= way == Way.Set;
            if (way == Way.Absent && !place.UnderStar)
            {
                _without.Add(member.Path);
            }
        }

        return any ? Way.Set : names.Count == 0 ? Absent(at, []) : Way.Absent;
    }

    private Way Into(YamlSequence list, int index, KeySpec spec, int at, Place place)
    {
        if (at + 1 < steps.Count)
        {
            return Descend(list.Items[index], spec, at, at + 1, place);
        }

        list.Items[index] = value.Clone();
        return Found(spec, place);
    }

    private static string Called(List<string> names, int index) => names.Count(n => n == names[index]) > 1 ? index.ToString()
        : names[index];

    private Way Found(KeySpec spec, Place place)
    {
        _pattern = place.Pattern;
        _set.Add(new SetTarget(spec, place.Path));
        return Way.Set;
    }

    private Way Absent(int at, IEnumerable<string> names)
    {
        if (at > _reached)
        {
            _reached = at;
            _namesThere.Clear();
        }

        _namesThere.UnionWith(at == _reached ? names : []);
        return Way.Absent;
    }

    private Mark Mark(PathStep step) => source.AtOffset(step.Offset);

    private Way Error(PathStep step, string message)
    {
        sink.Error(Mark(step), null, message);
        return Way.Wrong;
    }

    // Where a way is: the path with members by name, and the same with its stars.
    private readonly record struct Place(string Path, string Pattern, bool UnderStar)
    {
        public Place Below(string key) => new(Validator.Join(Path, key), Validator.Join(Pattern, key), UnderStar);

        public Place Member(string name, string written) =>
            new(Path + ScenarioPath.InBrackets(name), Pattern + ScenarioPath.InBrackets(written), UnderStar);

        public Place Star(string name) => new(Path + ScenarioPath.InBrackets(name), Pattern + "[*]", true);
    }
}
