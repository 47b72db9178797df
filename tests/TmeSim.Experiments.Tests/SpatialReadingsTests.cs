using TmeSim.Analysis.Spatial;
using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

public sealed class SpatialReadingsTests
{
    [Theory]
    [InlineData("[0.8 mm, 0.8 mm]")]
    [InlineData("[0.8 mm, 0.72 mm, 0.6 mm]")]
    public void Values_AreThoseOfTheCellsAsPoints(string size)
    {
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=1 d", $"tissue.size={size}");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        LesionState s = simulation.Lesions[0];
        int dimensions = s.Shape.Dimensions;
        Dictionary<string, double> row = Read(simulation, scenario);
        TissuePoint[] tumor = Sites(s, site => s.ParenchymaCodes[site] == Parenchyma.Tumor);
        TissuePoint[] cd8 = Sites(s, site => ImmuneCode.Kind(s.Immune[site]) == ImmuneKinds.Cd8);
        TissuePoint[] immune = Sites(s, site => s.Immune[site] != 0), vessels = Sites(s, site => s.VesselMark[site]);
        Assert.Equal(NearestNeighbour.Distances(cd8, tumor, dimensions).Average(), row["cd8_tumor_nn_um"], 1e-9);
        Assert.Equal(NearestNeighbour.Distances(tumor, cd8, dimensions).Average(), row["tumor_cd8_nn_um"], 1e-9);
        Assert.Equal(VesselMetrics.MeanDistance(tumor, vessels, dimensions), row["vessel_distance_mean_um"], 1e-9);
        Assert.Equal(MixingScore.Of(tumor, immune, dimensions, dimensions == 2 ? 30 : 36).Value, row["mixing_score"]);
        BoxWindow tile = dimensions == 2 ? BoxWindow.Rectangle(0, 0, 800, 800) : BoxWindow.Box(default, new TissuePoint(800, 720, 600));
        Assert.Equal(MorisitaHorn.Of(QuadratCounts.Of(tumor, tile, 100), QuadratCounts.Of(cd8, tile, 100)), row["morisita_horn_100um"], 1e-12);
        Assert.Equal(row["cd8_margin_per_mm2"] / row["cd8_core_per_mm2"], row["cd8_margin_core_ratio"]);
        Assert.Equal(row["vessels_perfused"], row["vessels_perfused_per_mm2"] * s.TumorBedSites * s.Shape.SiteAreaMm2, 1e-9);
        Assert.Equal(row["vessels_per_mm2"] * row["perfusion_mean"], row["vessels_perfusion_per_mm2"], 1e-9);
        Assert.Equal(
            IfngScore.Of(new IfngComponents(row["ifng_mean"], row["pdl1_mean"], row["mhc1_mean"], row["cxcl_mean"], row["cd8_engaged_per_mm2"])), row["ifng_score"]);
    }

    [Fact]
    public void Row_DoesNotDependOnTheOrderOfTheStores()
    {
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=1 d");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        double[] before = [.. Read(simulation, scenario).Values];
        LesionState s = simulation.Lesions[0];
        foreach (CellStore store in (CellStore[])[s.Cd8, s.Macrophages, s.Vessels])
        {
            store.Reorder([.. Enumerable.Range(0, store.Count).Reverse()]);
        }

        Assert.Equal(before, Read(simulation, scenario).Values);
    }

    [Fact]
    public void EmptyTissue_HasUndefinedValues_AndNoError()
    {
        // No CD8, no macrophages: what needs them is not defined, the rest is.
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d", "lesions[primary].immune.cd8=0 /mm2", "lesions[primary].immune.macrophages=0 /mm2");
        using var simulation = new Simulation(scenario.Plan, 0);
        Dictionary<string, double> row = Read(simulation, scenario);
        Assert.All((string[])["cd8_tumor_nn_um", "tumor_cd8_nn_um", "morisita_horn_100um", "mixing_score", "cd163_cd8_log2_ratio"], name => Assert.True(double.IsNaN(row[name]), name));
        Assert.Equal((0.0, 0.0), (row["cd8_phenotype"], row["cd8_engaged_per_mm2"]));
        Assert.True(double.IsFinite(row["vessel_distance_mean_um"]));
    }

    private static Dictionary<string, double> Read(Simulation simulation, ScenarioDefinition scenario)
    {
        var columns = new MeasureColumns(scenario);
        double[] values = new MeasureReader(columns, simulation).Read(simulation, 0, scenario.Arms[0].Parameters);
        return columns.All.Skip(MeasureColumns.Keys).Zip(values).ToDictionary(p => p.First.Name, p => p.Second);
    }

    private static TissuePoint[] Sites(LesionState s, Func<int, bool> which) =>
    [
        .. from z in Enumerable.Range(0, s.Shape.Nz)
           from y in Enumerable.Range(0, s.Shape.Ny)
           from x in Enumerable.Range(0, s.Shape.Nx)
           where which(s.Shape.Site(x, y, z))
           select new TissuePoint((x + 0.5) * s.Shape.SpacingUm, (y + 0.5) * s.Shape.SpacingUm, (z + 0.5) * s.Shape.SpacingUm),
    ];
}
