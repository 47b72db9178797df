using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>
/// Makes the scenario of a branch: that of the run with one arm of it, once or several times, with further courses, ends of courses, and changes
/// of parameters and switches from a time on. Everything before that time is as it was, so states of the run are states of the branch.
/// </summary>
internal sealed class BranchTree(ScenarioBranch branch, DiagnosticSink sink)
{
    private static readonly string[] OfArm = ["therapy", "stop", "parameters", "mechanisms"];
    private static readonly string[] Allowed = [.. OfArm, "arms", "drugs", "figures", "time", "name", "schema"];

    // Blocks that are about other arms, or many runs.
    private static readonly string[] Dropped = ["from", "sweep", "calibrate", "cohort", "trial", "figures", "data"];
    private readonly Dictionary<YamlMapping, int> _arms = [];
    private readonly Dictionary<int, Mark> _therapies = [];
    private int _drugCourses, _beams;

    /// <summary>The tree of the branch; null after an error.</summary>
    /// <param name="root">Scenario of the run.</param>
    /// <param name="changes">What changes; null for nothing.</param>
    /// <param name="at">Place of that text.</param>
    public YamlMapping? Merge(YamlMapping root, YamlNode? changes, Mark at)
    {
        YamlMapping? arm = (root["arms"] as YamlSequence)?.Items.OfType<YamlMapping>().FirstOrDefault(a => (a["name"] as YamlScalar)?.Text == branch.Arm);
        if (arm is null)
        {
            string[] known = [.. (root["arms"] as YamlSequence)?.Items.OfType<YamlMapping>().Select(a => (a["name"] as YamlScalar)?.Text).OfType<string>() ?? []];
            sink.Error(at, "arm", $"the run has no arm '{Excerpt.Of(branch.Arm)}'{Suggestion.Clause(branch.Arm, known, "arms")}");
            return null;
        }

        if (changes is not (null or YamlMapping))
        {
            sink.Error(changes.Mark, null, "a branch is a block of keys: " + string.Join(", ", Allowed));
            return null;
        }

        Count(arm);
        YamlMapping merged = (YamlMapping)root.Clone(), scenario = new(merged.Mark);
        foreach (YamlEntry entry in merged.Entries.Where(e => !Dropped.Contains(e.Key)))
        {
            scenario.TryAdd(entry.Key, entry.KeyMark, entry.Value);
        }

        scenario.Set("name", at, new YamlScalar(at, $"{(root["name"] as YamlScalar)?.Text} from {branch.At}", quoted: true));
        YamlSequence arms = new(at);
        scenario.Set("arms", at, arms);
        YamlEntry? listed = (changes as YamlMapping)?.Find("arms");
        if (listed is null)
        {
            Add(arms, arm, new YamlScalar(at, branch.NewName, quoted: true));
        }
        else if (listed.Value is YamlSequence { Items.Count: > 0 } list)
        {
            list.Items.ForEach(item => Listed(scenario, arms, arm, item));
        }
        else
        {
            sink.Error(listed.KeyMark, "arms", $"`arms` of a branch is a list of arms, each with a name and what changes of {Excerpt.Of(branch.Arm)}");
            return null;
        }

        foreach (YamlEntry entry in ((changes as YamlMapping)?.Entries ?? []).Where(e => e != listed))
        {
            if (listed is not null && OfArm.Contains(entry.Key))
            {
                sink.Error(entry.KeyMark, entry.Key, $"`{entry.Key}` is one of an arm: write it into those of `arms:` that have it");
            }
            else
            {
                Change(scenario, arms.Items[0] as YamlMapping ?? scenario, entry);
            }
        }

        return scenario;
    }

    /// <summary>Further courses begin at the time of the branch or later.</summary>
    public void Check(IReadOnlyList<ArmPlan> arms)
    {
        foreach ((int i, ArmPlan arm) in arms.Index())
        {
            foreach ((string name, double start) in (IEnumerable<(string, double)>)
                [.. arm.Therapy.Skip(_drugCourses).Select(c => (c.Drug.Name, c.StartHours)), .. arm.Radiation.Skip(_beams).Select(c => ("radiotherapy", c.StartHours))])
            {
                if (start < branch.AtHours - 1e-6)
                {
                    sink.Error(_therapies[i], "therapy", $"{name} starts on day {Quantity.Format(start / 24)}, before the branch at {branch.At}; "
                        + "starts count from t = 0 of the run, and a course without one starts with the branch");
                }
            }
        }
    }

    private YamlMapping Add(YamlSequence arms, YamlMapping arm, YamlScalar name)
    {
        YamlMapping next = (YamlMapping)arm.Clone();
        next.Set("name", name.Mark, name);
        _arms[next] = arms.Items.Count;
        arms.Items.Add(next);
        return next;
    }

