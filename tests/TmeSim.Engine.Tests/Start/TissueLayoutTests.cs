using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Start;

/// <summary>Each structure measured against its parameter, as a reader of a section would.</summary>
public sealed class TissueLayoutTests
{
    private static readonly RandomKey Key = RandomKey.Create(7, 0, 0);

    [Fact]
    public void Tracts_StandAtTheirDistance_AndHaveTheirArea()
    {
        var shape = new LatticeShape(400, 400, 1, 20);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.LiverLobuleJitter, 0);
        LobulePoint[] tracts = [.. LobulePattern.Of(shape, parameters, Key).Where(p => p.IsTract)];
        LobulePoint[] inner = [.. tracts.Where(p => Math.Abs(p.X) < 3000 && Math.Abs(p.Y) < 3000)];
        Assert.All(inner, tract => Assert.Equal(3, tracts.Count(other => Math.Abs(Distance(tract, other) - 800) < 1)));
        Assert.All(inner, tract => Assert.DoesNotContain(tracts, other => other != tract && Distance(tract, other) < 799));
        Assert.InRange(inner.Length / 36.0, 1.1, 1.3);

        using LesionState lesion = Seeded(shape, parameters, Mechanism.LiverLobules);
        int dense = lesion.Stroma.Span.Count(0.8f), seen = tracts.Count(p => Math.Abs(p.X) < 4000 && Math.Abs(p.Y) < 4000 && p.X * p.X + p.Y * p.Y > 340 * 340);
        Assert.InRange(dense * 400.0 / seen, 0.9 * Math.PI * 80 * 80, 1.1 * Math.PI * 80 * 80);
    }

    [Fact]
    public void Tracts_HaveTheirVessels_AndTheLiverItsDensity()
    {
        var shape = new LatticeShape(300, 300, 1, 20);
        using LesionState lesion = Seeded(shape, TestPlans.Parameters, Mechanism.LiverLobules);
        int tracts = LobulePattern.Of(shape, TestPlans.Parameters, Key).Count(p => p.IsTract && Math.Abs(p.X) < 2900 && Math.Abs(p.Y) < 2900);
        int inTracts = Sites(lesion.Vessels).Count(site => lesion.Stroma[site] == 0.8f);
        Assert.InRange(inTracts / (double)tracts, 2.7, 3.5);
        Assert.InRange(lesion.Vessels.Count / 36.0, 59, 61);
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(100, 20)]
    [InlineData(100, 40)]
    public void Capsule_HasItsThickness_OnEachSide(double thickness, double spacing)
    {
        var shape = new LatticeShape(101, 101, 1, spacing);
        using LesionState lesion = Seeded(shape, TestPlans.Parameters.With(Parameter.TumorCapsuleThickness, thickness), Mechanism.TumorCapsule);
        foreach (int step in (int[])[1, -1, shape.Stride, -shape.Stride])
        {
            int site = shape.Site(50, 50);
            for (; lesion.ParenchymaCodes[site] == Parenchyma.Tumor; site += step)
            {
                Assert.True(lesion.Stroma[site] < 0.5);
            }

            int dense = 0;
            for (; lesion.Stroma[site] > 0.7; site += step)
            {
                dense++;
            }

            Assert.Equal(thickness / spacing, dense, 1.0);
        }
    }

    [Fact]
    public void Capsule_FollowsTheTumour()
    {
        MechanismSet on = MechanismSet.Default.With(Mechanism.TumorCapsule, true);
        SimulationPlan plan = TestPlans.Plan(80, 80, burnInDays: 0) with { Mechanisms = on };
        using var simulation = new Simulation(plan with { Parameters = plan.Parameters.With(Parameter.StromaEcmDecay, 1).With(Parameter.GrowthDivisionRate, 0.08) }, 0);
        simulation.RunBurnIn();
        for (int hour = 0; hour < 240; hour++)
        {
            simulation.Step();
        }

        // Dense matrix lies in the liver beside the edge and not beyond.
        LesionState lesion = simulation.Lesions[0];
        Assert.True(lesion.TumorCells > 800);
        int capsule = 0;
        for (int row = 0; row < 80; row++)
        {
            for (int site = lesion.Shape.RowStart(row); site < lesion.Shape.RowStart(row) + 80; site++)
            {
                capsule += lesion.Stroma[site] > 0.3 && lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte ? 1 : 0;
            }
        }

        double radius = Math.Sqrt(lesion.TumorBedSites / Math.PI);
        Assert.InRange(capsule, 0.6 * Ring(radius, 5), 1.3 * Ring(radius, 5));
    }

    [Theory]
    [InlineData(400, 400, 1)]
    [InlineData(90, 90, 90)]
    public void Septa_HaveTheirWidthAndNodules(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        double narrow = Share(shape, 6), wide = Share(shape, 60), box = 450;

        // Share = width · length per area while septa are narrow; where they meet, wide ones share ground.
        Assert.InRange(wide / narrow, 7.5, 10);

        // Planes of a Voronoi diagram: 2/√d lines per length in the plane, 2.91/∛v in space (random seeds; those of a grid have less).
        double length = narrow / 6 * box;
        Assert.InRange(length, nz == 1 ? 1.6 : 2.2, nz == 1 ? 2.1 : 3);
    }

    [Theory]
    [InlineData(300, 300, 1, 80, 20)]
    [InlineData(300, 300, 1, 160, 40)]
    [InlineData(70, 70, 70, 80, 20)]
    [InlineData(6000, 1, 1, 80, 20)]
    public void Plates_HaveTheirThickness(int nx, int ny, int nz, double thickness, double width)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.TumorPlateThickness, thickness).With(Parameter.TumorTrackWidth, width);
        var plates = new PlatePattern(shape, parameters, Key);
        var axes = new TissueAxes(shape);
        double tracks = 0;
        foreach ((int x, int y, int z) in Coordinates(shape))
        {
            (double px, double py, double pz) = axes.Place(x, y, z);
            tracks += plates.IsTrack(px, py, pz) ? 1 : 0;
        }

        double share = tracks / shape.SiteCount;
        Assert.InRange(width * (1 - share) / share, 0.85 * thickness, 1.2 * thickness);
    }

    [Theory]
    [InlineData(61, 53, 1)]
    [InlineData(53, 1, 61)]
    [InlineData(23, 21, 19)]
    [InlineData(97, 1, 1)]
    public void Growth_LeavesSeptaAndTracksOpen(int nx, int ny, int nz)
    {
        SimulationPlan plan = TestPlans.Plan(nx, ny, nz, burnInDays: 0, TestPlans.Lesion() with { RadiusUm = 160 });
        MechanismSet on = MechanismSet.Default.With(Mechanism.TumorSepta, true).With(Mechanism.TumorTrabeculae, true).With(Mechanism.RegressionCollapse, true);
        ParameterSet parameters = plan.Parameters.With(Parameter.GrowthDivisionRate, 0.5).With(Parameter.TumorSeptumDistance, 240).With(Parameter.TumorSeptumWidth, 40);
        using var simulation = new Simulation(plan with { Mechanisms = on, Parameters = parameters }, 0);
        simulation.RunBurnIn();
        LesionState lesion = simulation.Lesions[0];
        (int before, int open) = (lesion.TumorCells, lesion.ParenchymaCodes.Span.Count(Parenchyma.Stroma));
        Assert.Equal(Seeder.CellsAt(lesion.Shape, 160), before);
        for (int hour = 0; hour < 120; hour++)
        {
            simulation.Step();
        }

        Assert.True(lesion.TumorCells > 1.5 * before);
        int nowOpen = lesion.ParenchymaCodes.Span.Count(Parenchyma.Stroma);
        Assert.True(nowOpen > open);
        foreach ((int x, int y, int z) in Coordinates(lesion.Shape))
        {
            int site = lesion.Shape.Site(x, y, z);
            byte code = lesion.ParenchymaCodes[site];
            Assert.True(lesion.StromaMap.IsClosed(site) ? code is Parenchyma.Stroma or Parenchyma.Hepatocyte or Parenchyma.Necrotic : code != Parenchyma.Stroma);
        }
    }

    [Fact]
    public void Vessels_OfTheTumour_StandInSeptaAndTracks()
    {
        var shape = new LatticeShape(160, 160, 1, 20);
        LesionPlan plan = TestPlans.Lesion() with { RadiusUm = 1000 };
        using LesionState lesion = Seeded(shape, TestPlans.Parameters, plan, Mechanism.TumorSepta, Mechanism.TumorTrabeculae);
        int[] bed = [.. Sites(lesion.Vessels).Where(site => lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)];
        Assert.All(bed, site => Assert.Equal(Parenchyma.Stroma, lesion.ParenchymaCodes[site]));
        Assert.InRange(bed.Length / (lesion.TumorBedSites * shape.SiteAreaMm2), 57, 63);
        Assert.Equal(0.4, bed.Count(site => lesion.Stroma[site] > 0.7) / (double)bed.Length, 0.12);
    }

    /// <summary>A larger lattice shows more of the same tissue.</summary>
    [Fact]
    public void Layout_OnALargerLattice_IsTheSame()
    {
        LatticeShape small = new(80, 90, 1, 20), large = new(120, 110, 1, 20), turned = new(80, 1, 90, 20);
        Mechanism[] all = [Mechanism.LiverLobules, Mechanism.TumorCapsule, Mechanism.TumorSepta, Mechanism.TumorTrabeculae];
        using LesionState first = Seeded(small, TestPlans.Parameters, all), second = Seeded(large, TestPlans.Parameters, all), third = Seeded(turned, TestPlans.Parameters, all);
        foreach ((int x, int y, int _) in Coordinates(small))
        {
            int a = small.Site(x, y), b = large.Site(x + 20, y + 10), c = turned.Site(x, 0, y);
            Assert.Equal(first.Stroma[a], second.Stroma[b]);
            Assert.Equal(first.ParenchymaCodes[a], second.ParenchymaCodes[b]);
            Assert.Equal(first.Stroma[a], third.Stroma[c]);
            Assert.Equal(first.ParenchymaCodes[a], third.ParenchymaCodes[c]);
        }
    }

    [Fact]
    public void Turn_IsCosineAndSine()
    {
        for (double turns = -3; turns < 3; turns += 0.0037)
        {
            Assert.Equal(Math.Cos(2 * Math.PI * turns), Turn.Cos(turns), 1e-8);
            Assert.Equal(Math.Sin(2 * Math.PI * turns), Turn.Sin(turns), 1e-8);
        }
    }

    private static double Share(LatticeShape shape, double width)
    {
        var septa = new NodulePattern(shape, TestPlans.Parameters.With(Parameter.TumorSeptumWidth, width), Key);
        var axes = new TissueAxes(shape);
        return Coordinates(shape).Average(c =>
        {
            (double x, double y, double z) = axes.Place(c.X, c.Y, c.Z);
            return septa.IsSeptum(x, y, z) ? 1.0 : 0;
        });
    }

    private static LesionState Seeded(LatticeShape shape, ParameterSet parameters, params Mechanism[] on) => Seeded(shape, parameters, TestPlans.Lesion(), on);

    private static LesionState Seeded(LatticeShape shape, ParameterSet parameters, LesionPlan plan, params Mechanism[] on)
    {
        MechanismSet mechanisms = on.Aggregate(MechanismSet.Default, (set, m) => set.With(m, true));
        var lesion = new LesionState(shape, new CloneTable(plan));
        using var scratch = new SiteArray<float>(shape.Length);
        using var runner = new RowRunner();
        new Seeder(lesion, plan, parameters, mechanisms, Key, scratch, runner).Seed(Seeder.CellsAt(shape, plan.RadiusUm));
        return lesion;
    }

    private static IEnumerable<int> Sites(VesselStore vessels) => Enumerable.Range(0, vessels.Count).Select(i => vessels.Site[i]);

    private static double Distance(LobulePoint a, LobulePoint b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private static double Ring(double inner, double width) => Math.PI * ((inner + width) * (inner + width) - inner * inner);

    private static IEnumerable<(int X, int Y, int Z)> Coordinates(LatticeShape shape) =>
        from z in Enumerable.Range(0, shape.Nz) from y in Enumerable.Range(0, shape.Ny) from x in Enumerable.Range(0, shape.Nx) select (x, y, z);
}
