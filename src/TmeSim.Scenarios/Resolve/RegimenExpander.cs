using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>
/// Puts the courses of a regimen where it is named, with what the entry changes, before anything is validated: what follows sees the same
/// tree as if they had been written out.
/// </summary>
internal sealed class RegimenExpander(DiagnosticSink sink)
{
    private const string Key = "regimen", Changes = "with", Beam = "radiotherapy";

    // Of the regimen as a whole; dose and interval where it has one course.
    private static readonly string[] Whole = ["start", "until", "stop", "cycles"], Single = ["dose", "every"];
    private static readonly Unit Days = Unit.Of("d");

    /// <summary>The tree with courses in place of regimens; nothing of the tree itself is changed.</summary>
    public YamlMapping Expand(YamlMapping root) =>
        root["arms"] is not YamlSequence arms || !arms.Items.OfType<YamlMapping>().Any(HasRegimen) ? root
            : With(root, "arms", List(arms, [.. arms.Items.Select(a => a is YamlMapping arm && HasRegimen(arm) ? Arm(arm) : a)]));

    /// <summary>The keys of courses that a path into a regimen decides, <c>arms[A].therapy[stride].start</c>; none for other paths.</summary>
    public static IEnumerable<string> CoursePaths(string path)
    {
        if (ScenarioPath.Parse(path, out _, out _) is not [{ Text: "arms" }, { IsMember: true } arm, { Text: "therapy" }, { IsMember: true } name, var key, .. var below]
            || RegimenLibrary.Find(name.Text) is not { } regimen)
        {
            return [];
        }

        string rest = string.Concat(below.Select(s => "." + s.Text));
        string Of(string course) => $"arms{ScenarioPath.InBrackets(arm.Text)}.therapy{ScenarioPath.InBrackets(course)}";
        return key.Text == Changes && below is [var drug, .. var keys] ? [$"{Of(drug.Text)}{string.Concat(keys.Select(s => "." + s.Text))}"]
            : key.Text == Beam ? [$"{Of(Beam)}.{Beam}{rest}"]
            : regimen.Courses.Select(RegimenLibrary.CourseName).Distinct()
                .Select(c => c == Beam && Single.Contains(key.Text) ? $"{Of(c)}.{Beam}.{key.Text}" : $"{Of(c)}.{key.Text}");
    }

    private static bool HasRegimen(YamlMapping arm) =>
        arm["therapy"] is YamlSequence therapy && therapy.Items.OfType<YamlMapping>().Any(e => e.Find(Key) is not null);

    private static YamlMapping With(YamlMapping map, string key, YamlNode value)
    {
        YamlMapping copy = new(map.Mark);
        foreach (YamlEntry entry in map.Entries)
        {
            copy.TryAdd(entry.Key, entry.KeyMark, entry.Key == key ? value : entry.Value);
        }

        return copy;
    }

    private static YamlSequence List(YamlSequence like, IEnumerable<YamlNode> items)
    {
        YamlSequence list = new(like.Mark);
        list.Items.AddRange(items);
        return list;
    }

    private YamlMapping Arm(YamlMapping arm)
    {
        string path = $"arms{ScenarioPath.InBrackets(Excerpt.Of((arm["name"] as YamlScalar)?.Text ?? string.Empty))}.therapy";
        YamlSequence therapy = (YamlSequence)arm["therapy"]!;
        return With(arm, "therapy",
            List(therapy, therapy.Items.SelectMany(e => e is YamlMapping entry && entry.Find(Key) is not null ? Courses(entry, path) : [e])));
    }

    private IEnumerable<YamlNode> Courses(YamlMapping entry, string therapy)
    {
        YamlNode named = entry[Key]!;
        if (named is not YamlScalar { IsNull: false } name)
        {
            sink.Error(named.Mark, therapy, $"the name of a regimen is wanted here; regimens: {string.Join(", ", RegimenLibrary.Names)}");
            return [];
        }

        string path = therapy + ScenarioPath.InBrackets(Excerpt.Of(name.Text));
        if (RegimenLibrary.Find(name.Text) is not { } regimen)
        {
            sink.Error(name.Mark, path,
                $"unknown regimen '{Excerpt.Of(name.Text)}'{Suggestion.Clause(name.Text, [.. RegimenLibrary.Names], "regimens")}");
            return [];
        }

        return Fits(entry, regimen, path) ? [.. regimen.Courses.Select(c => Course((YamlMapping)At(c, name.Mark), entry, regimen))] : [];
    }

