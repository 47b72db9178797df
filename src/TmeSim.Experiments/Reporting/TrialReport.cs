using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>What the report of a trial says besides its numbers.</summary>
internal sealed record TrialFacts
{
    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>What was run.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>Numbers of the flow.</summary>
    public required TrialFlow Flow { get; init; }

    /// <summary>Patients whose courses are drawn.</summary>
    public IReadOnlyList<TrialCourse> Courses { get; init; } = [];

    /// <summary>Traits with their distribution in words.</summary>
    public IReadOnlyList<(string Trait, string Text)> Traits { get; init; } = [];

    /// <summary>What was fitted to data and what follows from it, by part.</summary>
    public IReadOnlyList<(string Part, string Role, string Text)> Roles { get; init; } = [];

    /// <summary>More tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>Warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Files beside the report.</summary>
    public IReadOnlyList<ReportFile> Files { get; init; } = [];
}

/// <summary>Figures and report of a trial: the primary endpoint in a sentence, flow, baseline, endpoints, subgroups, biomarkers, what was
/// fitted.</summary>
internal static class TrialReport
{
    /// <summary>Writes figures/* and report.html.</summary>
    /// <returns>What is not drawn.</returns>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string directory, TrialTable table, TrialNumbers numbers, TrialQuestions asked,
        TrialFacts facts, IReadOnlyList<FigureFormat> plots)
    {
        TrialFigures figures = new(table, numbers, asked, facts.Courses, facts.Flow);
        ReportContent page = new()
        {
            Title = facts.Title,
            Summary = Answer(table, numbers, asked),
            Run = facts.Run,
            Arms = ReportArm.Of(table.Arms, figures.Looks),
            LeadTables = [Endpoints(table, numbers), .. Contrasts(numbers)],
            Tables =
            [
                Baseline(table), .. Subgroups(numbers, asked), Biomarkers(numbers), .. Models(numbers), .. Scores(numbers),
                    .. Combination(numbers, asked), .. Pairing(numbers), .. Power(numbers), .. facts.Tables,
                .. facts.Traits.Count == 0 ? (ReportTable[])[] : [new ReportTable("What differs between patients", ["Trait",
                    "Distribution"], [.. facts.Traits.Select(t => (ReportCell[])[t.Trait, t.Text])])],
                .. facts.Roles.Count == 0 ? (ReportTable[])[] : [new ReportTable("What was fitted, what is a prediction", ["Part", "Role",
                    "How"], [.. facts.Roles.Select(r => (ReportCell[])[r.Part, r.Role, r.Text])])],
                .. Failures(table),
            ],
            Warnings = [.. facts.Warnings, .. numbers.Remarks],
            Files = facts.Files,
        };
        return ReportFolder.Write(directory, page, figures.List(), plots, null);
    }

    // Arms whose primary endpoint the first sentences tell.
    private const int MostAnswers = 4;

    /// <summary>The primary endpoint in a sentence for each arm, of the first few.</summary>
    public static string Answer(TrialTable table, TrialNumbers numbers, TrialQuestions asked)
    {
        string[] others = [.. table.Arms.Where(a => a != asked.Control)];
        if (others.Length == 0)
        {
            return Single(table.Arms[0], numbers, asked);
        }

        (string contrast, string median, string words) = asked.Primary switch
        {
            TrialEndpoint.Os => ("os_hazard_ratio", "median_os", "overall survival"),
            TrialEndpoint.Pfs => ("pfs_hazard_ratio", "median_pfs", "progression-free survival"),
            TrialEndpoint.Orr => ("response_odds_ratio", "objective_response", "objective response"),
            _ => ("refractory_odds_ratio", "primary_refractory", "primary refractoriness"),
        };
        return string.Join(' ', others.Take(MostAnswers).Select(arm =>
        {
            ContrastLine? line = numbers.Contrasts.FirstOrDefault(c => c.Arm == arm && c.Endpoint == contrast && c.Subgroup.Length == 0);
            EndpointLine? mine = Find(numbers, arm, median), theirs = Find(numbers, asked.Control, median);
            if (line is null || mine is null || theirs is null)
            {
                return $"{arm} against {asked.Control}: {words} cannot be compared.";
            }

            bool isTime = mine.Unit != "1";
            string ratio = isTime ? "hazard ratio" : "odds ratio", unit = isTime ? " months" : "";
            string verdict = !(line.P < 0.05) ? $"was not shown to differ between {arm} and {asked.Control}"
                : $"was {(line.Value.Value < 1 == asked.Primary is not TrialEndpoint.Orr ? "better" : "worse")} with {arm} than with {asked.Control}";
            return $"{char.ToUpperInvariant(words[0])}{words[1..]} {verdict}: {(isTime ? "median " : "")}{TrialWords.Of(mine)} against {TrialWords.Of(theirs)}{unit}, "
                + $"{ratio} {TrialWords.Ratio(line.Value)}, {TrialWords.P(line.P)}, {(numbers.IsPaired ? $"the same {line.Count} patients in both" : $"{line.Count} and {line.ControlCount} patients")}.";
        })) + (others.Length > MostAnswers ? $" {others.Length - MostAnswers} more arms stand in the table." : "");
    }

    private static string Single(string arm, TrialNumbers numbers, TrialQuestions asked)
    {
        string name = asked.Primary switch { TrialEndpoint.Os => "median_os", TrialEndpoint.Pfs => "median_pfs", TrialEndpoint.Orr =>
            "objective_response", _ => "primary_refractory" };
        return Find(numbers, arm, name) is { } line
            ? $"{TrialWords.Name(name)} under {arm}: {TrialWords.Of(line)} ({line.Count} patients)."
            : $"No patient of {arm} can be judged.";
    }

    private static EndpointLine? Find(TrialNumbers numbers, string arm, string endpoint) =>
        numbers.Endpoints.FirstOrDefault(e => e.Arm == arm && e.Endpoint == endpoint);

    private static ReportTable Endpoints(TrialTable table, TrialNumbers numbers)
    {
        string[] names = [.. numbers.Endpoints.Select(e => e.Endpoint).Distinct()];
        return new ReportTable("Endpoints", ["Endpoint", .. table.Arms],
            [.. names.Select(n => (ReportCell[])[TrialWords.Name(n), .. table.Arms.Select(a => Find(numbers, a, n) is { } e ? Cell(e)
            : default)])],
            "95 % intervals in brackets: Wilson for shares, log-log for Kaplan-Meier and Aalen-Johansen; n is the number of patients where it is not that of the arm.");

        ReportCell Cell(EndpointLine e) => new(TrialWords.Of(e) + (e.Count == table.Of(e.Arm).Count ? "" : $", n = {e.Count}"),
            double.IsFinite(e.Value.Value) ? e.Value.Value : null);
    }

    private static IEnumerable<ReportTable> Contrasts(TrialNumbers numbers)
    {
        ContrastLine[] lines = [.. numbers.Contrasts.Where(c => c.Subgroup.Length == 0)];
        if (lines.Length > 0)
        {
            yield return new ReportTable("Arms compared", ["Contrast", "Arm", "Against", "Value (95 %)", "p", "Events", "Patients", "How"],
                [.. lines.Select(c => (ReportCell[])
                [TrialWords.Name(c.Endpoint), c.Arm, c.Control, TrialWords.Ratio(c.Value), double.IsNaN(c.P) ? ""
                    : TrialWords.P(c.P)[2..].TrimStart('=', ' '), $"{c.Events} / {c.ControlEvents}", $"{c.Count} / {c.ControlCount}",
                    c.Method])],
                numbers.IsPaired ? "The same patients are in all arms: intervals and tests are those of pairs, narrower than those of a trial of two groups (see below "
                + "what pairing saves, and the power of a randomised trial)." : "")
            {
                ArmColumn = 1,
            };
        }
    }

    private static ReportTable Baseline(TrialTable table)
    {
        TrialPatient[] Of(string arm) => [.. table.Patients.Where(p => p.Arm == arm)];
        bool same = table.Arms.All(a => Of(a).Length == Of(table.Arms[0]).Length)
            && table.Arms.All(a => Of(a).Select(p => p.Patient).SequenceEqual(Of(table.Arms[0]).Select(p => p.Patient)));
        (string Name, TrialPatient[] Patients)[] columns = same ? [("All patients", Of(table.Arms[0]))]
            : [.. table.Arms.Select(a => (a, Of(a)))];
        List<ReportCell[]> rows = [["Patients", .. columns.Select(c =>
            (ReportCell)c.Patients.Length.ToString(CultureInfo.InvariantCulture))]];
        foreach ((int i, Covariate covariate) in table.Covariates.Index())
        {
            if (covariate.IsWord)
            {
                foreach (string word in columns[0].Patients.Select(p => p.Values[i].Word).Where(w =>
                    w.Length > 0).Distinct().Order().Take(12))
                {
                    rows.Add([$"{covariate.Name}: {word}", .. columns.Select(c => (ReportCell)Part(c.Patients.Count(p =>
                        p.Values[i].Word == word), c.Patients.Length))]);
                }

                continue;
            }

            rows.Add([covariate.Header, .. columns.Select(c => (ReportCell)Median([.. c.Patients.Select(p =>
                p.Values[i].Number).Where(double.IsFinite)]))]);
        }

        foreach (string stratum in columns[0].Patients.Select(p => p.Stratum).Where(s => s.Length > 0).Distinct().Order())
        {
            rows.Add([$"Stratum: {stratum}", .. columns.Select(c => (ReportCell)Part(c.Patients.Count(p => p.Stratum == stratum),
                c.Patients.Length))]);
        }

        return new ReportTable("Patients before treatment", ["Covariate", .. columns.Select(c => c.Name)], rows, same
            && table.Arms.Count > 1 ? "The same patients are in all arms. Median (quartiles), or number (share)."
            : "Median (quartiles), or number (share).");

        static string Part(int count, int of) => string.Create(CultureInfo.InvariantCulture,
            $"{count} ({(of == 0 ? 0 : 100.0 * count / of):0} %)");
        static string Median(double[] values)
        {
            if (values.Length == 0)
            {
                return "";
            }

            double[] q = Quantiles.Of(values, 0.5, 0.25, 0.75);
            return $"{ReportCell.Of(q[0]).Text} ({ReportCell.Of(q[1]).Text}–{ReportCell.Of(q[2]).Text})";
        }
    }

    private static IEnumerable<ReportTable> Subgroups(TrialNumbers numbers, TrialQuestions asked)
    {
        string endpoint = asked.Primary == TrialEndpoint.Os ? "os_hazard_ratio" : "pfs_hazard_ratio";
        ContrastLine[] lines = [.. numbers.Contrasts.Where(c => c.Subgroup.Length > 0 && c.Endpoint == endpoint)];
        if (lines.Length > 0)
        {
            yield return new ReportTable($"Subgroups: {TrialWords.Name(endpoint)}",
                ["Subgroup", "Arm", "Value (95 %)", "Events", "Patients", "p of interaction"], [.. lines.Select(c => (ReportCell[])
                [c.Level, c.Arm, TrialWords.Ratio(c.Value), $"{c.Events} / {c.ControlEvents}", $"{c.Count} / {c.ControlCount}",
                    double.IsNaN(c.Interaction) ? "" : ReportCell.Of(c.Interaction)])],
                "Not corrected for the number of subgroups.") { ArmColumn = 1 };
        }
    }

    private static ReportTable Biomarkers(TrialNumbers numbers) => new("Who is primary refractory: covariates before treatment",
        ["Covariate", "Arm", "Median, refractory", "Median, others", "AUC of a low value (95 %)", "p, rank sum"],
        [.. numbers.Biomarkers.Select(b => (ReportCell[])[ReportTable.Head(b.Name, b.Unit), b.Arm, ReportCell.Of(b.Refractory),
            ReportCell.Of(b.Others), TrialWords.Interval(b.Area), ReportCell.Of(b.P)])],
        "AUC above 0.5: low values go with refractoriness. Not corrected for the number of covariates.") { ArmColumn = 1 };

    private static IEnumerable<ReportTable> Models(TrialNumbers numbers)
    {
        if (numbers.Models.Count > 0)
        {
            yield return new ReportTable("Covariates together", ["Covariate", "Arm", "Of", "Ratio per standard deviation (95 %)", "p"],
                [.. numbers.Models.SelectMany(m => m.Terms.Select(t => (ReportCell[])
                [t.Name, m.Arm, m.Endpoint == "pfs" ? "hazard of progression or death" : "odds of refractoriness",
                    TrialWords.Ratio(t.Ratio), ReportCell.Of(t.P)]))],
                "Cox and logistic regression; covariates that nearly equal another one are left out.") { ArmColumn = 1 };
        }
    }

    private static IEnumerable<ReportTable> Scores(TrialNumbers numbers)
    {
        if (numbers.Scores.Count > 0)
        {
            yield return new ReportTable("A risk score of refractoriness, made on half of the patients and held against the others",
                ["Arm", "AUC (95 %)", "Calibration slope (95 %)", "Calibration in the large (95 %)", "Brier score"],
                    [.. numbers.Scores.Select(s => (ReportCell[])
                [s.Arm, TrialWords.Interval(s.Area), TrialWords.Interval(s.Calibration.Slope),
                    TrialWords.Interval(s.Calibration.Intercept), ReportCell.Of(s.Calibration.Brier)])],
                    "Slope 1 and calibration 0 are right.") { ArmColumn = 0 };
        }
    }

    private static IEnumerable<ReportTable> Combination(TrialNumbers numbers, TrialQuestions asked)
    {
        if (asked.Combination is var (first, second, both) && numbers.Combination.Count > 0)
        {
            yield return new ReportTable($"What {both} adds to {first} and {second}",
                ["Outcome", first, second, both, "Independent action", "Bliss", "Highest single", "Over independent action", "Over Bliss",
                "Over highest single"],
                [.. numbers.Combination.Select(c => (ReportCell[])[c.Outcome, N(c.Activity.First), N(c.Activity.Second),
                    N(c.Activity.Both), N(c.Activity.Independent), N(c.Activity.Bliss), N(c.Activity.HighestSingle),
                N(c.Activity.IndependentExcess), N(c.Activity.BlissExcess), N(c.Activity.HighestSingleExcess)])],
                "Independent drug action: each patient has the better of the two parts, counted patient by patient (Palmer and Sorger 2017). Paired bootstrap intervals.");
        }

        static string N(Estimate value) => TrialWords.Interval(value, 3);
    }

    private static IEnumerable<ReportTable> Pairing(TrialNumbers numbers)
    {
        if (numbers.Pairing.Count > 0)
        {
            yield return new ReportTable("What it saves to treat each patient in every arm",
                ["Outcome", "Arm", "Correlation between arms", "Patients saved, factor (95 %)"],
                [.. numbers.Pairing.Select(p => (ReportCell[])
                [p.Outcome, p.Arm, ReportCell.Of(p.Gain.Correlation), TrialWords.Ratio(p.Gain.Factor)])],
                    "A trial of two groups needs this many times the patients in each arm for the same standard error.") { ArmColumn = 1 };
        }
    }

    private static IEnumerable<ReportTable> Power(TrialNumbers numbers)
    {
        if (numbers.Power.Count > 0)
        {
            yield return new ReportTable("Power of a randomised trial of these patients",
                ["Patients in each arm", "Arm", "Endpoint", "Power (95 %)"], [.. numbers.Power.Select(p => (ReportCell[])
                [p.Power.PerArm.ToString(CultureInfo.InvariantCulture), p.Arm, p.Endpoint, TrialWords.Share(p.Power.Power)])],
                    "Share of drawn trials with p below 0.05, two-sided. The interval is that of drawing alone.") { ArmColumn = 1 };
        }
    }

    private static IEnumerable<ReportTable> Failures(TrialTable table)
    {
        TrialPatient[] failed = [.. table.Patients.Where(p => p.Outcome.Error.Length > 0)];
        if (failed.Length > 0)
        {
            yield return new ReportTable("Patients that failed", ["Patient", "Arm", "Why"],
                [.. failed.Take(50).Select(p => (ReportCell[])[p.Patient, p.Arm, p.Outcome.Error])], failed.Length > 50
                ? $"{failed.Length} in all." : "") { ArmColumn = 1 };
        }
    }
}
