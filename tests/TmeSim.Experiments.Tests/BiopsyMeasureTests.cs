using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>The core needle: a part of the tissue, the same for the same tissue, and the whole when it is wide enough.</summary>
public sealed class BiopsyMeasureTests
{
    private const double Wide = 1e5;

    [Theory]
    [InlineData("tissue.size=[0.8 mm, 0.8 mm]")]
    [InlineData("tissue.size=[0.6 mm, 0.64 mm, 0.6 mm]")]
    [InlineData("tissue.size=[2 mm]")]
    public void ANeedleAsWideAsTheLattice_GivesTheWhole(string size)
    {
        using Simulation simulation = Start(out ScenarioDefinition scenario, 0, size);
        LesionReading reading = new(simulation, 0, scenario.Arms[0].Parameters, []);
        NeedleSample needle = new(reading, Wide);

        Assert.Equal(reading.BedAreaMm2, needle.AreaMm2);
        Assert.Equal(reading.Baseline.Cd8PerMm2, needle.Cd8PerMm2);
        Assert.Equal(reading.Baseline.MacrophagesPerMm2, needle.MacrophagesPerMm2);
        Assert.Equal(reading.Baseline.Cd163Fraction, needle.Cd163Fraction);
        Assert.Equal(reading.Zones.Cd8, needle.Zones);
        Assert.Equal(Whole("cd8_phenotype", reading), needle.Phenotype);
        Assert.True(needle.Cd8PerMm2 > 0);
    }

    /// <summary>What is counted row by row is what lies within half a width of the middle line.</summary>
    [Theory]
    [InlineData("tissue.size=[0.8 mm, 0.8 mm]", 100)]
    [InlineData("tissue.size=[0.8 mm, 0.8 mm]", 240)]
    [InlineData("tissue.size=[0.6 mm, 0.64 mm, 0.6 mm]", 150)]
    public void ANeedle_HoldsTheSitesNearItsMiddleLine(string size, double widthUm)
    {
        for (int replicate = 0; replicate < 4; replicate++)
        {
            using Simulation simulation = Start(out ScenarioDefinition scenario, replicate, size);
            LesionReading reading = new(simulation, 0, scenario.Arms[0].Parameters, []);
            NeedleTrack track = NeedleTrack.Of(reading, widthUm)!;
            LesionState lesion = reading.State;
            ((double ex, double ey, double ez), (double px, double py, double pz)) = (track.Direction, track.Point);
            Assert.Equal(1, (ex * ex) + (ey * ey) + (ez * ez), 1e-12);
            int inside = 0;
            foreach (int site in Sites(lesion).Where(s => lesion.ParenchymaCodes[s] != Parenchyma.Hepatocyte))
            {
                // Length of the product of the way from the line and its direction.
                (int x, int y, int z) = lesion.Shape.Coordinates(site);
                (double dx, double dy, double dz) = (x - px, y - py, z - pz);
                (double cx, double cy, double cz) = ((dy * ez) - (dz * ey), (dz * ex) - (dx * ez), (dx * ey) - (dy * ex));
                inside += Math.Sqrt((cx * cx) + (cy * cy) + (cz * cz)) * lesion.Shape.SpacingUm <= widthUm / 2 ? 1 : 0;
            }

            Assert.InRange(inside, 1, lesion.TumorBedSites - 1);
            Assert.Equal(inside * lesion.Shape.SiteAreaMm2, new NeedleSample(reading, widthUm).AreaMm2, 1e-12);
        }
    }

    [Fact]
    public void TheNeedle_IsThatOfSeedReplicateAndTissue_AndChangesNothing()
    {
        using Simulation first = Start(out ScenarioDefinition scenario, 0, "tissue.tiles=2"), again = Start(out _, 0, "tissue.tiles=2"), other = Start(out _, 1, "tissue.tiles=2"),
            seed = Start(out _, 0, "tissue.tiles=2", "seed=8");
        string before = first.StateHash();
        NeedleTrack Track(Simulation simulation, int tissue) => NeedleTrack.Of(new LesionReading(simulation, tissue, scenario.Arms[0].Parameters, []), 100)!;
        Assert.Equal(Track(first, 0).Direction, Track(again, 0).Direction);
        Assert.Equal(Track(first, 0).Point, Track(again, 0).Point);
        Assert.Equal(4, ((NeedleTrack[])[Track(first, 0), Track(first, 1), Track(other, 0), Track(seed, 0)]).Select(t => t.Direction).Distinct().Count());
        Assert.Equal(before, first.StateHash());

        // It is aimed at the tumour.
        for (int tissue = 0; tissue < 2; tissue++)
        {
            Assert.InRange(Math.Sqrt(Math.Pow(Track(first, tissue).Point.X - 19.5, 2) + Math.Pow(Track(first, tissue).Point.Y - 19.5, 2)), 0.01, 8.5);
        }

        // Another arm of the same tissue has the same needle; later the tissue has changed and not the direction.
        (double, double, double) direction = Track(first, 1).Direction;
        first.BeginArm(scenario.Arms[1]);
        for (int i = 0; i < 8; i++)
        {
            first.Step();
        }

        Assert.Equal(direction, Track(first, 1).Direction);
    }

    [Fact]
    public void ANeedle_HitsOneTile_WhoseValuesTheLesionHas()
    {
        HashSet<int> hit = [];
        for (int replicate = 0; replicate < 12; replicate++)
        {
            using Simulation simulation = Start(out ScenarioDefinition scenario, replicate, "tissue.tiles=3");
            var columns = new MeasureColumns(scenario);
            var reader = new MeasureReader(columns, simulation);
            double[] values = reader.Read(simulation, 0, scenario.Arms[0].Parameters);
            LesionReading[] tiles = [.. Enumerable.Range(0, 3).Select(t => new LesionReading(simulation, t, scenario.Arms[0].Parameters, reader.BooksAtStart[t]))];
            int tile = NeedleTrack.Tile(tiles[0]);
            Assert.All(tiles, t => Assert.Equal(tile, NeedleTrack.Tile(t)));
            hit.Add(tile);
            foreach ((Measure measure, double value) in columns.Measures.Zip(values).Where(m => m.First.Name.StartsWith("biopsy_", StringComparison.Ordinal)))
            {
                Assert.Equal(measure.Read!(tiles[tile]), value);
            }
        }

        Assert.Equal(3, hit.Count);
    }

    private static double Whole(string name, LesionReading reading) => MeasureTable.All.Single(m => m.Name == name).Read!(reading);

    private static IEnumerable<int> Sites(LesionState s) =>
        from z in Enumerable.Range(0, s.Shape.Nz) from y in Enumerable.Range(0, s.Shape.Ny) from x in Enumerable.Range(0, s.Shape.Nx) select s.Shape.Site(x, y, z);

    private static Simulation Start(out ScenarioDefinition scenario, int replicate, params string[] sets)
    {
        scenario = SmallScenario.Read(["time.burn_in=0 d", .. sets]);
        var simulation = new Simulation(scenario.Plan, replicate);
        simulation.BeginArm(scenario.Arms[0]);
        return simulation;
    }
}