    // A copy as if it stood at a place of the scenario, where its reader can change it.
    private static YamlNode At(YamlNode node, Mark mark)
    {
        if (node is not YamlMapping map)
        {
            return new YamlScalar(mark, ((YamlScalar)node).Text);
        }

        YamlMapping copy = new(mark);
        foreach (YamlEntry entry in map.Entries)
        {
            copy.TryAdd(entry.Key, mark, At(entry.Value, mark));
        }

        return copy;
    }

    // Whether the entry changes only what the regimen has.
    private bool Fits(YamlMapping entry, RegimenEntry regimen, string path)
    {
        string[] drugs = [.. regimen.Courses.Select(RegimenLibrary.CourseName).Where(c => c != Beam).Distinct()];
        bool fits = true;
        void Wrong(Mark mark, string message)
        {
            sink.Error(mark, path, message);
            fits = false;
        }

        foreach (YamlEntry key in entry.Entries.Where(e => e.Key != Key && !Whole.Contains(e.Key)))
        {
            if (key.Key == Changes)
            {
                Names(key, drugs, Wrong);
            }
            else if (key.Key == Beam)
            {
                if (regimen.Courses.All(c => c[Beam] is null) || key.Value is not YamlMapping)
                {
                    Wrong(key.KeyMark, key.Value is YamlMapping ? $"{regimen.Name} has no radiotherapy to change"
                        : "a block of keys is wanted here");
                }
            }
            else if (!Single.Contains(key.Key))
            {
                Wrong(key.KeyMark, key.Key == "drug" ? "an entry of the therapy gives a regimen or a drug; write two entries"
                    : $"unknown key '{Excerpt.Of(key.Key)}'{Suggestion.Clause(key.Key, [Key, .. Whole, .. Single, Changes, Beam], "keys")}");
            }
            else if (regimen.Courses.Count > 1)
            {
                Wrong(key.KeyMark,
                    $"{regimen.Name} has {regimen.Courses.Count} courses; write `with: {{{drugs.FirstOrDefault() ?? Beam}: {{{key.Key}: …}}}}`");
            }
        }

        return fits;
    }

    private static void Names(YamlEntry with, string[] drugs, Action<Mark, string> wrong)
    {
        if (with.Value is not YamlMapping changes)
        {
            wrong(with.Value.Mark, $"a block by drug is wanted here ({string.Join(", ", drugs)})");
            return;
        }

        foreach (YamlEntry change in changes.Entries)
        {
            if (!drugs.Contains(change.Key))
            {
                wrong(change.KeyMark, $"the regimen does not give '{Excerpt.Of(change.Key)}'{Suggestion.Clause(change.Key, drugs, "drugs")}");
            }
            else if (change.Value is not YamlMapping)
            {
                wrong(change.Value.Mark, "a block of keys is wanted here");
            }
        }
    }

    // What is said of one drug comes before what is said of the regimen, but for the start, which moves all of it.
    private static YamlMapping Course(YamlMapping course, YamlMapping entry, RegimenEntry regimen)
    {
        YamlMapping? own = (entry[Changes] as YamlMapping)?[RegimenLibrary.CourseName(course)] as YamlMapping;
        foreach (YamlEntry change in own?.Entries ?? [])
        {
            course.Set(change.Key, change.KeyMark, change.Value.Clone());
        }

        if (course[Beam] is { } beam && entry[Beam] is YamlMapping block)
        {
            course.Set(Beam, block.Mark, Overlay.Merge(beam, block.Clone(), null));
        }

        foreach (YamlEntry change in entry.Entries.Where(e => own?.Find(e.Key) is null || e.Key == "start"))
        {
            if (change.Key == "start")
            {
                course.Set(change.Key, change.KeyMark, Sum(course["start"], change.Value));
            }
            else if (change.Key is "until" or "stop" || (change.Key == "cycles" && Recurs(course, regimen)))
            {
                course.Set(change.Key, change.KeyMark, change.Value.Clone());
            }
            else if (Single.Contains(change.Key))
            {
                (course[Beam] as YamlMapping ?? course).Set(change.Key, change.KeyMark, change.Value.Clone());
            }
        }

        return course;
    }

    // A number of cycles is one of courses that recur; where none does, the mistake is said of it.
    private static bool Recurs(YamlMapping course, RegimenEntry regimen) =>
        course[Beam] is null && (course["every"] is not null || regimen.Courses.All(c => c["every"] is null));

    private static YamlNode Sum(YamlNode? within, YamlNode start) =>
        within is YamlScalar a && start is YamlScalar b && Quantity.TryRead(a.Text, Days, out double first, out _)
            && Quantity.TryRead(b.Text, Days, out double second, out _)
            ? new YamlScalar(start.Mark, Quantity.Format(first + second, Days)) : start.Clone();
}
