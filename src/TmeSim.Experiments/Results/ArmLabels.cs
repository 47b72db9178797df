using TmeSim.Scenarios;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Names of the arms of several runs in tables and figures. An arm whose name no other has keeps it. Arms of one name get before it what
/// tells their runs apart: the words in which the names of the scenarios differ, where these are the same up to two keys with their values,
/// else the beginning of the run's hash.
/// </summary>
internal static class ArmLabels
{
    private const int MaxKeys = 2;
    private const int LongestKeys = 40;
    private static readonly string[] Articles = ["a", "an", "the"];

    // Keys that do not touch what is simulated.
    private static readonly string[] Beside = ["name", "figures", "data", "replicates", "sweep", "calibrate", "time.record_every",
        "time.snapshot_every"];

    /// <summary>One label per arm, all different.</summary>
    /// <param name="arms">Run and name of each arm.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(ScenarioRun Run, string Name)> arms)
    {
        string[] labels = [.. arms.Select(a => a.Name)];
        var alike = arms.Index().GroupBy(a => a.Item.Name).Where(g => g.Count() > 1).ToArray();
        ScenarioRun[] runs = [.. alike.SelectMany(g => g.Select(a => a.Item.Run)).Distinct()];
        string[] names = [.. runs.Select(r => r.Scenario.Name).Distinct()];
        Dictionary<string, string> words = names.Zip(Differing(names)).ToDictionary(p => p.First, p => p.Second);
        foreach (var group in alike)
        {
            foreach (var same in group.GroupBy(a => a.Item.Run.Scenario.Name))
            {
                string[] keys = same.Count() == 1 ? [""] : Differing([.. same.Select(a => a.Item.Run)], group.Key);
                foreach (((int at, _), string key) in same.Zip(keys))
                {
                    string run = string.Join(", ", ((string[])[names.Length > 1 ? words[same.Key] : "", key]).Where(t => t.Length > 0));
                    labels[at] = $"{run}: {group.Key}";
                }
            }
        }

        return [.. labels.Select((label, i) => labels.Count(l => l == label) == 1 ? label : $"{label} ({Hash(arms[i].Run)})")];
    }

    /// <summary>Of names that are all different, the words that differ: without those that all begin or end with.</summary>
    internal static string[] Differing(IReadOnlyList<string> names)
    {
        if (names.Count < 2)
        {
            return [.. names];
        }

        string[][] words = [.. names.Select(n => n.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int shortest = words.Min(w => w.Length), first = 0, last = 0;
        while (first < shortest && words.All(w => w[first] == words[0][first]))
        {
            first++;
        }

        while (last < shortest - first && words.All(w => w[^(last + 1)] == words[0][^(last + 1)]))
        {
            last++;
        }

        string[] rest = [.. words.Select(w => Text(w[first..^last]))];

        // A name that says nothing more than the others, or the same but for an article, is told whole.
        return [.. rest.Select((text, i) => text.Length > 0 && rest.Count(t => t == text) == 1 ? text : names[i])];
    }

    private static string Text(string[] words) =>
        string.Join(' ', words.Length > 1 && Articles.Contains(words[0], StringComparer.OrdinalIgnoreCase) ? words[1..] : words)
            .Trim(',', ';', ':', '-', '–', '.', ' ');

    // Runs whose scenarios have one name: the keys in which they differ, by run.
    private static string[] Differing(ScenarioRun[] runs, string arm)
    {
        IReadOnlyDictionary<string, string>[] keys = [.. runs.Select(r => ResolvedKeys.Of(r.Scenario.ResolvedYaml))];
        string[] differing =
        [
            .. keys.SelectMany(k => k.Keys).Distinct()
                .Where(k => Counts(k, arm) && keys.Select(run => run.GetValueOrDefault(k)).Distinct().Count() > 1),
        ];
        string[] texts = [.. keys.Select(run =>
            string.Join(", ", differing.Select(k => $"{k[(k.LastIndexOf('.') + 1)..]} {run.GetValueOrDefault(k, "–")}")))];
        bool fits = differing.Length is > 0 and <= MaxKeys && texts.All(t => t.Length <= LongestKeys)
            && texts.Distinct().Count() == texts.Length;
        return fits ? texts : [.. runs.Select(Hash)];
    }

    private static bool Counts(string key, string arm) =>
        !Beside.Any(b => key == b || key.StartsWith(b + ".", StringComparison.Ordinal) || key.StartsWith(b + "[", StringComparison.Ordinal))
        && (!key.StartsWith("arms[", StringComparison.Ordinal) || key.StartsWith($"arms[{arm}]", StringComparison.Ordinal));

    private static string Hash(ScenarioRun run) => run.Run.Manifest.IdentityHash[..6];
}
