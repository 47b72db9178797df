using TmeSim.Analysis.Contrasts;
using TmeSim.Engine;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Reporting;

/// <summary>The scoreboard: which claims of the literature the model reproduces, as a page.</summary>
internal static class EvidenceReport
{
    /// <summary>Writes report.html.</summary>
    /// <param name="directory">Folder.</param>
    /// <param name="claims">Verdicts.</param>
    /// <param name="switches">Contradicted tests with changes; null where it was not asked.</param>
    /// <param name="history">Lines of history.csv, header first.</param>
    /// <param name="command">Command that repeats it.</param>
    /// <exception cref="RunFolderException">The page cannot be written.</exception>
    public static void Write(string directory, IReadOnlyList<ClaimOutcome> claims, IReadOnlyList<SwitchOutcome>? switches,
        IReadOnlyList<string> history,
        string command)
    {
        ReportFolder.Write(directory, new ReportContent
        {
            Title = "Claims of the literature",
            Summary = EvidenceFiles.Answer(claims),
            Run = new RunFacts("seeds/evidence", 0, 1, ToolInfo.Version, $"{Simulation.ModelVersion}", "", command),
            Arms = [],
            LeadTables = [Counts(claims), Signs(), .. Tested(claims)],
            Tables = [.. Switched(switches), .. History(history), .. Rest(claims)],
            Warnings = [.. claims.Where(c => c.IsBroken).Select(c =>
                $"{c.Claim.Id} is a {c.Claim.Role.ToString().ToLowerInvariant()} and is contradicted: {c.Claim.Claim}")],
            Files =
            [
                new("evidence.csv", "verdict of each test"), new("evidence.md", "the same as Markdown"),
                    new("evidence.json", "all numbers, with reasons and sources"),
                new("history.csv", "verdicts by model version"), .. switches is null ? (ReportFile[])[]
                    : [new("switches.csv", "contradicted tests with each change alone")],
            ],
        }, new FigureList([], []), [], null);
    }

    private static ReportTable Counts(IReadOnlyList<ClaimOutcome> claims) =>
        new("Verdicts by role", ["Role", "Reproduced", "Contradicted", "Undecided"],
        [.. ((EvidenceRole[])[EvidenceRole.Fit, EvidenceRole.Check, EvidenceRole.Prediction]).Select(role => (ReportCell[])[role.ToString(),
            .. ((Verdict[])[Verdict.Reproduced, Verdict.Contradicted, Verdict.Undecided]).Select(v => ReportCell.Of(claims.Count(c =>
                c.Claim.Role == role && c.Verdict == v)))])],
        "Fit: a number was fitted to it. Check: it was built in or calibrated towards. Prediction: nothing of it was used.");

    private static ReportTable Signs() => new("How to read the pictures", ["Sign", "Meaning"],
        [.. EvidencePicture.Signs.Select(s => (ReportCell[])[new ReportCell(s.Meaning) { Picture = s.Picture }, s.Meaning])],
        "Ratios, and values that are worked out as logarithms (ln), stand on a logarithmic axis, whose numbers are ratios.");

    private static IEnumerable<ReportTable> Tested(IReadOnlyList<ClaimOutcome> claims)
    {
        foreach (IGrouping<string, ClaimOutcome> topic in claims.Where(c => c.Tests.Count > 0).GroupBy(c => c.Claim.Topic))
        {
            yield return new ReportTable(topic.Key == "nek9" ? "NEK9" : char.ToUpperInvariant(topic.Key[0])
                + topic.Key[1..].Replace('_', ' '), ["Id", "Claim", "Test", "Observed against claimed", "Claimed", "Observed", "n", "Role",
                "Verdict"],
                [.. topic.SelectMany(c => c.Tests.Select(t => (ReportCell[])[c.Claim.Id, c.Claim.Claim, t.Test.What,
                    new ReportCell($"claimed {EvidenceFiles.Claimed(t.Test.Expected)}, observed {EvidenceFiles.Observed(t)}") { Picture = EvidencePicture.Of(t) },
                    EvidenceFiles.Claimed(t.Test.Expected), EvidenceFiles.Observed(t), ReportCell.Of(t.Count),
                        c.Claim.Role.ToString().ToLowerInvariant(),
                    t.Verdict.ToString().ToLowerInvariant()]))],
                "Intervals of runs hold at all looks of the sequential test together with 95 %, those of trials with 95 %. A claim with "
                    + "several tests needs all of them.");
        }
    }

    private static IEnumerable<ReportTable> Switched(IReadOnlyList<SwitchOutcome>? switches)
    {
        if (switches is { Count: > 0 })
        {
            yield return new ReportTable("Switches of contradicted claims",
                ["Id", "Test", "Change", "Observed against claimed", "Without it", "With it", "n", "Verdict", "Says"],
                [.. switches.Select(s => (ReportCell[])[s.Claim.Id, s.Before.Test.What,
                    s.Change.Replace("mechanisms.", "", StringComparison.Ordinal).Replace("=", " ", StringComparison.Ordinal),
                    new ReportCell($"claimed {EvidenceFiles.Claimed(s.After.Test.Expected)}, observed {EvidenceFiles.Observed(s.After)}") { Picture = EvidencePicture.Of(s.After) },
                    EvidenceFiles.Observed(s.Before), EvidenceFiles.Observed(s.After), ReportCell.Of(s.After.Count),
                        s.After.Verdict.ToString().ToLowerInvariant(), s.Word])],
                "Each change alone, in all arms and in the burn-in, with no more replicates than contradicted the claim. What it leaves "
                    + "open may be its interval, which the picture shows.");
        }
    }

    private static IEnumerable<ReportTable> History(IReadOnlyList<string> lines)
    {
        string[][] rows = [.. lines.Skip(1).Select(l => l.Split(',')).Where(l => l.Length == 3)];
        string[] versions = [.. rows.Select(r => r[0]).Distinct().OrderBy(v => int.TryParse(v, out int n) ? n : 0)];
        if (versions.Length > 1)
        {
            yield return new ReportTable("Verdicts by model version", ["Id", .. versions.Select(v => $"version {v}")],
                [.. rows.GroupBy(r => r[1]).Select(g =>
                (ReportCell[])[g.Key, .. versions.Select(v => (ReportCell)(g.FirstOrDefault(r => r[0] == v)?[2] ?? ""))])]);
        }
    }

    private static IEnumerable<ReportTable> Rest(IReadOnlyList<ClaimOutcome> claims)
    {
        ClaimOutcome[] rest = [.. claims.Where(c => c.Tests.Count == 0)];
        if (rest.Length > 0)
        {
            yield return new ReportTable("Not tested", ["Id", "Claim", "Why"],
                [.. rest.Select(c => (ReportCell[])[c.Claim.Id, c.Claim.Claim,
                c.Claim.OutOfScope.Length > 0 ? c.Claim.OutOfScope : "context"])]);
        }
    }
}
