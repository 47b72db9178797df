using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// A measure of a lesion with several tiles is that of the tissue that they are together: counts add, a share or mean has the weight of what
/// it is taken over.
/// </summary>
public sealed class TiledMeasureTests
{
    [Fact]
    public void Measures_OfTiles_AreThoseOfTheirSum()
    {
        ScenarioDefinition scenario = SmallScenario.Read("tissue.tiles=3", "time.burn_in=3 d");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(scenario.Arms[1]);
        var columns = new MeasureColumns(scenario);
        var reader = new MeasureReader(columns, simulation);
        for (int i = 0; i < 72; i++)
        {
            simulation.Step();
        }

        double[] values = reader.Read(simulation, 0, scenario.Arms[1].Parameters);
        double Of(string name) => values[columns.Measures.Select((m, i) => (m.Name, i)).Single(m => m.Name == name).i];
        LesionReading[] tiles = [.. Enumerable.Range(0, 3).Select(t =>
            new LesionReading(simulation, t, scenario.Arms[1].Parameters, reader.BooksAtStart[t]))];
        double Tile(string name, int tile) => columns.Measures.Single(m => m.Name == name).Read!(tiles[tile]);
        double Sum(Func<int, double> of) => Enumerable.Range(0, 3).Sum(of);

        Assert.Equal(simulation.Lesions.Sum(l => l.TumorCells), Of("tumor_cells"));
        Assert.Equal(simulation.Lesions.Sum(l => l.Cd8.Count), Of("cd8_cells"));
        Assert.Equal(Sum(t => Tile("births", t)), Of("births"));
        Assert.Equal(simulation.VolumeChange(0), Of("tumor_volume_change"));
        Assert.Equal(simulation.ScaledDiameterMm(0), Of("tumor_diameter_mm"));
        double bed = simulation.Lesions.Sum(l => l.TumorBedSites * l.Shape.SiteAreaMm2);
        Assert.Equal(Sum(t => tiles[t].BedAreaMm2 * Tile("cd8_bed_per_mm2", t)) / bed, Of("cd8_bed_per_mm2"), 1e-9);
        Assert.Equal(
            Sum(t => simulation.Lesions[t].TumorCells * Tile("ifng_mean", t)) / simulation.Lesions.Sum(l => l.TumorCells), Of("ifng_mean"), 1e-9);
        Assert.Equal(simulation.Patient.Nlr, Of("nlr"), 1e-12);
        double[] own = [.. Enumerable.Range(0, 3).Select(t => Tile("tumor_volume_change", t))];
        Assert.Equal(Math.Sqrt(own.Sum(v => Math.Pow(v - own.Average(), 2)) / 2), Of("tile_volume_change_sd"), 1e-12);
        Assert.Equal(0, Of("tile_cleared_fraction"));
        Assert.True(Of("tile_cd8_bed_sd_per_mm2") > 0);
    }

    /// <summary>Whatever cannot be read of one tile does not spoil the lesion; what cannot be read of any is not defined.</summary>
    [Fact]
    public void ATileWithoutCells_LeavesMeansToTheOthers()
    {
        ScenarioDefinition scenario = SmallScenario.Read("tissue.tiles=2", "time.burn_in=0 d", "lesions[primary].immune.cd8=0 /mm2");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.BeginArm(scenario.Arms[0]);
        var columns = new MeasureColumns(scenario);
        var reader = new MeasureReader(columns, simulation);
        double[] values = reader.Read(simulation, 0, scenario.Arms[0].Parameters);
        double Of(string name) => values[columns.Measures.Select((m, i) => (m.Name, i)).Single(m => m.Name == name).i];
        Assert.Equal(double.NaN, Of("cd8_exhausted_fraction"));
        Assert.Equal(0, Of("cd8_bed_per_mm2"));
        Assert.Equal(0, Of("tumor_volume_change"));
        Assert.True(Of("cd163_fraction") is > 0.2 and < 0.6);
    }

    /// <summary>A page does not call asked what came out, and says what is not average.</summary>
    [Fact]
    public void ThePage_OfAReferencePatient_SaysWhatComesOut()
    {
        using var folder = new TemporaryFolder();
        ScenarioResult read = ScenarioReader.ReadText("""
            schema: tmesim/1
            name: Held
            preset: lasting
            baseline: reference
            replicates: 1
            time: {burn_in: 1 d, duration: 1 d}
            tissue: {size: [0.8 mm, 0.8 mm]}
            lesions: [{name: primary, diameter: 30 mm, tumor: {radius: 0.2 mm, cxcl: 0.5}}]
            patient: {nlr: 4, lymphocyte_supply: 0.8}

            """);
        RunOutcome run = RunSession.Execute(
            new RunRequest { Scenario = read.Definition!, OutDirectory = folder.Path }, new RunProgress(), TestContext.Current.CancellationToken);
        string page = File.ReadAllText(Path.Combine(run.Folder, "report.html"));
        Assert.Contains("Rates are those of a reference patient", page, StringComparison.Ordinal);
        Assert.DoesNotContain("are set-points at t = 0", page, StringComparison.Ordinal);
        Assert.Contains("lymphocyte supply × 0.8", page, StringComparison.Ordinal);
        Assert.Contains("CXCL9/10 × 0.5; inflamed, laid out with: 50 CD8", page, StringComparison.Ordinal);
        Assert.Empty(run.BaselineMisses);
        Assert.True(run.Manifest.Baseline.Single().Held);
    }

    [Fact]
    public void ARun_OfTiles_HasOneRowForEachLesion()
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = SmallScenario.Read("tissue.tiles=2", "time.burn_in=1 d", "time.duration=2 d", "replicates=1");
        RunOutcome run = RunSession.Execute(
            new RunRequest { Scenario = scenario, OutDirectory = folder.Path, Figures = true }, new RunProgress(), TestContext.Current.CancellationToken);
        string[] rows = File.ReadAllLines(Path.Combine(run.Folder, "timeseries.csv"));
        Assert.Equal(1 + (2 * 3), rows.Length);
        Assert.Equal(RunStatus.Finished, run.Status);
        Assert.Single(run.Manifest.Baseline.Select(b => b.Lesion).Distinct());
        string page = File.ReadAllText(Path.Combine(run.Folder, "report.html"));
        Assert.Contains("2 tiles a lesion, each of 40 × 40 sites", page, StringComparison.Ordinal);
        Assert.Contains("are set-points at t = 0", page, StringComparison.Ordinal);
    }
}
