using System.Text.Json;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests;

/// <summary>What a run with clones leaves: columns, events, expected mutants and the clone plot.</summary>
public sealed class CloneResultsTests
{
    [Fact]
    public void Execute_WithClonesAndMutation_ShowsThem()
    {
        using var folder = new TemporaryFolder();
        RunOutcome outcome = RunSession.Execute(
            new RunRequest
            {
                Scenario = SmallScenario.Read(
                    "lesions[primary].tumor.clones=[{name: B2M, fraction: 0.2, lof: [B2M]}]", "parameters.clones.mutation_rate=0.05", "lesions[primary].tumor.doubling_time=4 d"),
                OutDirectory = folder.Path,
            },
            new RunProgress());
        var table = TimeSeriesTable.Read(Path.Combine(outcome.Folder, "timeseries.csv"));
        int all = table.Column("tumor_cells"), seeded = table.Column("clone_B2M_cells"), lost = table.Column("lof_B2M_cells"), share = table.Column("mutant_fraction");
        Assert.All(table.Rows, r => Assert.True(r.Values[lost] >= r.Values[seeded] - 1e-9 || r.Values[seeded] > 0));
        Assert.All(table.Rows, r => Assert.InRange(r.Values[share], r.Values[lost] / r.Values[all] - 1e-9, 1));
        Assert.Contains(File.ReadAllLines(Path.Combine(outcome.Folder, "events.csv")), l => l.Contains(",clone_born,", StringComparison.Ordinal));
        MutantEntry entry = outcome.Manifest.ExpectedMutants[0];
        Assert.Equal(4, outcome.Manifest.ExpectedMutants.Count);
        Assert.Equal(entry.Births * 0.05 * 5, entry.Tile, 1e-9);
        Assert.True(entry.RepresentedLesion > 1e4 * entry.Tile && entry.Born > 0);
        string svg = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(outcome.Folder, "figures"), "*-clones-*.svg")));
        Assert.Contains("B2M", svg, StringComparison.Ordinal);
        Assert.Contains("born during the run", svg, StringComparison.Ordinal);
    }

    /// <summary>The manifest says with which mutants the tile was seeded; a folder from before says none.</summary>
    [Fact]
    public void Execute_WithStandingMutants_SaysHowManyThereWere()
    {
        using var folder = new TemporaryFolder();
        RunOutcome outcome = RunSession.Execute(
            new RunRequest
            {
                Scenario = SmallScenario.Read("mechanisms.clones.standing=on", "parameters.clones.mutation_rate=1e-3"),
                OutDirectory = folder.Path,
            },
            new RunProgress());
        MutantEntry[] entries = [.. outcome.Manifest.ExpectedMutants];
        Assert.All(entries, e => Assert.True(e.StandingTile > 0 && e.StandingLesion > 1e4 * e.StandingTile));
        Assert.Contains(entries, e => e.StandingFound > 0);

        // Arms share their start.
        Assert.All(entries.GroupBy(e => (e.Replicate, e.Lesion)), g => Assert.Single(g.Select(e => (e.StandingTile, e.StandingFound)).Distinct()));
        string json = JsonSerializer.Serialize(entries[0]);
        MutantEntry old = JsonSerializer.Deserialize<MutantEntry>(json[..json.IndexOf(",\"Standing", StringComparison.Ordinal)] + "}")!;
        Assert.Equal(entries[0] with { StandingTile = 0, StandingLesion = 0, StandingFound = 0 }, old);
    }
}
