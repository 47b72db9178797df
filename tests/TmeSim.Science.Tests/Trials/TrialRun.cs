using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Trials;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Science.Tests.Trials;

/// <summary>A trial of the scenarios, run or gone on with, with the statistics of its table.</summary>
internal sealed class TrialRun
{
    private TrialRun(ScenarioDefinition scenario, SweepOutcome outcome)
    {
        Scenario = scenario;
        Table = TrialTable.Read(outcome.TablePath!);
        TrialPlan trial = scenario.Trial!;
        Questions = new TrialQuestions
        {
            Control = scenario.Arms[trial.Control].Name, Primary = trial.Primary, RefractoryDays = trial.RefractoryDays, Subgroups = trial.Subgroups, Tree = trial.Tree,
            Biomarkers = [.. trial.Biomarkers.Where(b => b != "cd8_phenotype")],
        };
        Numbers = TrialAnalysis.Of(Table, Questions);
        Visits = [.. File.ReadLines(Path.Combine(outcome.Folder, "visits.csv")).Select(l => l.Split(','))];
    }

    public ScenarioDefinition Scenario { get; }

    public TrialTable Table { get; }

    public TrialQuestions Questions { get; }

    public TrialNumbers Numbers { get; }

    /// <summary>Rows of visits.csv, header first.</summary>
    public IReadOnlyList<string[]> Visits { get; }

    /// <summary>Runs what is missing of a trial below a folder.</summary>
    /// <param name="name">File in scenarios/trials without its ending.</param>
    /// <param name="directory">Folder that holds its folder.</param>
    /// <param name="sets">Changes of the scenario.</param>
    public static TrialRun Of(string name, string directory, params string[] sets)
    {
        string file = Path.Combine(Root(), "scenarios", "trials", name + ".yaml");
        ScenarioResult read = ScenarioReader.ReadFile(file, new ScenarioOverrides { Sets = sets });
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        SweepOutcome outcome = SweepSession.Execute(
            TrialSession.Of(new SweepRequest { Scenario = read.Definition!, OutDirectory = directory, Figures = false, Command = $"tmesim trial {name}.yaml" }), new RunProgress(),
            TestContext.Current.CancellationToken);
        Assert.Equal(0, outcome.Missing);
        return new TrialRun(read.Definition!, outcome);
    }

    public EndpointLine? Endpoint(string arm, string endpoint) => Numbers.Endpoints.FirstOrDefault(e => e.Arm == arm && e.Endpoint == endpoint);

    public Estimate Value(string arm, string endpoint) => Endpoint(arm, endpoint)?.Value ?? Estimate.None;

    public ContrastLine? Contrast(string arm, string endpoint, string level = "") => Numbers.Contrasts.FirstOrDefault(c => c.Arm == arm && c.Endpoint == endpoint && c.Level == level);

    /// <summary>A covariate of the patients of an arm.</summary>
    public double[] Covariate(string arm, string name) => [.. Table.Of(arm).Select(p => p.Values[Table.Find(name)].Number)];

    /// <summary>Refractoriness of the patients of an arm; null where it is not known.</summary>
    public bool?[] Refractory(string arm) => [.. Table.Of(arm).Select(p => p.Outcome.IsRefractory(Questions.RefractoryDays))];

    /// <summary>A biomarker of a patient at the visit on a day; NaN without one.</summary>
    public double At(TrialPatient patient, double day, string biomarker)
    {
        int column = Array.IndexOf(Visits[0], biomarker);
        string[]? row = Visits.Skip(1).FirstOrDefault(v => v[0] == patient.Patient && v[1] == patient.Arm && double.Parse(v[2], System.Globalization.CultureInfo.InvariantCulture) == day);
        return column >= 0 && row?[column] is { Length: > 0 } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : double.NaN;
    }

    private static string Root()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "TmeSim.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new InvalidOperationException("no TmeSim.sln above the tests");
    }
}
