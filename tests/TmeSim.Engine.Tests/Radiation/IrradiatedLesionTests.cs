using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;

namespace TmeSim.Engine.Tests.Radiation;

public sealed class IrradiatedLesionTests
{
    // α 0.3 /Gy and α/β 10 Gy: −ln S of 8 Gy is 2.4 + 1.92.
    private const double LogKill8 = 4.32;

    [Fact]
    public void ThreeTimesEightGy_OnFiveThousandCells_ClearsThemButNotTheLesion()
    {
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), Arm(Course())));
        Assert.Equal((3, 5027), (found.Fractions, found.TileCells));
        Assert.Equal(43.2, found.BedGy, 1e-9);
        Assert.Equal(36, found.Eqd2Gy, 1e-9);
        Assert.Equal(Math.Exp(-3 * LogKill8), found.Surviving, 1e-15);
        Assert.Equal(0.0118, found.TileSurvivors, 1e-4);

        // A ball of 45 mm in cubes of 20 µm.
        Assert.Equal(Math.PI / 6 * 91125 / 8e-6, found.LesionCells, 1.0);
        Assert.Equal(14_020, found.LesionSurvivors, 50.0);
        Assert.True(found.OnlyTheTileIsCleared);
    }

    [Fact]
    public void CellsOutsideTheField_Survive()
    {
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), Arm(Course(coverage: 0.9))));
        Assert.Equal(0.1 + (0.9 * Math.Exp(-3 * LogKill8)), found.Surviving, 1e-12);
        Assert.False(found.OnlyTheTileIsCleared);
    }

    /// <summary>Half of the cells lie in both fields, three tenths in the wider one alone.</summary>
    [Fact]
    public void FieldsOfOneLesion_LieInsideEachOther()
    {
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), Arm(Course(coverage: 0.8), Course(coverage: 0.5, fractions: 1))));
        Assert.Equal((0.5 * Math.Exp(-4 * LogKill8)) + (0.3 * Math.Exp(-3 * LogKill8)) + 0.2, found.Surviving, 1e-12);
        Assert.Equal(4, found.Fractions);
        Assert.Equal(4 * 8 * 1.8, found.BedGy, 1e-9);
    }

    [Theory]
    [InlineData(0, null, 3)]
    [InlineData(223, null, 1)] // the run ends after 240 h, fractions are a day apart
    [InlineData(240, null, 0)]
    [InlineData(0, 48.0, 2)] // the course is stopped
    public void FractionsThatAreNotGiven_KillNobody(double start, double? stop, int due)
    {
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), Arm(Course() with { StartHours = start, StopHours = stop })));
        Assert.Equal(due, found.Fractions);
        Assert.Equal(Math.Exp(-due * LogKill8), found.Surviving, 1e-12);
    }

    [Fact]
    public void DoseThatClearsTheLesionToo_IsNoArtefact()
    {
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), Arm(Course(fractions: 8))));
        Assert.True(found.LesionSurvivors < 1e-3);
        Assert.False(found.OnlyTheTileIsCleared);
    }

    [Fact]
    public void LinearAboveTheThreshold_HasTheDoseOfItsSurvival()
    {
        ArmPlan arm = Arm(Course() with { LinearAbove = true, FractionGy = 20 });
        IrradiatedLesion found = Assert.Single(IrradiatedLesion.Of(Plan(), arm));
        Assert.Equal(-Math.Log(found.Surviving) / arm.Parameters[Parameter.RadiationAlpha], found.BedGy, 1e-9);
        Assert.True(found.BedGy < CellSurvival.Bed(3, 20, 10));
    }

    private static SimulationPlan Plan() => TestPlans.Plan(128, 128, lesion: TestPlans.Lesion() with { RadiusUm = 800 });

    private static ArmPlan Arm(params RadiationCourse[] courses) => new("A", [], TestPlans.Parameters, MechanismSet.AllOn) { Radiation = courses };

    private static RadiationCourse Course(double coverage = 1, int fractions = 3) => new()
    {
        Lesion = 0, FractionGy = 8, Coverage = coverage, PenumbraUm = 0, StartHours = 0, EveryHours = 24, Cycles = fractions,
    };
}
