using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>What <c>tmesim reference</c> makes of a scenario: burn-ins averaged, then held and moved by what they missed.</summary>
public sealed class ReferenceSessionTests
{
    [Fact]
    public void Execute_GivesABlock_ThatHoldsTheLevelsOnTheMean()
    {
        using var folder = new TemporaryFolder();
        string[] small = ["replicates=6", "time.burn_in=30 d", "time.duration=1 d", "lesions[primary].tumor.clones[low antigen].fraction=0"];
        var runs = new List<RunRequest>();
        RunRequest Request(IReadOnlyList<string> sets, ulong? seed)
        {
            ScenarioResult read = ScenarioReader.ReadText(SmallScenario.Text, overrides: new() { Sets = [.. small, .. sets], Seed = seed });
            Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
            return new RunRequest { Scenario = read.Definition!, OutDirectory = folder.Path, Figures = false };
        }

        ReferenceBlock block = ReferenceSession.Execute(Request([], null), "small.yaml", (sets, seed) => Request(sets, seed), run =>
        {
            runs.Add(run);
            return RunSession.Execute(run, new RunProgress(), TestContext.Current.CancellationToken);
        })!;

        Assert.Equal(1 + ReferenceSession.Rounds, runs.Count);
        Assert.Equal(runs.Count, runs.Select(r => r.Scenario.Plan.Seed).Distinct().Count());
        Assert.Null(runs[0].Scenario.Plan.Lesions[0].Reference);
        Assert.All(runs.Skip(1), r => Assert.NotNull(r.Scenario.Plan.Lesions[0].Reference));

        // The text is what a scenario reads.
        string yaml = block.Yaml();
        ScenarioResult used = ScenarioReader.ReadText(
            "schema: tmesim/1\nname: Used\nbaseline: reference\nlesions: [{name: primary}]\n" + yaml);
        Assert.True(used.IsValid, Diagnostic.FormatAll(used.Diagnostics));
        Assert.Equal(120, used.Definition!.Plan.Lesions[0].Cd8PerMm2);
        Assert.All(used.Definition.Plan.Lesions[0].Reference!.Multipliers.Values, v => Assert.True(v > 0));
        string file = Path.Combine(folder.Path, "small.reference.yaml");
        File.WriteAllText(file, yaml);
        Assert.Empty(ReferenceSettings.Stale(file, runs[0].Scenario));
        Assert.Single(ReferenceSettings.Stale(file, Request(["patient.nlr=5"], null).Scenario));
    }

    [Fact]
    public void Corrected_MovesEachMultiplierAgainstItsMiss()
    {
        ScenarioDefinition scenario = SmallScenario.Read();
        ReferenceBlock found = ReferenceBlock.Found(scenario, "s.yaml", [Entry(0, 120, 200, 0.4, 60, 0.4, 0.01), Entry(1, 120, 200, 0.4, 60, 0.4, 0.01)]);
        ReferenceBlock moved = found.Corrected([Entry(0, 60, 220, 0.5, 50, 0.36, 0.008), Entry(1, 60, 180, 0.5, 50, 0.36, 0.006)]);
        double Ratio(string key) => moved.Values.Single(v => v.Key == key).Value / found.Values.Single(v => v.Key == key).Value;
        Assert.Equal(Math.Pow(2, 0.7), Ratio("cd8_entry"), 1e-9);
        Assert.Equal(1, Ratio("monocyte_entry"), 1e-9);
        Assert.Equal(0.8, Ratio("polarisation"), 1e-9);
        Assert.Equal(1.2, Ratio("sprouting"), 1e-9);
        Assert.Equal(0.9, Ratio("vegf_output"), 1e-9);
        Assert.Equal(
            (0.01 - 0.007) / 0.9, moved.Values.Single(v => v.Key == "division_rate").Value - found.Values.Single(v => v.Key == "division_rate").Value, 1e-9);
    }

    [Theory]
    [InlineData("time.burn_in=0 d", "it has no burn-in")]
    public void WhatGivesNoReferencePatient_IsRefused(string set, string message)
    {
        RunFolderException refused = Assert.Throws<RunFolderException>(() => ReferenceBlock.Check(SmallScenario.Read(set)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static BaselineEntry Entry(int replicate, double cd8, double macrophages, double cd163, double vessels, double maturity, double growth) => new(
        replicate,
        "primary",
        [
            new("tumor_cells", "1", 300, 300, true), new("cd8_bed_per_mm2", "/mm2", 120, cd8, true),
            new("macrophages_bed_per_mm2", "/mm2", 200, macrophages, true), new("cd163_fraction", "1", 0.4, cd163, true),
            new("vessels_per_mm2", "/mm2", 60, vessels, true), new("maturity_mean", "1", 0.4, maturity, true),
        ],
        new Dictionary<string, double>
        {
            ["division_rate_per_day"] = 0.03, ["cd8_entry"] = 1, ["monocyte_entry"] = 1, ["polarisation"] = 1, ["sprouting"] = 1, ["vegf_output"] = 1,
            ["matrix"] = 1,
        })
    {
        GrowthPerDay = growth, DivisionCapacity = 0.9,
    };
}
