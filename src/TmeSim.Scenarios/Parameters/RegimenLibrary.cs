using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>A regimen of the library: courses that are given together, as one name.</summary>
/// <param name="Name">Name in scenarios.</param>
/// <param name="Text">What it is, one line.</param>
/// <param name="Source">Where its doses and times come from.</param>
/// <param name="Grade">How they are known.</param>
public sealed record RegimenEntry(string Name, string Text, string Source, Grade Grade)
{
    /// <summary>Entries of <c>therapy:</c> as a scenario would write them.</summary>
    internal IReadOnlyList<YamlMapping> Courses { get; init; } = [];
}

/// <summary>The regimens that come with TmeSim (seeds/regimens).</summary>
public static class RegimenLibrary
{
    private static readonly Lazy<IReadOnlyList<RegimenEntry>> Entries = new(() => [.. SeedFiles.Read("regimens").Select(Entry)]);

    /// <summary>All regimens by name.</summary>
    public static IReadOnlyList<RegimenEntry> All => Entries.Value;

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(r => r.Name);

    /// <summary>The regimen of this name, or null.</summary>
    public static RegimenEntry? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    /// <summary>What a course is called: its drug, or radiotherapy.</summary>
    internal static string CourseName(YamlMapping course) => (course["drug"] as YamlScalar)?.Text ?? "radiotherapy";

    /// <summary>A course in a few words, <c>durvalumab 1500 mg every 4 weeks</c>.</summary>
    internal static string InWords(YamlMapping course)
    {
        string? Word(string key) => ((course["radiotherapy"] as YamlMapping ?? course)[key] as YamlScalar)?.Text;
        string? Time(string key) => (course[key] as YamlScalar)?.Text;
        string fractions = Word("fractions") is { } n ? $" {n} x" : string.Empty;
        string every = Word("every") is { } interval ? $" every {interval}" : fractions.Length > 0 ? " every 1 d" : " once";
        return $"{CourseName(course)}{fractions} {Word("dose")}{every}{(Time("cycles") is { } cycles ? $", {cycles} times" : string.Empty)}"
            + $"{(Time("start") is { } start ? $", from {start} on" : string.Empty)}";
    }

    private static RegimenEntry Entry(YamlNode file) => new(
        SeedFiles.Text(file, "name"), SeedFiles.Text(file, "text"), SeedFiles.Text(file, "source"),
        Enum.Parse<Grade>(SeedFiles.Text(file, "grade"), ignoreCase: true))
    {
        Courses = ((YamlMapping)file)["therapy"] is YamlSequence { Items.Count: > 0 } courses ? [.. courses.Items.Cast<YamlMapping>()]
            : throw SeedFiles.Fault(file, "'therapy' is missing"),
    };
}
