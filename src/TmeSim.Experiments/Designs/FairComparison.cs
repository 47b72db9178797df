using System.Globalization;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Designs;

/// <summary>
/// What besides their therapy sets the arms of a sweep apart: keys that are varied in some of them alone, and keys that several have with
/// different values. Whoever compares arms over a varied key has to know.
/// </summary>
internal static class FairComparison
{
    private const int MaxArms = 3;
    private const int MaxKeys = 4;

    /// <summary>One sentence; empty when there is nothing to say.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="arms">Names of the arms.</param>
    public static string Of(SweepPlan plan, IReadOnlyList<string> arms)
    {
        string[] parts = [.. plan.Factors.Select(f => Partial(plan, f, arms)).OfType<string>(), .. Different(plan, arms)];
        return parts.Length == 0 ? "" : $"In comparing arms, mind: {string.Join("; ", parts)}.";
    }

    // A factor that reaches some arms alone, and what its keys are in the others.
    private static string? Partial(SweepPlan plan, SweepFactor factor, IReadOnlyList<string> arms)
    {
        if (arms.Count < 2 || factor.Keys.Any(k => !k.StartsWith("arms[", StringComparison.Ordinal)))
        {
            return null;
        }

        ArmKey[] keys = [.. plan.ArmKeys.Where(k => k.Factors.Contains(factor.Label))];
        bool[] touched = [.. arms.Select((_, a) => keys.Any(k => k.Factors[a] == factor.Label))];
        if (touched.All(t => t))
        {
            return null;
        }

        string[] fixedAt =
        [
            .. keys.SelectMany(k => Enumerable.Range(0, arms.Count).Where(a => !touched[a] && k.Values[a] is not null)
                .Select(a => (Value: k.Values[a]!, Arm: arms[a])))
                .GroupBy(v => v.Value, v => v.Arm).Select(g => $"{g.Key} in {Names([.. g.Distinct()])}"),
        ];
        string stays = fixedAt.Length == 0 ? "" : $" (it stays {string.Join(", ", fixedAt.Take(MaxKeys))})";
        return $"{factor.Label} varies in {Names([.. arms.Where((_, a) => touched[a])])} alone{stays}";
    }

    private static IEnumerable<string> Different(SweepPlan plan, IReadOnlyList<string> arms)
    {
        ArmKey[] keys = [.. plan.ArmKeys.Where(k => k.Factors.All(f => f is null) && k.Values.OfType<string>().Distinct().Count() > 1)];
        foreach (ArmKey key in keys.Take(MaxKeys))
        {
            var values = Enumerable.Range(0, arms.Count).Where(a => key.Values[a] is not null).GroupBy(a => key.Values[a]!, a => arms[a]);
            yield return $"{Name(key.Path)} is {string.Join(", ", values.Select(v => $"{v.Key} in {Names([.. v])}"))}";
        }

        if (keys.Length > MaxKeys)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{keys.Length - MaxKeys} more keys that are not varied differ");
        }
    }

    // therapy[radiotherapy].radiotherapy.coverage: radiotherapy coverage.
    private static string Name(string path)
    {
        int dot = path.IndexOf("].", StringComparison.Ordinal);
        return !path.StartsWith("therapy[", StringComparison.Ordinal) ? path[(path.IndexOf('.') + 1)..]
            : $"{path["therapy[".Length..dot].Trim('"')} {path[(path.LastIndexOf('.') + 1)..]}";
    }

    private static string Names(IReadOnlyList<string> arms) =>
        arms.Count > MaxArms ? string.Create(CultureInfo.InvariantCulture, $"{arms.Count} arms") : arms.Count == 1 ? arms[0]
            : $"{string.Join(", ", arms.SkipLast(1))} and {arms[^1]}";
}
