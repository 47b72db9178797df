using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>
/// Keys by which arms can be compared: of courses that several arms have, of parameters and switches in which arms differ, and what is
/// varied.
/// </summary>
internal static class ArmKeys
{
    private const string NotSet = "not set";

    /// <param name="written">Blocks of the arms.</param>
    /// <param name="arms">What they came to.</param>
    /// <param name="factors">What is varied.</param>
    public static IReadOnlyList<ArmKey> Of(IReadOnlyList<MapValue> written, IReadOnlyList<ArmPlan> arms, IReadOnlyList<SweepFactor> factors)
    {
        Dictionary<string, string> varied = factors.SelectMany(f => f.Keys.SelectMany(k => RegimenExpander.CoursePaths(k).Append(k)), (f, k) => (k, f.Label))
            .DistinctBy(k => k.k).ToDictionary(k => k.k, k => k.Label, StringComparer.Ordinal);
        string?[] Labels(string path) => [.. arms.Select(a => varied.GetValueOrDefault($"arms{ScenarioPath.InBrackets(a.Name)}.{path}"))];
        ArmKey[] settings =
        [
            .. ParameterTable.All.Select(p =>
                new ArmKey($"parameters.{p.Key}", [.. arms.Select(a => Quantity.Format(a.Parameters[p.Id], Unit.Of(p.Unit)))],
                Labels($"parameters.{p.Key}"))),
            .. MechanismTable.All.Select(m =>
            new ArmKey($"mechanisms.{m.Key}", [.. arms.Select(a => a.Mechanisms.IsOn(m.Id) ? "on" : "off")],
            Labels($"mechanisms.{m.Key}"))),
            new ArmKey("changes", [.. arms.Select(Later)], Labels("changes")),
        ];
        return [.. Courses(written, Labels), .. settings.Where(s => s.Values.Distinct().Count() > 1 || s.Factors.Any(f => f is not null))];
    }

    private static IEnumerable<ArmKey> Courses(IReadOnlyList<MapValue> written, Func<string, string?[]> labels)
    {
        Dictionary<string, Dictionary<string, string>?[]> courses = new(StringComparer.Ordinal);
        for (int arm = 0; arm < written.Count; arm++)
        {
            MapValue[] members = [.. written[arm].Members("therapy")];
            string[] names = [.. members.Select(Name)];
            for (int i = 0; i < members.Length; i++)
            {
                string course = $"therapy{ScenarioPath.InBrackets(names.Count(n => n == names[i]) > 1 ? i.ToString() : names[i])}";
                courses.TryAdd(course, new Dictionary<string, string>?[written.Count]);
                courses[course][arm] = Scalars(members[i], string.Empty).ToDictionary(s => s.Key, s => s.Text, StringComparer.Ordinal);
            }
        }

        return from course in courses
               from key in course.Value.SelectMany(c => c?.Keys ?? Enumerable.Empty<string>()).Distinct()
               let path = $"{course.Key}.{key}"
               let factors = labels(path)
               where course.Value.Count(c => c is not null) > 1 || factors.Any(f => f is not null)
               select new ArmKey(path, [.. course.Value.Select(c => c is null ? null : c.GetValueOrDefault(key, NotSet))], factors);
    }

    private static string Later(ArmPlan arm) => arm.Changes.Count == 0 ? NotSet
        : "on day " + string.Join(", ", arm.Changes.Select(c => Quantity.Format(c.AtHours / 24)));

    private static string Name(MapValue course) =>
        course.Optional("drug")?.Text ?? course.Ordered.FirstOrDefault(c => c.Value is MapValue).Key ?? string.Empty;

    private static IEnumerable<(string Key, string Text)> Scalars(MapValue map, string path) =>
        map.Ordered.SelectMany(child => child.Value switch
    {
        MapValue below => Scalars(below, Validator.Join(path, child.Key)),
        ScalarValue scalar => [(Validator.Join(path, child.Key), scalar.Text)],
        _ => [],
    });
}