    private void Listed(YamlMapping scenario, YamlSequence arms, YamlMapping arm, YamlNode item)
    {
        if (item is not YamlMapping map || map["name"] is not YamlScalar { IsNull: false } name)
        {
            sink.Error(item.Mark, "arms", "an arm of a branch is a block with a name");
            return;
        }

        YamlMapping next = Add(arms, arm, name);
        foreach (YamlEntry entry in map.Entries.Where(e => e.Key != "name"))
        {
            if (OfArm.Contains(entry.Key))
            {
                Change(scenario, next, entry);
            }
            else
            {
                sink.Error(entry.KeyMark, "arms", $"an arm of a branch has no key '{Excerpt.Of(entry.Key)}'{Suggestion.Clause(entry.Key, ["name", .. OfArm], "keys")}");
            }
        }
    }

    private void Count(YamlMapping arm)
    {
        foreach (YamlMapping course in (arm["therapy"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            _ = course.Find("radiotherapy") is null ? _drugCourses++ : _beams++;
        }
    }

    private void Change(YamlMapping scenario, YamlMapping arm, YamlEntry entry)
    {
        switch (entry)
        {
            case { Key: "therapy", Value: YamlSequence courses }:
                _therapies[_arms[arm]] = entry.KeyMark;
                List(arm, "therapy", entry.KeyMark).Items.AddRange(courses.Items.Select(Started));
                break;
            case { Key: "stop", Value: YamlSequence names }:
                names.Items.ForEach(name => Stop(arm, name));
                break;
            case { Key: "parameters" or "mechanisms", Value: YamlMapping }:
                LaterSettings(arm, entry.KeyMark).Set(entry.Key, entry.KeyMark, entry.Value);
                break;
            case { Key: "name" or "schema", Value: YamlScalar }:
                scenario.Set(entry.Key, entry.KeyMark, entry.Value);
                break;
            case { Key: "drugs", Value: YamlSequence drugs }:
                List(scenario, "drugs", entry.KeyMark).Items.AddRange(drugs.Items);
                break;
            case { Key: "figures", Value: YamlSequence }:
                scenario.Set("figures", entry.KeyMark, entry.Value);
                break;
            case { Key: "time", Value: YamlMapping { Entries: [{ Key: "duration" } duration] } } when scenario["time"] is YamlMapping time:
                time.Set("duration", duration.KeyMark, duration.Value);
                break;
            default:
                Refuse(entry);
                break;
        }
    }

    private void Refuse(YamlEntry entry) => sink.Error(
        entry.KeyMark,
        entry.Key,
        entry.Key == "time" ? "a branch can change `time: {duration: …}` alone: step, burn-in and rows are those of the run"
        : Allowed.Contains(entry.Key) ? $"`{entry.Key}` of a branch is {(entry.Key is "parameters" or "mechanisms" ? "a block of keys" : entry.Key is "name" or "schema" ? "a word" : "a list")}"
        : ScenarioKeys.Root.Child(entry.Key) is null ? $"a branch has no key '{Excerpt.Of(entry.Key)}'{Suggestion.Clause(entry.Key, Allowed, "keys")}"
        : $"'{entry.Key}' cannot change at {branch.At}: the state there was made with it. A branch can have {string.Join(", ", Allowed)}; run a scenario of its own for the rest");

    private YamlNode Started(YamlNode course)
    {
        if (course is YamlMapping map && map.Find("start") is null)
        {
            YamlMapping started = (YamlMapping)map.Clone();
            started.TryAdd("start", map.Mark, new YamlScalar(map.Mark, branch.At));
            return started;
        }

        return course;
    }

    private void Stop(YamlMapping arm, YamlNode name)
    {
        string text = (name as YamlScalar)?.Text ?? string.Empty;
        YamlMapping[] courses = [.. ((arm["therapy"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
            .Where(c => c.Find("radiotherapy") is null ? (c["drug"] as YamlScalar)?.Text == text : text == "radiotherapy")];
        if (courses.Length == 0)
        {
            sink.Error(name.Mark, "stop", $"{branch.Arm} has no course of '{Excerpt.Of(text)}' that could stop");
        }

        foreach (YamlMapping course in courses)
        {
            course.Set("stop", name.Mark, new YamlScalar(name.Mark, branch.At));
        }
    }

    // The settings of the branch are one change of the arm, whichever of the two keys comes first.
    private YamlMapping LaterSettings(YamlMapping arm, Mark mark)
    {
        YamlSequence changes = List(arm, "changes", mark);
        if (changes.Items.Count > 0 && changes.Items[^1] is YamlMapping last && last["at"] is YamlScalar { Text: var at } && at == branch.At)
        {
            return last;
        }

        YamlMapping change = new(mark);
        change.TryAdd("at", mark, new YamlScalar(mark, branch.At));
        changes.Items.Add(change);
        return change;
    }

    private static YamlSequence List(YamlMapping map, string key, Mark mark)
    {
        if (map[key] is not YamlSequence)
        {
            map.Set(key, mark, new YamlSequence(mark));
        }

        return (YamlSequence)map[key]!;
    }
}
