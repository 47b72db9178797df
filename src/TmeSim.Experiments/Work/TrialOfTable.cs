using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Engine;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>A table of patients that is to be analysed as a trial.</summary>
/// <param name="Table">CSV file.</param>
public sealed record TrialTableRequest(string Table)
{
    /// <summary>Folder for what is made of it.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>Arm that others are compared with; null for Control, else the last.</summary>
    public string? Control { get; init; }

    /// <summary>os, pfs, orr or refractory; null for the first of pfs, os and orr that the table has.</summary>
    public string? Primary { get; init; }

    /// <summary>Rules whose sides were balanced over randomised arms: contrasts are made within them.</summary>
    public IReadOnlyList<string> Stratify { get; init; } = [];

    /// <summary>Rules whose two sides are compared.</summary>
    public IReadOnlyList<string> Subgroups { get; init; } = [];

    /// <summary>Covariates offered to the tree; empty for all.</summary>
    public IReadOnlyList<string> Tree { get; init; } = [];

    /// <summary>Formats of figures.</summary>
    public IReadOnlyList<FigureFormat> Plots { get; init; } = [FigureFormat.Svg];

    /// <summary>Command that repeats it.</summary>
    public string Command { get; init; } = "tmesim trial analyse";
}

/// <summary>What came of it.</summary>
/// <param name="Answer">The primary endpoint in a sentence.</param>
/// <param name="ReportPath">The report.</param>
/// <param name="Json">All numbers.</param>
/// <param name="Remarks">What is not drawn.</param>
public sealed record TrialAnalysed(string Answer, string ReportPath, string Json, IReadOnlyList<string> Remarks);

/// <summary>The statistics, figures and report of a trial for any table of patients.</summary>
public static class TrialOfTable
{
    /// <summary>Reads, analyses and writes.</summary>
    /// <exception cref="ScenarioRefusedException">The table, an arm, a rule or a covariate is not right; the message says
    /// where.</exception>
    /// <exception cref="RunFolderException">A file cannot be read or written.</exception>
    public static TrialAnalysed Write(TrialTableRequest request)
    {
        TrialTable table = TrialTable.Read(request.Table);
        foreach (string name in request.Tree.Where(n => n != "stratum" && table.Find(n) < 0))
        {
            throw new ScenarioRefusedException($"error: --tree {name}: the table has no such covariate; covariates: {string.Join(", ", table.Covariates.Select(c => c.Name))}");
        }

        TrialQuestions asked = new()
        {
            Control = request.Control ?? (table.Arms.Contains("Control") ? "Control" : table.Arms[^1]),
            Primary = request.Primary is { } said ? Enum.Parse<TrialEndpoint>(said, ignoreCase: true) : Primary(table),
            Subgroups = [.. request.Subgroups.Distinct().Select(r => Rule(table, r, "--subgroup"))],
            Stratify = [.. request.Stratify.Where(r => r != "stratum").Distinct().Select(r => Rule(table, r, "--stratify"))],
            ByStratum = request.Stratify.Contains("stratum"), Tree = request.Tree,
        };
        TrialNumbers numbers = TrialAnalysis.Of(table, asked);
        string directory = Path.GetFullPath(request.OutDirectory);
        BiopsyNumbers biopsies = BiopsyNumbers.Of(table, asked.RefractoryDays, asked.Key);
        TrialOutput.Tables(directory, numbers, biopsies);
        JsonObject json = new()
        {
            ["format"] = "tmesim-trial-analysis/1", ["tool_version"] = ToolInfo.Version, ["table"] = request.Table,
                ["control"] = asked.Control, ["primary"] = asked.Primary.ToString().ToLowerInvariant(),
            ["numbers"] = TrialFiles.Json(numbers),
        };
        string text = json.ToJsonString(TrialFiles.Readable) + "\n";
        AtomicFile.WriteText(Path.Combine(directory, "analysis.json"), text);
        IReadOnlyList<string> remarks = TrialReport.Write(directory, table, numbers, asked, new TrialFacts
        {
            Title = Path.GetFileNameWithoutExtension(request.Table),
            Run = new RunFacts(request.Table, 0, 1, ToolInfo.Version, Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture), "",
                request.Command),
            Flow = new TrialFlow(null, [], table.Patients.Select(p => p.Patient).Distinct().Count() == table.Patients.Count
                && table.Arms.Count > 1),
            Tables = [.. TrialBiopsies.Tables(biopsies)],
            Files =
            [
                new("endpoints.csv", "endpoints by arm"), new("contrasts.csv", "arms compared, in all patients and in subgroups"),
                    new("biomarkers.csv", "covariates by primary refractoriness"),
                new("tree.json", "decision trees"), new("analysis.json", "all numbers"), .. TrialOutput.Files(biopsies),
            ],
        }, request.Plots);
        return new TrialAnalysed(TrialReport.Answer(table, numbers, asked), Path.Combine(directory, ResultFiles.Report), text,
            [.. remarks, .. numbers.Remarks]);
    }

    // What the table has to show.
    private static TrialEndpoint Primary(TrialTable table) => table.Patients.Any(p => double.IsFinite(p.Outcome.PfsDay)) ? TrialEndpoint.Pfs
        : table.Patients.Any(p => double.IsFinite(p.Outcome.OsDay)) ? TrialEndpoint.Os : TrialEndpoint.Orr;

    private static CohortRule Rule(TrialTable table, string text, string option)
    {
        string? UnitOf(string subject) => subject == "stratum" ? string.Empty : table.Find(subject) is var at and >= 0
            ? table.Covariates[at].IsWord ? string.Empty : table.Covariates[at].Unit is "" ? "1" : table.Covariates[at].Unit : null;
        return CohortRule.Parse(text, UnitOf, [.. table.Covariates.Select(c => c.Name)], out string error, mayBePlain: true)
            is { } rule ? Known(table, rule, text, option) : throw new ScenarioRefusedException($"error: {option} {text}: {error}");
    }

    // A word that no patient has divides nobody.
    private static CohortRule Known(TrialTable table, CohortRule rule, string text, string option)
    {
        int at = table.Find(rule.Subject);
        string[] words = [.. table.Patients.Select(p => rule.Subject == "stratum" ? p.Stratum : at >= 0 ? p.Values[at].Word : "").Where(w => w.Length > 0)
            .Distinct().Order(StringComparer.Ordinal)];
        return rule.Word.Length == 0 || rule.IsMedian || words.Contains(rule.Word) ? rule : throw new ScenarioRefusedException(
            $"error: {option} {text}: no patient has the word '{rule.Word}'; words: {string.Join(", ", words.Take(20))}");
    }
}
