using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Trials;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Trials;

/// <summary>A trial of a few small patients: the same tables however it is run.</summary>
public sealed class TrialSessionTests : IDisposable
{
    private const string Text = """
        schema: tmesim/1
        preset: lasting
        name: Small trial
        time: {burn_in: 2 d, duration: 14 d, record_every: 7 d}
        tissue: {size: [0.6 mm, 0.6 mm]}
        lesions: [{name: primary, tumor: {radius: 0.1 mm}, immune: {pattern: inflamed}}, {name: second, diameter: 20 mm, tumor: {radius: 0.1 mm}, immune: {pattern: inflamed}}]
        arms: [{name: A+B, therapy: [{regimen: atezolizumab-bevacizumab}]}, {name: Control}]
        cohort:
          patients: 6
          seed: 3
          traits:
            patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}
            "lesions[*].tumor.doubling_time": {values: [20 d, 200 d]}
          strata: [{name: inflamed, share: 1}, {name: excluded, share: 1, traits: {"lesions[*].immune.pattern": excluded, reference.name: hcc-excluded}}]
        trial: {imaging: {every: 7 d}, biomarkers: [nlr, cd8_bed_per_mm2, ifng_score], subgroups: [patient.nlr >= 2.7], measurement_error: 0.05}
        """;

