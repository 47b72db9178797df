using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>
/// The blood concentration of a drug is proportional to its dose, so a normal prior of the dose and a normal error of the measured concentration have a
/// normal posterior that is known: a calibration through whole simulations with a known answer.
/// </summary>
public sealed class CalibrationSessionTests : IDisposable
{
    private const double PriorMean = 10, PriorSd = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Calibration_OfADose_FindsTheKnownPosteriorWithinThreeStandardErrors()
    {
        // Concentration a day after 1 mg/kg, from a calibration that stops after the prior.
        double perDose = PerDose(Run("probe", 4, 1));
        double observed = 18 * perDose, sd = 3 * perDose;
        double weight = PriorSd * PriorSd / ((PriorSd * PriorSd) + 9), mean = PriorMean + (weight * (18 - PriorMean)), spread = Math.Sqrt(weight * 9);

        CalibrationOutcome outcome = Run("fit", 50, 5, observed, sd, quantile: 0.4);

        // The last tolerance is about 0.1 of a standard deviation of the error, which widens the posterior by less than 1 %.
        FittedParameter dose = outcome.Parameters.Single();
        string[] last = File.ReadAllLines(Path.Combine(outcome.Folder, "generations.csv"))[^1].Split(',');
        double effective = double.Parse(last[5], CultureInfo.InvariantCulture);
        Assert.InRange(double.Parse(last[1], CultureInfo.InvariantCulture), 0, 0.2);
        Assert.InRange(effective, 20, 50);
        Assert.InRange(dose.Mean, mean - (3 * spread / Math.Sqrt(effective)), mean + (3 * spread / Math.Sqrt(effective)));
        Assert.InRange(dose.Sd, spread * (1 - (3 / Math.Sqrt(2 * effective))), spread * (1 + (3 / Math.Sqrt(2 * effective))));
        Assert.Equal(AbcStop.GenerationsDone, outcome.Stop);
    }

    [Fact]
    public void Calibration_WithOneOrTwoJobs_GivesTheSameParticles()
    {
        CalibrationOutcome one = Run("one", 12, 3, jobs: 1), two = Run("two", 12, 3, jobs: 2);

        Assert.Equal(File.ReadAllText(Path.Combine(one.Folder, "posterior.csv")), File.ReadAllText(Path.Combine(two.Folder, "posterior.csv")));
        Assert.Equal(3, one.Generations);
    }

    [Fact]
    public void Calibration_Interrupted_KeepsCompleteGenerationsAndGoesOn()
    {
        string whole = File.ReadAllText(Path.Combine(Run("whole", 12, 3).Folder, "posterior.csv"));
        using var cancel = new CancellationTokenSource();
        bool begun = false;
        RunProgress progress = null!;
        progress = new RunProgress
        {
            Advanced = _ =>
            {
                // In the midst of the second generation, some of whose vectors are in the journal.
                if (progress.Stage?.StartsWith("generation 1: ", StringComparison.Ordinal) == true)
                {
                    begun = true;
                    cancel.Cancel();
                }
            },
        };
        CalibrationOutcome cut = CalibrationSession.Execute(Request("cut", 12, 3, jobs: 2), progress, cancel.Token);
        string partial = File.ReadAllText(Path.Combine(cut.Folder, "posterior.csv"));
        CalibrationOutcome resumed = Run("cut", 12, 3);

        Assert.True(begun);
        Assert.Equal((RunStatus.Interrupted, AbcStop.None, 1), (cut.Status, cut.Stop, cut.Generations));
        Assert.StartsWith(partial, whole, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Finished, resumed.Status);
        Assert.Equal(whole, File.ReadAllText(Path.Combine(resumed.Folder, "posterior.csv")));
        Assert.Equal(RunStatus.NothingToDo, Run("cut", 12, 3).Status);
    }

    [Fact]
    public void Calibration_WithMoreGenerations_GoesOnInItsFolder()
    {
        CalibrationOutcome two = Run("a", 12, 2), three = Run("a", 12, 3);

        Assert.Equal(two.Folder, three.Folder);
        Assert.Equal((2, 3), (two.Generations, three.Generations));
        Assert.True(three.Simulations > two.Simulations);
    }

