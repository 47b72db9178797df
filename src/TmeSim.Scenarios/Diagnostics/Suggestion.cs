namespace TmeSim.Scenarios.Diagnostics;

/// <summary>Finds the known name that a misspelt one probably meant.</summary>
public static class Suggestion
{
    private const int LongestName = 64;

    /// <summary>The nearest of <paramref name="known"/> within a third of the length (at least one edit), or null.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) => AllNearest(name, known) is [string first, ..] ? first : null;

    /// <summary>All of <paramref name="known"/> at the distance of the nearest, in their order; empty when none is near.</summary>
    public static IReadOnlyList<string> AllNearest(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
        {
            return [];
        }

        string lower = name.ToLowerInvariant();
        int limit = Math.Max(1, name.Length / 3);
        List<string> best = [];
        int bestDistance = limit;
        foreach (string candidate in known)
        {
            int distance = Distance(lower, candidate.ToLowerInvariant(), bestDistance + 1);
            if (distance < bestDistance)
            {
                best.Clear();
                bestDistance = distance;
            }

            if (distance == bestDistance)
            {
                best.Add(candidate);
            }
        }

        return best;
    }

    /// <summary>"; did you mean X?" or, without a near name, the known ones if they are few.</summary>
    public static string Clause(string name, IReadOnlyCollection<string> known, string what = "known")
    {
        if (Nearest(name, known) is string near)
        {
            return $"; did you mean '{near}'?";
        }

        const int few = 24;
        return known.Count switch
        {
            0 => string.Empty,
            <= few => $"; {what}: {string.Join(", ", known)}",
            _ => $"; {what}: {string.Join(", ", known.Take(few))} … ({known.Count} in all)",
        };
    }

    // Damerau-Levenshtein (optimal string alignment), cut off at the limit.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        int[] before = new int[b.Length + 1];
        int[] previous = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int value = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    value = Math.Min(value, before[j - 2] + 1);
                }

                current[j] = value;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }
}
