using System.Text.Json.Nodes;
using TmeSim.Engine;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Tables, numbers and report of a trial.</summary>
internal sealed class TrialWriter : SweepProduct
{
    public override string Verb => "trial";

    // Patients, visits, endpoints, contrasts, biomarkers, biopsy, tree, numbers.
    public override int Files => 8;

    /// <summary>What is asked of the patients of a scenario.</summary>
    public static TrialQuestions Questions(ScenarioDefinition scenario) => new()
    {
        Control = scenario.Arms[scenario.Trial!.Control].Name, Primary = scenario.Trial.Primary,
            RefractoryDays = scenario.Trial.RefractoryDays, Subgroups = scenario.Trial.Subgroups,
        Stratify = scenario.Trial.IsRandomised ? scenario.Trial.Stratify : [],
        ByStratum = scenario.Trial.IsRandomised && scenario.Cohort!.Strata.Count > 0,
        Tree = scenario.Trial.Tree, Biomarkers = [.. scenario.Trial.Biomarkers.Where(b =>
            b is not ("cd8_phenotype" or "biopsy_phenotype"))], Combination = Combination(scenario), Key = scenario.Cohort!.Seed,
    };

    public override string? Running(SweepSession session, SweepResults results)
    {
        TrialTable table = new TrialReading(session.Scenario, session.Points, results).Table;
        IEnumerable<string> arms = table.Arms.Select(arm =>
        {
            TrialOutcome[] known = [.. table.Of(arm).Select(p => p.Outcome)];
            return $"{arm}: {known.Length} patients, {known.Count(o => o.Responds)} responses, {known.Count(o => o.PfsEvent)} progressed or died, "
                + $"{known.Count(o => o.OsEvent)} deaths";
        });
        return table.Patients.Count == 0 ? null : string.Join("; ", arms);
    }

    public override SweepOutcome Write(SweepSession session, SweepResults results, SweepOutcome outcome)
    {
        ScenarioDefinition scenario = session.Scenario;
        SweepFolder folder = session.Folder;
        TrialReading reading = new(scenario, session.Points, results);
        TrialTable table = reading.Table;
        AtomicFile.WriteText(folder.In(ResultFiles.Patients), table.Csv());
        AtomicFile.WriteText(folder.In(ResultFiles.Visits), reading.Visits());
        TrialQuestions asked = Questions(scenario);
        bool enough = table.Of(asked.Control).Count > 0;
        TrialNumbers? numbers = enough ? TrialAnalysis.Of(table, asked) : null;
        AtomicFile.WriteText(folder.In(ResultFiles.Trial), Manifest(session, results, outcome, numbers).ToJsonString(TrialFiles.Readable)
            + "\n");
        outcome = outcome with { TablePath = folder.In(ResultFiles.Patients) };
        if (numbers is null)
        {
            return outcome;
        }

        BiopsyNumbers biopsies = BiopsyNumbers.Of(table, asked.RefractoryDays, asked.Key);
        TrialOutput.Tables(folder.Path, numbers, biopsies);
        if (!session.Request.Figures)
        {
            return outcome;
        }

        IReadOnlyList<string> remarks = TrialReport.Write(folder.Path, table, numbers, asked,
            Facts(session, reading, biopsies, outcome, results), session.Request.Plots);
        return outcome with { ReportPath = folder.ReportPath, Remarks = [.. remarks, .. numbers.Remarks] };
    }

    // An arm whose courses are those of two others together.
    private static (string, string, string)? Combination(ScenarioDefinition scenario)
    {
        string[][] courses = [.. scenario.Arms.Select(a => ScenarioDefinition.CourseIdentities(a).Order(StringComparer.Ordinal).ToArray())];
        for (int both = 0; both < courses.Length; both++)
        {
            for (int a = 0; a < courses.Length; a++)
            {
                for (int b = a + 1; b < courses.Length; b++)
                {
                    if (courses[a].Length > 0 && courses[b].Length > 0
                        && courses[a].Concat(courses[b]).Order(StringComparer.Ordinal).SequenceEqual(courses[both]))
                    {
                        return (scenario.Arms[a].Name, scenario.Arms[b].Name, scenario.Arms[both].Name);
                    }
                }
            }
        }

        return null;
    }

    private static TrialFacts Facts(SweepSession session, TrialReading reading, BiopsyNumbers biopsies, SweepOutcome outcome,
        SweepResults results)
    {
        ScenarioDefinition scenario = session.Scenario;
        CohortPlan cohort = scenario.Cohort!;
        return new TrialFacts
        {
            Title = scenario.Name,
            Run = new RunFacts(scenario.Name, cohort.Seed, 1, ToolInfo.Version,
                Simulation.ModelVersion.ToString(System.Globalization.CultureInfo.InvariantCulture), scenario.IdentityHash,
                session.Request.Command)
            {
                More = [("Patients", $"{cohort.Patients.Count}"), ("Design", scenario.Trial!.IsRandomised ? "randomised"
                    : "counterfactual"), ("Duration", $"{NumberText.Of(scenario.Plan.Time.DurationHours / 24)} d"),
                    ("Tiles of a lesion", $"{scenario.Plan.Tissue.Tiles}"),
                        ("CPU time", $"{NumberText.Of(Math.Round(results.Finished.Sum(r => r.WallSeconds) / 3600, 2))} h")],
            },
            Flow = new TrialFlow(cohort.Screened, [.. cohort.Include.Select(i => (i.Rule.Text, i.Excluded))], scenario.Trial.IsRandomised)
            {
                EndsAtProgression = scenario.Trial.EndsAtProgression,
            },
            Courses = [.. reading.Courses.Select(c => Course(c.Patient, c.Course))],
            Traits = [.. cohort.Traits.Select(t => (t.Factor.Path, t.Text))],
            Roles = Roles(),
            Tables = [.. TrialBiopsies.Tables(biopsies), .. TrialProgressions.Tables(reading, scenario.Trial)],
            Warnings = [.. session.Request.Warnings, .. Warnings(outcome, reading)],
            Files =
            [
                new("patients.csv", "a patient and arm in each row: covariates and what became of them"),
                    new("visits.csv", "an assessment in each row"), new("endpoints.csv", "endpoints by arm"),
                new("contrasts.csv", "arms compared, in all patients and in subgroups"),
                    new("biomarkers.csv", "covariates by primary refractoriness"), new("tree.json", "decision trees"),
                new("trial.json", "all numbers, versions and inputs"), new("design.csv", "what patients are"),
                    new("resolved.yaml", "the scenario with every default written out"),
                .. TrialOutput.Files(biopsies),
            ],
        };
    }

