using System.Buffers;
using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>Reads claims from lists of records; the form is that of seeds/README.md.</summary>
internal static class EvidenceReader
{
    private const int LongestId = 40;

    private static readonly string[] Keys = ["id", "claim", "numbers", "source", "shows", "population", "strength", "role", "scope",
        "tests"];
    private static readonly string[] TestKeys = ["what", "scenario", "value", "trial", "endpoint", "contrast", "biomarker", "arm",
        "subgroup",
        "expect", "tolerance", "why", "replicates", "patients", "broken_by", "switches"];

    private static readonly string[] TermKeys = ["plain", "ln", "plus", "arm", "lesion", "at", "from", "to", "times", "scenario"];
    private static readonly SearchValues<char> IdSigns = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly Unit Days = Unit.Of("d");

    /// <summary>Claims of a file.</summary>
    /// <param name="file">Its root, a list.</param>
    /// <param name="topic">Its name.</param>
    /// <exception cref="InvalidOperationException">A record is not of the form; the message says where.</exception>
    public static IEnumerable<EvidenceEntry> Read(YamlNode file, string topic)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (YamlNode item in (file as YamlSequence ?? throw SeedFiles.Fault(file, "a list of claims is wanted")).Items)
        {
            Only(item, Keys);
            string id = Id(item);
            if (!ids.Add(id))
            {
                throw SeedFiles.Fault(item, $"the id '{id}' stands twice in this file");
            }

            string scope = SeedFiles.Text(item, "scope");
            EvidenceRole role = Word<EvidenceRole>(item, "role");
            EvidenceTest[] tests = [.. Items(item, "tests").Select(Test)];
            string outside = scope == "in" ? "" : scope.StartsWith("out:", StringComparison.Ordinal) && scope.Length > 8 ? scope[4..].Trim()
                : throw SeedFiles.Fault(item, "'scope' is `in`, or `out: ` and the reason");
            if (tests.Length > 0 == (role == EvidenceRole.Context || outside.Length > 0))
            {
                throw SeedFiles.Fault(item, tests.Length > 0 ? "what is context or out of scope has no tests"
                    : "a claim in scope needs tests, or the role `context`");
            }

            yield return new EvidenceEntry(id, topic, SeedFiles.Text(item, "claim"),
                SeedFiles.Text(item, "numbers"),
                SeedFiles.Text(item, "source"), SeedFiles.Text(item, "shows"))
            {
                Population = SeedFiles.Text(item, "population"), Strength = Word<EvidenceStrength>(item, "strength"), Role = role,
                OutOfScope = outside, Tests = tests,
            };
        }
    }

    private static string Id(YamlNode item)
    {
        string id = SeedFiles.Text(item, "id");
        return id.Length is > 0 and <= LongestId && !id.AsSpan().ContainsAnyExcept(IdSigns) ? id
            : throw SeedFiles.Fault(item, $"'id' is 1 to {LongestId} letters (a to z), digits, -, _ and .");
    }

    // A scenario is found by its name in a folder; the name leads nowhere else.
    private static string Plain(YamlNode item, string key, string name) => name.Length > 0 && name[0] != '.'
        && name.All(c => char.IsLetterOrDigit(c) || " -_.+".Contains(c)) ? name
            : throw SeedFiles.Fault(item, $"'{key}' is a plain name of letters, digits, -, _, + and ., not '{name}'");

    private static EvidenceTest Test(YamlNode item)
    {
        Only(item, TestKeys);
        string what = SeedFiles.Text(item, "what"), why = SeedFiles.Text(item, "why");
        ClaimedRange expected = Expected(item);
        if (Optional(item, "trial") is { } trial)
        {
            TrialQuantity[] given = [.. Enum.GetValues<TrialQuantity>().Where(q => Optional(item, Lower(q)) is not null)];
            return given.Length == 1
                ? new TrialTest(what, expected, why, Plain(item, "trial", trial), given[0],
                    SeedFiles.Text(item, Lower(given[0])), SeedFiles.Text(item, "arm"),
                    Optional(item, "subgroup") ?? "", Whole(item, "patients"))
                : throw SeedFiles.Fault(item, "a test of a trial reads one of endpoint, contrast, biomarker");
        }

        string scenario = Plain(item, "scenario", SeedFiles.Text(item, "scenario"));
        EvidenceTerm[] terms = [.. Items(item, "value").Select(t => Term(t, scenario))];
        int most = Whole(item, "replicates");
        return terms.Length == 0 ? throw SeedFiles.Fault(item, "'value' needs a term")
            : most < SequentialTest.First ? throw SeedFiles.Fault(item, $"'replicates' is at least {SequentialTest.First}")
            : new RunTest(what, expected, why, terms, most, Broken(item)) { Switches = Switches(item) };
    }

    private static EvidenceTerm Term(YamlNode item, string scenario)
    {
        Only(item, TermKeys);
        string? plain = Optional(item, "plain"), log = Optional(item, "ln"), at = Optional(item, "at");
        if (plain is null == log is null || at is null == (Optional(item, "from") is null))
        {
            throw SeedFiles.Fault(item, "a term has one of plain and ln, and either at or from and to");
        }

        double from = Time(item, at is null ? "from" : "at"), to = Time(item, at is null ? "to" : "at");
        return from <= to ? new EvidenceTerm(Optional(item, "scenario") is { } own ? Plain(item, "scenario", own) : scenario, plain ?? log!,
            log is not null, Number(item, "plus", 0), SeedFiles.Text(item, "arm"), Optional(item, "lesion") ?? "", from, to,
            Number(item, "times", 1)) : throw SeedFiles.Fault(item, "'from' is not after 'to'");
    }

    private static ClaimedRange Expected(YamlNode item)
    {
        YamlNode expect = (item as YamlMapping)?["expect"] ?? throw SeedFiles.Fault(item, "'expect' is missing");
        Only(expect, ["below", "above", "from", "to"]);
        double below = Number(expect, "below", double.PositiveInfinity), above = Number(expect, "above", double.NegativeInfinity);
        double low = Number(expect, "from", above), high = Number(expect, "to", below);
        double tolerance = Number(item, "tolerance", 0);
        return low < high && (double.IsFinite(low) || double.IsFinite(high)) && tolerance >= 0 ? new ClaimedRange(low, high, tolerance)
            : throw SeedFiles.Fault(expect, "'expect' is below, above, or from and to in this order, and 'tolerance' 0 or more");
    }

    private static string[] Broken(YamlNode item) => (item as YamlMapping)?["broken_by"] is not YamlMapping by ? []
        : by["set"] switch
        {
            YamlScalar one => [one.Text],
            YamlSequence several => [.. several.Items.OfType<YamlScalar>().Select(s => s.Text)],
            _ => throw SeedFiles.Fault(item, "'broken_by' is {set: path=value} or a list of them"),
        };

    private static string[] Switches(YamlNode item) => [.. Items(item, "switches").Select(s => s is YamlScalar { IsNull: false } scalar
        && scalar.Text.Contains('=')
        ? scalar.Text : throw SeedFiles.Fault(item, "'switches' is a list of changes path=value"))];

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Word<T>(YamlNode item, string key)
        where T : struct, Enum =>
        SeedFiles.Named<T>(SeedFiles.Text(item, key))
            ?? throw SeedFiles.Fault(item, $"'{key}' is one of {string.Join(", ", Enum.GetValues<T>().Select(Lower))}");

    private static IReadOnlyList<YamlNode> Items(YamlNode item, string key) => (item as YamlMapping)?[key] switch
    {
        null => [],
        YamlSequence list => [.. list.Items],
        _ => throw SeedFiles.Fault(item, $"'{key}' is a list"),
    };

    private static string? Optional(YamlNode item, string key) => (item as YamlMapping)?[key] is null ? null : SeedFiles.Text(item, key);

    private static double Number(YamlNode item, string key, double absent) => Optional(item, key) is not { } text ? absent
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw SeedFiles.Fault(item, $"'{key}' is no number: {text}");

    private static int Whole(YamlNode item, string key) => Number(item, key, double.NaN) is var number && number >= 1 && number <= 100_000
        && number == Math.Floor(number) ? (int)number : throw SeedFiles.Fault(item, $"'{key}' is a whole number from 1 on");

    private static double Time(YamlNode item, string key) => Quantity.TryRead(SeedFiles.Text(item, key), Days, out double days,
        out string error)
        && days >= 0 ? days : throw SeedFiles.Fault(item, $"'{key}' is a time with its unit: {error}");

    private static void Only(YamlNode item, string[] known)
    {
        if (item is not YamlMapping map)
        {
            throw SeedFiles.Fault(item, "a block of keys is wanted");
        }

        if (map.Entries.Select(e => e.Key).FirstOrDefault(k => !known.Contains(k)) is { } unknown)
        {
            throw SeedFiles.Fault(item, $"unknown key '{unknown}'; known: {string.Join(", ", known)}");
        }
    }
}