    // What the tables are made of: all but what a session says of itself.
    private static readonly string[] Tables = ["patients.csv", "visits.csv", "endpoints.csv", "contrasts.csv", "biomarkers.csv", "tree.json", "design.csv"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trial_GivesPatientsVisitsAndEndpoints()
    {
        SweepOutcome outcome = SweepSession.Execute(Request("a") with { Figures = true }, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.Finished, 12, 0), (outcome.Status, outcome.Simulations, outcome.Missing));
        TrialTable table = TrialTable.Read(outcome.TablePath!);
        Assert.Equal(12, table.Patients.Count);
        Assert.Equal(["A+B", "Control"], table.Arms);
        Assert.Equal(["patient.nlr", "doubling_time", "lesions[*].immune.pattern", "reference.name", "nlr", "cd8_bed_per_mm2", "ifng_score", "albi"], table.Covariates.Select(c => c.Name).Select(n => n is "pattern" ? "lesions[*].immune.pattern" : n is "name" ? "reference.name" : n));
        foreach (IGrouping<string, TrialPatient> patient in table.Patients.GroupBy(p => p.Patient))
        {
            // The same tissue before treatment in both arms.
            Assert.Equal(patient.First().Values, patient.Last().Values);
            Assert.Equal(patient.First().Outcome.BaselineMm, patient.Last().Outcome.BaselineMm);
        }

        string[] visits = File.ReadAllLines(Path.Combine(outcome.Folder, "visits.csv"));
        Assert.Equal("patient,arm,day,sum_mm,true_mm,change,new_lesions,response,albi,nlr,cd8_bed_per_mm2,ifng_score", visits[0]);
        Assert.InRange(visits.Length, 13, 25);
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(outcome.Folder, "trial.json")))!;
        Assert.Equal(("finished", 6), (json["status"]!.ToString(), (int)json["patients"]!));
        Assert.NotEmpty(json["numbers"]!["endpoints"]!.AsArray());
        Assert.Equal(FolderKind.Trial, FolderKinds.Of(outcome.Folder));
        Assert.True(File.Exists(outcome.ReportPath));
        Assert.Contains("Small trial", File.ReadAllText(outcome.ReportPath!), StringComparison.Ordinal);
        Assert.Equal(RunStatus.NothingToDo, SweepSession.Execute(Request("a"), new RunProgress(), TestContext.Current.CancellationToken).Status);
    }

    [Fact]
    public void Shards_AndAStoppedTrial_GiveTheSameBytes()
    {
        Dictionary<string, byte[]> whole = Bytes(Run("a"));
        string[] parts = [.. Enumerable.Range(1, 3).Select(i => SweepSession.Execute(Request("part" + i) with { Shard = new SweepShard(i, 3) }, new RunProgress(), TestContext.Current.CancellationToken).Folder)];
        SweepOutcome merged = SweepMerge.Execute(Request("merged"), parts, TestContext.Current.CancellationToken);
        Assert.Equal(whole, Bytes(merged));

        using var cancel = new CancellationTokenSource();
        int done = 0;
        var progress = new RunProgress
        {
            ArmFinished = (_, _, _) =>
            {
                if (++done == 3)
                {
                    cancel.Cancel();
                }
            },
        };
        SweepOutcome stopped = SweepSession.Execute(Request("b") with { Jobs = 1 }, progress, cancel.Token);
        Assert.Equal(RunStatus.Interrupted, stopped.Status);
        Assert.Equal(whole, Bytes(Run("b")));

        // A folder knows its own scenario.
        ScenarioResult again = ScenarioReader.ReadFile(Path.Combine(stopped.Folder, "resolved.yaml"), new ScenarioOverrides());
        Assert.True(again.IsValid, Diagnostic.FormatAll(again.Diagnostics));
        SweepOutcome resumed = SweepSession.Execute(TrialSession.Of(new SweepRequest { Scenario = again.Definition!, Folder = stopped.Folder, Figures = false }), new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal((RunStatus.NothingToDo, 12), (resumed.Status, resumed.Reused));
        Assert.Equal(whole, Bytes(resumed));
    }

    [Fact]
    public void MorePatients_GoOnInTheSameFolder_AndTheFirstOnesStay()
    {
        SweepOutcome few = Run("a");
        string[] before = File.ReadAllLines(few.TablePath!);
        SweepOutcome many = Run("a", "cohort.patients=8");
        Assert.Equal((few.Folder, 12, 16), (many.Folder, many.Reused, many.Simulations));
        Assert.Equal(before, File.ReadAllLines(many.TablePath!).Take(13));
    }

    [Fact]
    public void RandomisedTrial_RunsOneArmOfEachPatient()
    {
        SweepOutcome outcome = Run("a", "trial.design=randomised");
        Assert.Equal(6, outcome.Simulations);
        TrialTable table = TrialTable.Read(outcome.TablePath!);
        Assert.Equal(6, table.Patients.Select(p => p.Patient).Distinct().Count());

        // The counterfactual trial holds each of them.
        string[] all = File.ReadAllLines(Run("b").TablePath!);
        Assert.All(File.ReadAllLines(outcome.TablePath!), line => Assert.Contains(line, all));
    }

    [Fact]
    public void OtherRulesOfTheClinic_NeedNoSimulation()
    {
        Run("a");
        SweepOutcome outcome = Run("a", "trial.survival.hazard=50");
        Assert.Equal((RunStatus.NothingToDo, 12), (outcome.Status, outcome.Reused));
        Assert.True(TrialTable.Read(outcome.TablePath!).Patients.Count(p => p.Outcome.OsEvent) > 3);
    }

    [Fact]
    public void OnePatientAlone_HasTheStatesOfTheTrial_AndInterimResultsAreTold()
    {
        List<string> notes = [];
        SweepOutcome trial = SweepSession.Execute(Request("a"), new RunProgress { Notice = notes.Add }, TestContext.Current.CancellationToken);
        Assert.Contains(notes, n => n.StartsWith("A+B: ", StringComparison.Ordinal) && n.Contains("deaths", StringComparison.Ordinal));
        ScenarioDefinition alone = Read([.. TrialSession.Patient(Read(), "P0003")]);
        RunOutcome run = RunSession.Execute(new RunRequest { Scenario = alone, OutDirectory = Path.Combine(_folder.Path, "alone"), Figures = false }, new RunProgress(), TestContext.Current.CancellationToken);
        string journal = File.ReadAllText(Path.Combine(trial.Folder, "journals", "local.log"));
        Assert.All(run.Manifest.StateHashes.Where(h => h.TimeD == 14), h => Assert.Contains(h.Hash, journal, StringComparison.Ordinal));
        Assert.Throws<ScenarioRefusedException>(() => TrialSession.Patient(Read(), "P9999"));
    }

    [Fact]
    public void ScenarioWithoutACohort_OrWithReplicates_IsRefused()
    {
        Assert.Throws<ScenarioRefusedException>(() => TrialSession.Of(new SweepRequest { Scenario = Read("cohort={patients: 2, traits: {patient.nlr: [2, 3]}}") with { Trial = null } }));
        Assert.Throws<ScenarioRefusedException>(() => TrialSession.Of(new SweepRequest { Scenario = Read("replicates=2") }));
    }

    private static Dictionary<string, byte[]> Bytes(SweepOutcome outcome) => Tables.ToDictionary(t => t, t => File.ReadAllBytes(Path.Combine(outcome.Folder, t)));

    private SweepOutcome Run(string name, params string[] sets) => SweepSession.Execute(Request(name, sets), new RunProgress(), TestContext.Current.CancellationToken);

    private SweepRequest Request(string name, params string[] sets) =>
        TrialSession.Of(new SweepRequest { Scenario = Read(sets), OutDirectory = Path.Combine(_folder.Path, name), Figures = false, Command = "tmesim trial small.yaml" });

    private static ScenarioDefinition Read(params string[] sets)
    {
        ScenarioResult result = ScenarioReader.ReadText(Text, "small.yaml", null, new ScenarioOverrides { Sets = sets });
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }
}
