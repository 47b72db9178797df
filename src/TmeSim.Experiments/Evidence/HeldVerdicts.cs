using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>The verdict on a claim that a folder holds.</summary>
/// <param name="Id">Id of the claim.</param>
/// <param name="Word">The verdict in a word.</param>
/// <param name="IsCurrent">Its record is the one that the tool has, or the tool has none of this id.</param>
/// <param name="Outcome">All of it; null where the folder holds no more than the word, or the record is another now.</param>
internal sealed record HeldClaim(string Id, string Word, bool IsCurrent, ClaimOutcome? Outcome);

/// <summary>Verdicts that a folder of <c>tmesim evidence</c> holds in evidence.json.</summary>
/// <param name="Version">Model version that they are of.</param>
/// <param name="Claims">Verdicts, each id once.</param>
/// <param name="Switches">Contradicted tests with changes, as they stand there.</param>
internal sealed record HeldVerdicts(int Version, IReadOnlyList<HeldClaim> Claims, IReadOnlyList<JsonObject> Switches)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "evidence.json";

    /// <summary>What a folder holds; null when it has no such file, or one that cannot be read.</summary>
    /// <param name="directory">Folder.</param>
    /// <param name="fault">Why it cannot be read; null else.</param>
    public static HeldVerdicts? Of(string directory, out string? fault)
    {
        fault = null;
        string path = Path.Combine(directory, FileName);
        if (!Path.Exists(path))
        {
            return null;
        }

        try
        {
            return Parse(RegularFile.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException
            or ArgumentException or FormatException)
        {
            fault = e.Message.ReplaceLineEndings(" ").TrimEnd('.');
            return null;
        }
    }

    /// <summary>Sum over what a verdict rests on: the texts of a record, its tests and the scenarios of the tool that they read.</summary>
    public static string Sum(EvidenceEntry claim)
    {
        List<string> parts = [claim.Id, claim.Claim, claim.Numbers, claim.Source, claim.Shows, claim.Population, $"{claim.Strength}",
            $"{claim.Role}", claim.OutOfScope];
        foreach (EvidenceTest test in claim.Tests)
        {
            parts.AddRange([test.What, test.Why, Text(test.Expected.Low), Text(test.Expected.High), Text(test.Expected.Tolerance)]);
            if (test is RunTest run)
            {
                parts.Add(Text(run.Most));
                parts.AddRange(run.Terms.SelectMany(t => (string[])[t.Scenario, t.Measure, $"{t.IsLog}", Text(t.Plus), t.Arm, t.Lesion,
                    Text(t.FromDays), Text(t.ToDays), Text(t.Weight)]));
                parts.AddRange(run.Scenarios.Select(s => EvidenceLibrary.Texts.GetValueOrDefault(s, "")));
            }
            else if (test is TrialTest trial)
            {
                parts.AddRange([trial.Trial, $"{trial.Quantity}", trial.Name, trial.Arm, trial.Subgroup, Text(trial.Patients),
                    EvidenceLibrary.Texts.GetValueOrDefault("trials/" + trial.Trial, "")]);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
    }

    private static HeldVerdicts Parse(string text)
    {
        JsonObject json = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no JSON object");
        if ((string?)json["format"] != "tmesim-evidence/1")
        {
            throw new JsonException("its format is not tmesim-evidence/1");
        }

        int version = (int?)json["model_version"] ?? throw new JsonException("it has no model_version");
        HeldClaim[] claims = [.. Blocks(json, "claims", needed: true).Select(Claim)];
        return claims.GroupBy(c => c.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new JsonException($"the claim '{twice.Key}' stands twice")
            : new HeldVerdicts(version, claims, [.. Blocks(json, "switches", needed: false)]);
    }

    private static HeldClaim Claim(JsonObject json)
    {
        string id = Said(json, "id"), word = Said(json, "verdict");
        EvidenceEntry? entry = EvidenceLibrary.Find(id);
        string? sum = (string?)json["record"];
        if (json["tests"] is null)
        {
            return new HeldClaim(id, word, sum is null || entry is null || sum == Sum(entry), null);
        }

        JsonObject[] tests = [.. Blocks(json, "tests", needed: true)];
        EvidenceEntry told = entry ?? Own(id, json, tests);

        // Earlier files have no sum of the record; what they have of its words tells.
        bool same = sum is not null && entry is not null ? sum == Sum(entry)
            : told.Claim == (string?)json["claim"] && told.Tests.Select(t => (t.What, t.Why)).SequenceEqual(tests.Select(t =>
                (Said(t, "what"), Said(t, "why"))));
        return new HeldClaim(id, word, same, same && told.Tests.Count == tests.Length
            ? new ClaimOutcome(told, [.. told.Tests.Zip(tests, Outcome)]) { Record = sum } : null);
    }

    private static TestOutcome Outcome(EvidenceTest test, JsonObject json) => new(test, Named<Verdict>(Said(json, "verdict")),
        new Estimate(Number(json, "value"), Number(json, "low"), Number(json, "high")), (int?)json["n"] ?? 0,
        (string?)json["note"] ?? "");

    // A record of the user's own is not at hand: as much of it as its verdict tells.
    private static EvidenceEntry Own(string id, JsonObject json, JsonObject[] tests) => new(id, (string?)json["topic"] ?? "own",
        Said(json, "claim"), "", Said(json, "source"), "")
    {
        Population = "", Strength = EvidenceStrength.Opinion, Role = Named<EvidenceRole>(Said(json, "role")),
        OutOfScope = (string?)json["out_of_scope"] ?? "",
        Tests = [.. tests.Select(t => new HeldTest(Said(t, "what"), new ClaimedRange((double?)t["claimed_low"] ?? double.NegativeInfinity,
            (double?)t["claimed_high"] ?? double.PositiveInfinity, (double?)t["tolerance"] ?? 0), Said(t, "why")))],
    };

    private static T Named<T>(string word)
        where T : struct, Enum => Array.FindIndex(Enum.GetNames<T>(), n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) is var at
            and >= 0
            ? Enum.GetValues<T>()[at] : throw new JsonException($"'{word}' is none of {string.Join(", ", Enum.GetNames<T>())}");

    private static JsonObject[] Blocks(JsonObject json, string key, bool needed) => json[key] switch
    {
        null when !needed => [],
        JsonArray list => [.. list.Select(i => i as JsonObject ?? throw new JsonException($"'{key}' is no list of blocks"))],
        _ => throw new JsonException($"'{key}' is no list"),
    };

    private static string Said(JsonObject json, string key) => (string?)json[key] ?? throw new JsonException($"'{key}' is missing");

    private static double Number(JsonObject json, string key) => (double?)json[key] ?? double.NaN;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A test of which only its words and its range are known.</summary>
    private sealed record HeldTest(string What, ClaimedRange Expected, string Why) : EvidenceTest(What, Expected, Why);
}