    [Fact]
    public void CalibratedScenario_IsTheScenarioWithTheMedians()
    {
        CalibrationOutcome outcome = Run("a", 12, 2);

        ScenarioResult read = ScenarioReader.ReadFile(outcome.ScenarioPath!);

        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        double median = outcome.Parameters.Single().Median, weight = read.Definition!.Plan.Patient.WeightKg;
        Assert.Equal(median * weight, read.Definition.Arms[1].Therapy.Single(c => c.Drug.Name == "bevacizumab").DoseMg, 9);
        Assert.Equal("Small two arms, calibrated", read.Definition.Name);
        Assert.Equal("finished", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(outcome.Folder, "calibration.json")))!["status"]);
    }

    [Fact]
    public void Target_ThatNoRunReaches_IsRefusedInWords()
    {
        // Every arm ends at its first row: the tumour touches the wall.
        ScenarioDefinition scenario = Scenario(4, 1, 1, 1, 0.5);
        ScenarioDefinition blind = scenario with { Calibration = scenario.Calibration! with { Targets = [.. scenario.Calibration.Targets.Select(t => t with { Output = t.Output with { Hours = 7 } })] } };

        var refused = Assert.Throws<ScenarioRefusedException>(() => CalibrationSession.Execute(
            new CalibrationRequest { Scenario = blind, OutDirectory = _folder.Path, Figures = false }, new RunProgress(), TestContext.Current.CancellationToken));

        Assert.Contains("hardly any parameter vector", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Vectors whose tumour reaches the wall before the target are no worse a fit; that they are left out is said.</summary>
    [Fact]
    public void VectorsWithoutACounterpart_AreCountedAndSaid()
    {
        string text = SmallScenario.Text.Replace("burn_in: 4 d, duration: 6 d, record_every: 1 d", "burn_in: 0 d, duration: 8 d, record_every: 1 d, step: 4 h", StringComparison.Ordinal)
            .Replace("[0.8 mm, 0.8 mm]", "[0.5 mm, 0.5 mm]", StringComparison.Ordinal).Replace("radius: 0.2 mm", "radius: 0.1 mm", StringComparison.Ordinal).Replace("replicates: 2", "replicates: 1", StringComparison.Ordinal);
        ScenarioResult read = ScenarioReader.ReadText(text + """

            calibrate:
              particles: 4
              generations: 1
              vary: {parameters.growth.division_rate: {from: 0.01 /d, to: 0.3 /d}}
              targets: [{measure: tumor_cells, arm: Control, time: 8 d, value: 100, sd: 50}]
            """);
        var notices = new List<string>();
        var progress = new RunProgress { Notice = notices.Add };
        CalibrationOutcome outcome = CalibrationSession.Execute(new CalibrationRequest { Scenario = read.Definition!, OutDirectory = _folder.Path, Figures = false }, progress, TestContext.Current.CancellationToken);

        Assert.Contains(notices, n => n.Contains("parameter vectors count as far away because a tumour of theirs came near the wall", StringComparison.Ordinal));
        Assert.Contains("the posterior leaves fast tumours out", File.ReadAllText(Path.Combine(outcome.Folder, "calibration.json")), StringComparison.Ordinal);
    }

    private static double PerDose(CalibrationOutcome probe)
    {
        string[] row = File.ReadAllLines(Path.Combine(probe.Folder, "posterior.csv"))[1].Split(',');
        return double.Parse(row[^1], CultureInfo.InvariantCulture) / double.Parse(row[4], CultureInfo.InvariantCulture);
    }

    private static ScenarioDefinition Scenario(int particles, int generations, double observed, double sd, double quantile)
    {
        string text = SmallScenario.Text
            .Replace("burn_in: 4 d, duration: 6 d, record_every: 1 d", "burn_in: 0 d, duration: 1 d, record_every: 1 d, step: 12 h", StringComparison.Ordinal)
            .Replace("[0.8 mm, 0.8 mm]", "[0.4 mm, 0.4 mm]", StringComparison.Ordinal).Replace("radius: 0.2 mm", "radius: 0.04 mm", StringComparison.Ordinal)
            .Replace("replicates: 2", "replicates: 1", StringComparison.Ordinal);
        string block = string.Create(CultureInfo.InvariantCulture, $$"""

            calibrate:
              particles: {{particles}}
              generations: {{generations}}
              quantile: {{quantile}}
              min_acceptance: 0.001
              vary:
                "arms[Atezo + Bev].therapy[bevacizumab].dose": {distribution: normal, mean: {{PriorMean}} mg/kg, sd: {{PriorSd}} mg/kg}
              targets:
                - {measure: bevacizumab_mg_per_l, arm: Atezo + Bev, time: 1 d, value: {{observed:R}}, sd: {{sd:R}}}
            """);
        ScenarioResult result = ScenarioReader.ReadText(text + block);
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    private CalibrationRequest Request(string folder, int particles, int generations, double observed = 300, double sd = 60, double quantile = 0.5, int? jobs = null) =>
        new() { Scenario = Scenario(particles, generations, observed, sd, quantile), OutDirectory = Path.Combine(_folder.Path, folder), Jobs = jobs, Figures = false };

    private CalibrationOutcome Run(string folder, int particles, int generations, double observed = 300, double sd = 60, double quantile = 0.5, int? jobs = null) =>
        CalibrationSession.Execute(Request(folder, particles, generations, observed, sd, quantile, jobs), new RunProgress(), TestContext.Current.CancellationToken);
}