    private static TrialCourse Course(TrialPatient patient, Analysis.Trials.PatientCourse course)
    {
        Analysis.Trials.PatientVisit[] seen = [.. course.Visits.Where(v => double.IsFinite(v.SumMm))];
        return new TrialCourse(patient, [0, .. seen.Select(v => v.Day)], [0, .. seen.Select(v => (v.SumMm / course.BaselineMm) - 1)]);
    }

    private static (string, string, string)[] Roles() =>
    [
        ("Tissue, drugs, immunity", "prediction",
            "simulated; the kill rate of the preset was fitted once, in another cohort, to the response rate of atezolizumab + bevacizumab"),
        ("New lesions", "fitted",
            "their rate, to the share of patients with new lesions under sorafenib (SORAMIC); that they follow growth and burden is an assumption"),
        ("Death", "fitted",
            "its hazard, to overall survival under sorafenib (IMbrave150); powers of burden and liver function come from other sources (MODEL.md 12)"),
        ("All other arms and endpoints", "prediction", "nothing of them was used"),
    ];

    private static IEnumerable<string> Warnings(SweepOutcome outcome, TrialReading reading)
    {
        if (outcome.Missing > 0)
        {
            yield return $"The trial is not complete: {outcome.Missing} of {outcome.Simulations} simulations are missing. Figures and tables show what is there.";
        }

        int failed = reading.Table.Patients.Count(p => p.Outcome.Error.Length > 0),
            early = reading.Table.Patients.Count(p => p.Outcome.EndedEarly);
        if (failed > 0)
        {
            yield return $"{failed} of {reading.Table.Patients.Count} courses failed; they are named below and in patients.csv, and left out of all statistics.";
        }

        if (early > 0)
        {
            yield return $"In {early} of {reading.Table.Patients.Count} courses a tumour came near the wall of its tissue; from there on it grows as in the four weeks before (status ended_early in patients.csv).";
        }
    }

    private static JsonObject Manifest(SweepSession session, SweepResults results, SweepOutcome outcome, TrialNumbers? numbers)
    {
        ScenarioDefinition scenario = session.Scenario;
        CohortPlan cohort = scenario.Cohort!;
        int finished = session.Tasks.Runs - outcome.Missing - outcome.Failures.Count;
        JsonObject json = new()
        {
            ["format"] = "tmesim-trial/1",
            ["status"] = outcome.Missing > 0 ? Folders.Manifest.Interrupted : outcome.Failures.Count > 0 ? Folders.Manifest.Failed
                : Folders.Manifest.Finished,
            ["tool_version"] = ToolInfo.Version, ["commit"] = ToolInfo.Commit, ["model_version"] = Simulation.ModelVersion,
                ["scenario"] = scenario.Name, ["identity_hash"] = scenario.IdentityHash,
            ["seed"] = cohort.Seed, ["command"] = session.Request.Command, ["design"] = scenario.Trial!.IsRandomised ? "randomised"
                : "counterfactual",
            ["primary"] = scenario.Trial.Primary.ToString().ToLowerInvariant(), ["control"] = scenario.Arms[scenario.Trial.Control].Name,
            ["arms"] = new JsonArray([.. scenario.Arms.Select(a => (JsonNode)a.Name)]), ["patients"] = cohort.Patients.Count,
                ["screened"] = cohort.Screened,
            ["excluded"] = new JsonArray([.. cohort.Include.Select(i => (JsonNode)new JsonObject { ["rule"] = i.Rule.Text,
                ["patients"] = i.Excluded })]),
            ["simulations"] = session.Tasks.Runs, ["finished"] = finished, ["failed"] = outcome.Failures.Count,
                ["ended_early"] = outcome.EndedEarly,
            ["cpu_hours"] = Math.Round(results.Finished.Sum(r => r.WallSeconds) / 3600, 4),
            ["warnings"] = new JsonArray([.. session.Request.Warnings.Select(w => (JsonNode)w)]),
            ["inputs"] = new JsonArray([.. scenario.Inputs.Select(i => (JsonNode)new JsonObject { ["path"] = i.Path,
                ["sha256"] = i.Sha256 })]),
        };
        if (numbers is not null)
        {
            json["numbers"] = TrialFiles.Json(numbers);
        }

        return json;
    }
}
