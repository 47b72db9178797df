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
}
