using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>Tiles of a lesion: lattices with chances of their own in one patient, read from their sum.</summary>
public sealed class TileTests
{
    private static readonly ArmPlan Treated = new(
        "A+B",
        [
            new DrugCourse { Drug = TestPlans.Atezolizumab, DoseMg = 1200, StartHours = 0, EveryHours = 504 },
            new DrugCourse { Drug = TestPlans.Bevacizumab, DoseMg = 1050, StartHours = 0, EveryHours = 504 },
        ],
        TestPlans.Parameters,
        MechanismSet.Default);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Bits_DoNotDependOnThreads(int tiles, int lesions)
    {
        SimulationPlan plan = With(TestPlans.Everything(), tiles);
        plan = plan with { Lesions = [.. plan.Lesions.Take(lesions)] };
        string[] hashes = [.. ((int[])[1, 2, 3, 8]).Select(threads =>
        {
            using var simulation = new Simulation(plan, 0, threads);
            simulation.RunBurnIn();
            simulation.BeginArm(TestPlans.EverythingArm(plan));
            for (int i = 0; i < 48; i++)
            {
                simulation.Step();
            }

            Assert.Equal(tiles * lesions, simulation.Lesions.Count);
            return simulation.StateHash();
        })];
        Assert.All(hashes, h => Assert.Equal(hashes[0], h));
    }

    [Fact]
    public void OneTile_IsTheLesionWithoutTiles_AndTilesDiffer()
    {
        using Simulation one = AtStart(1), three = AtStart(3);
        Assert.Equal(one.Lesions[0].Vessels.Count, three.Lesions[0].Vessels.Count);
        Assert.Equal(3, three.Lesions.Select(l => string.Join(',', l.Vessels.Site.Span.ToArray())).Distinct().Count());
        Assert.Equal(
            string.Join(',', one.Lesions[0].Stroma.Span.ToArray()), string.Join(',', three.Lesions[0].Stroma.Span.ToArray()));
    }

    [Fact]
    public void Size_IsReadFromTheSumOfTheTiles()
    {
        using Simulation simulation = AtStart(3);
        simulation.BeginArm(Treated);
        while (simulation.TimeHours < 96)
        {
            simulation.Step();
        }

        double now = simulation.Lesions.Sum(l => (double)l.TumorCells), start = simulation.Lesions.Sum(l => (double)l.TumorCellsAtStart);
        Assert.NotEqual(start, now);
        Assert.Equal(Math.Pow(now / start, 1.5) - 1, simulation.VolumeChange(0), 1e-12);
        Assert.Equal(45 * Math.Sqrt(now / start), simulation.ScaledDiameterMm(0), 1e-9);
        Assert.All(Enumerable.Range(0, 3), tile => Assert.Equal(
            Math.Pow((double)simulation.Lesions[tile].TumorCells / simulation.Lesions[tile].TumorCellsAtStart, 1.5) - 1,
            simulation.TileVolumeChange(tile), 1e-12));
    }

    [Fact]
    public void Tiles_ShareTheLesionThatTheyStandFor()
    {
        using Simulation one = AtStart(1), four = AtStart(4);
        Assert.Equal(one.RepresentedCells(0) / 4, four.RepresentedCells(0), 1e-9);

        // Antigen of the lesion is that of its tiles together, so blood sees the same lesion within chance.
        Assert.InRange(four.Patient.Antigen / one.Patient.Antigen, 0.5, 2);
    }

    [Fact]
    public void Beam_IrradiatesEveryTileOfItsLesionAlone()
    {
        SimulationPlan plan = With(TestPlans.Everything(), 2);
        using var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(new ArmPlan("8 Gy", [], plan.Parameters, plan.Mechanisms)
        {
            Radiation = [new RadiationCourse { Lesion = 1, FractionGy = 8, Coverage = 1, PenumbraUm = 100, StartHours = 0, Cycles = 1 }],
        });
        simulation.Step();
        Assert.Equal([false, false, true, true], simulation.Lesions.Select(l => l.Radiation is { DoseGy: > 0 }));
        Assert.Single(simulation.Events, e => e.Kind == EventKind.Fraction);
    }

    [Fact]
    public void Snapshot_BringsAllTilesBack()
    {
        using Simulation simulation = AtStart(2);
        using SimulationSnapshot start = simulation.Capture();
        string hash = simulation.StateHash();
        simulation.BeginArm(Treated);
        simulation.Step();
        Assert.NotEqual(hash, simulation.StateHash());
        simulation.Restore(start);
        Assert.Equal(hash, simulation.StateHash());
    }

    [Fact]
    public void NoTile_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Simulation(With(TestPlans.Plan(), 0), 0));

    private static SimulationPlan With(SimulationPlan plan, int tiles) => plan with { Tissue = plan.Tissue with { Tiles = tiles } };

    private static Simulation AtStart(int tiles)
    {
        var simulation = new Simulation(With(TestPlans.Plan(), tiles), 0);
        simulation.RunBurnIn();
        return simulation;
    }
}
