using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>Verdicts as files: evidence.csv, evidence.json, evidence.md, history.csv.</summary>
public static class EvidenceFiles
{
    /// <summary>Verdicts of each test.</summary>
    public static string Csv(IReadOnlyList<ClaimOutcome> claims)
    {
        var text = new StringBuilder("id,role,verdict,test,test_verdict,value,low,high,claimed_low,claimed_high,tolerance,n,note\n");
        foreach (ClaimOutcome claim in claims)
        {
            foreach (TestOutcome? test in claim.Tests.Count > 0 ? claim.Tests.Cast<TestOutcome?>() : [null])
            {
                text.AppendJoin(',', (string[])[Folders.Csv.Text(claim.Claim.Id), Role(claim.Claim), claim.Word,
                    Folders.Csv.Text(test?.Test.What ?? ""),
                    test?.Verdict.ToString().ToLowerInvariant() ?? "", .. Numbers(test),
                        (test?.Count ?? 0).ToString(CultureInfo.InvariantCulture),
                    Folders.Csv.Text(test?.Note ?? claim.Claim.OutOfScope)]).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>switches.csv: contradicted tests with each change of their scenarios.</summary>
    /// <param name="switches">Contradicted tests with changes.</param>
    /// <param name="earlier">Lines of claims that were not tested again.</param>
    public static string Csv(IReadOnlyList<SwitchOutcome> switches, IEnumerable<string> earlier)
    {
        var text = new StringBuilder("id,test,change,verdict,value,low,high,n,value_without,says\n");
        text.Append(string.Concat(earlier.Select(l => l + "\n")));
        foreach (SwitchOutcome s in switches)
        {
            text.AppendJoin(',', Folders.Csv.Text(s.Claim.Id), Folders.Csv.Text(s.Before.Test.What), Folders.Csv.Text(s.Change),
                s.After.Verdict.ToString().ToLowerInvariant(),
                Folders.Csv.Measured(s.After.Observed.Value), Folders.Csv.Measured(s.After.Observed.Low),
                    Folders.Csv.Measured(s.After.Observed.High),
                s.After.Count.ToString(CultureInfo.InvariantCulture), Folders.Csv.Measured(s.Before.Observed.Value), s.Word).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A table of Markdown, a row for each test.</summary>
    public static string Markdown(IReadOnlyList<ClaimOutcome> claims)
    {
        var text = new StringBuilder("| id | claim | test | claimed | observed | n | role | verdict "
            + "|\n|---|---|---|---|---|---|---|---|\n");
        foreach (ClaimOutcome claim in claims.Where(c => c.Tests.Count > 0))
        {
            foreach (TestOutcome test in claim.Tests)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {MarkdownText.Of(claim.Claim.Id)} | {MarkdownText.Of(claim.Claim.Claim)} | {MarkdownText.Of(test.Test.What)} | "
                        + $"{Claimed(test.Test.Expected)} | {MarkdownText.Of(Observed(test))} | "
                        + $"{test.Count} "
                    + $"| {Role(claim.Claim)} | {test.Verdict.ToString().ToLowerInvariant()} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>All numbers, with versions, as text.</summary>
    /// <param name="claims">Verdicts.</param>
    /// <param name="switches">Contradicted tests with changes; null for none.</param>
    /// <param name="earlier">Those of claims that were not tested again, as they stood; null for none.</param>
    public static string JsonText(IReadOnlyList<ClaimOutcome> claims, IReadOnlyList<SwitchOutcome>? switches = null,
        IReadOnlyList<JsonObject>? earlier = null)
    {
        JsonObject json = Json(claims);
        JsonNode[] kept = [.. earlier?.Select(e => e.DeepClone()) ?? []];
        if (switches is { Count: > 0 } || kept.Length > 0)
        {
            json["switches"] = new JsonArray([.. kept, .. (switches ?? []).Select(s => (JsonNode)new JsonObject
            {
                ["id"] = s.Claim.Id, ["test"] = s.Before.Test.What, ["change"] = s.Change,
                    ["verdict"] = s.After.Verdict.ToString().ToLowerInvariant(),
                ["value"] = Number(s.After.Observed.Value), ["low"] = Number(s.After.Observed.Low),
                    ["high"] = Number(s.After.Observed.High),
                ["n"] = s.After.Count, ["says"] = s.Word,
            })]);
        }

        return json.ToJsonString(Trials.TrialFiles.Readable) + "\n";
    }

    /// <summary>All numbers, with versions.</summary>
    public static JsonObject Json(IReadOnlyList<ClaimOutcome> claims) => new()
    {
        ["format"] = "tmesim-evidence/1", ["tool_version"] = ToolInfo.Version, ["model_version"] = Simulation.ModelVersion,
        ["claims"] = new JsonArray([.. claims.Select(c => (JsonNode)new JsonObject
        {
            ["id"] = c.Claim.Id, ["topic"] = c.Claim.Topic, ["record"] = c.Record ?? HeldVerdicts.Sum(c.Claim),
            ["claim"] = c.Claim.Claim, ["source"] = c.Claim.Source, ["role"] = Role(c.Claim), ["verdict"] = c.Word,
            ["out_of_scope"] = c.Claim.OutOfScope.Length > 0 ? c.Claim.OutOfScope : null,
            ["tests"] = new JsonArray([.. c.Tests.Select(t => (JsonNode)new JsonObject
            {
                ["what"] = t.Test.What, ["why"] = t.Test.Why, ["verdict"] = t.Verdict.ToString().ToLowerInvariant(),
                    ["value"] = Number(t.Observed.Value),
                ["low"] = Number(t.Observed.Low), ["high"] = Number(t.Observed.High), ["claimed_low"] = Number(t.Test.Expected.Low),
                ["claimed_high"] = Number(t.Test.Expected.High), ["tolerance"] = t.Test.Expected.Tolerance, ["n"] = t.Count,
                ["note"] = t.Note.Length > 0 ? t.Note : null,
            })]),
        })]),
    };

    /// <summary>Adds the verdicts of this model version to those of others; what the file has of this version is replaced claim by
    /// claim.</summary>
    /// <param name="earlier">Lines of the file, header first; none for a new one.</param>
    /// <param name="claims">Verdicts.</param>
    public static string History(IReadOnlyList<string> earlier, IReadOnlyList<ClaimOutcome> claims)
    {
        string version = Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture);
        ClaimOutcome[] told = [.. claims.Where(c => c.Verdict is not null)];
        HashSet<string> now = [.. told.Select(c => $"{version},{Folders.Csv.Text(c.Claim.Id)},")];
        IEnumerable<string> kept = earlier.Skip(1).Where(l => l.Length > 0 && !now.Any(n => l.StartsWith(n, StringComparison.Ordinal)));
        return string.Join('\n', ((string[])["model_version,id,verdict"]).Concat(kept.Concat(told.Select(c =>
            $"{version},{Folders.Csv.Text(c.Claim.Id)},{c.Word}"))
            .OrderBy(l => Folders.Csv.Split(l).ElementAtOrDefault(1), StringComparer.Ordinal)
            .ThenBy(l => int.TryParse(l.Split(',')[0], out int v) ? v : 0))) + "\n";
    }

    /// <summary>What came out, in a sentence.</summary>
    public static string Answer(IReadOnlyList<ClaimOutcome> claims)
    {
        int Of(Verdict verdict) => claims.Count(c => c.Verdict == verdict);
        int tested = claims.Count(c => c.Verdict is not null);
        return $"Of {tested} claims that can be tested {Of(Verdict.Reproduced)} are reproduced, {Of(Verdict.Contradicted)} contradicted "
            + $"and {Of(Verdict.Undecided)} undecided; "
            + $"{claims.Count(c => c.Claim.OutOfScope.Length > 0)} are out of scope and "
                + $"{claims.Count - tested - claims.Count(c => c.Claim.OutOfScope.Length > 0)} context.";
    }

    /// <summary>Two records say and test the same.</summary>
    public static bool IsSame(EvidenceEntry one, EvidenceEntry other) => HeldVerdicts.Sum(one) == HeldVerdicts.Sum(other);

    /// <summary>"below 0", "0.52 to 0.85".</summary>
    public static string Claimed(ClaimedRange range) => double.IsInfinity(range.Low) ? $"below {Text(range.High)}"
        : double.IsInfinity(range.High) ? $"above {Text(range.Low)}" : $"{Text(range.Low)} to {Text(range.High)}";

    /// <summary>"−0.41 (−0.60 to −0.22)", or why there is nothing.</summary>
    public static string Observed(TestOutcome test) => test.Note.Length > 0 ? test.Note
        : double.IsNaN(test.Observed.Low) ? Text(test.Observed.Value)
        : $"{Text(test.Observed.Value)} ({Text(test.Observed.Low)} to {Text(test.Observed.High)})";

    private static string Text(double value) => double.IsNaN(value) ? "not defined" : double.IsInfinity(value) ? value > 0 ? "∞" : "−∞"
        : value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Role(EvidenceEntry claim) => claim.Role.ToString().ToLowerInvariant();

    private static string[] Numbers(TestOutcome? test) => test is null ? ["", "", "", "", "", ""]
        : [.. ((double[])[test.Observed.Value, test.Observed.Low, test.Observed.High, test.Test.Expected.Low, test.Test.Expected.High,
            test.Test.Expected.Tolerance]).Select(v => double.IsInfinity(v) ? v > 0 ? "inf" : "-inf" : Folders.Csv.Measured(v))];

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
