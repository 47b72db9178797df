using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Radiation;

/// <summary>Fractions on a tissue. Random shares are held within 4 standard errors (false alarm 6e-5 each; seeds are fixed).</summary>
public sealed class RadiationProcessTests
{
    private static readonly MechanismSet Oxic = MechanismSet.AllOn.With(Mechanism.RadiationOxygenEffect, false);

    [Theory]
    [InlineData(1, 0.7189)] // exp(-(0.3 + 0.03))
    [InlineData(3, 0.3104)] // exp(-(0.9 + 0.27))
    [InlineData(8, 0.0133)]
    public void Fraction_SparesTheLinearQuadraticShare(double gy, double surviving)
    {
        using Simulation simulation = Start(Course(gy), Oxic);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        simulation.Step();
        int dead = (int)lesion.Ledger[Booking.TumorDeathsRadiation];
        double doomed = lesion.Radiation!.DoomedCells + dead;
        Assert.InRange((doomed - cells * (1 - surviving)) / Math.Sqrt(cells * surviving * (1 - surviving)), -4, 4);
        Assert.Equal(gy, lesion.Radiation.DoseGy);
    }

    [Fact]
    public void FractionsOfOneStep_DrawApart()
    {
        // Five times 2 Gy within an hour: S = exp(-5 (0.6 + 0.12)).
        using Simulation simulation = Start(Course(2) with { EveryHours = 0.1, Cycles = 5 }, Oxic);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        simulation.Step();
        double doomed = lesion.Radiation!.DoomedCells + lesion.Ledger[Booking.TumorDeathsRadiation], surviving = Math.Exp(-3.6);
        Assert.InRange((doomed - cells * (1 - surviving)) / Math.Sqrt(cells * surviving * (1 - surviving)), -4, 4);
        Assert.Equal([0.0, 0.1, 0.2, 0.3, 0.4], simulation.Events.Where(e => e.Kind == EventKind.Fraction).Select(e => Math.Round(e.TimeHours, 9)));
    }

    [Fact]
    public void HypoxicCells_SurviveMoreOften()
    {
        // As good as without oxygen, S = exp(-(0.3/2.5 · 3 + 0.03/9 · 9)) at 3 Gy.
        SimulationPlan plan = TestPlans.Plan(burnInDays: 0, lesion: TestPlans.Lesion() with { VesselsPerMm2 = 0 });
        using Simulation simulation = Start(Course(3), MechanismSet.AllOn.With(Mechanism.GrowthNecrosis, false), plan);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        simulation.Step();
        double doomed = lesion.Radiation!.DoomedCells + lesion.Ledger[Booking.TumorDeathsRadiation];
        double surviving = Math.Exp(-(0.36 + 0.03));
        Assert.InRange((doomed - cells * (1 - surviving)) / Math.Sqrt(cells * surviving * (1 - surviving)), -4, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Coverage_WithoutPenumbra_IsTheShareOfCellsHit(double coverage)
    {
        using Simulation simulation = Start(Course(60) with { Coverage = coverage }, Oxic);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        simulation.Step();
        double hit = lesion.Radiation!.DoomedCells + lesion.Ledger[Booking.TumorDeathsRadiation];

        // Cells on one line across the direction of the cut share its place: at most a row.
        Assert.InRange(hit, Math.Floor(coverage * cells) - lesion.Shape.Nx, Math.Ceiling(coverage * cells) + lesion.Shape.Nx);
        if (coverage is 0 or 1)
        {
            Assert.Equal(coverage * cells, hit);
        }
    }

    [Fact]
    public void LargerCoverage_ContainsTheSmaller_AndReplicatesAreCutOtherwise()
    {
        HashSet<int> half = Hit(0.5, 0), more = Hit(0.7, 0), other = Hit(0.5, 1);
        Assert.Subset(more, half);
        Assert.False(other.IsSubsetOf(more));

        static HashSet<int> Hit(double coverage, int replicate)
        {
            using Simulation simulation = Start(Course(60) with { Coverage = coverage }, Oxic, replicate: replicate);
            RadiationTraits? traits = null;
            simulation.Step();
            traits = simulation.Lesions[0].Radiation!;
            return [.. Enumerable.Range(0, traits.Damage.Length).Where(i => traits.Damage[i] != 0)];
        }
    }

    [Fact]
    public void Penumbra_FallsFrom80To20PercentOverItsWidth()
    {
        using Simulation simulation = Start(Course(1), Oxic);
        LesionState lesion = simulation.Lesions[0];
        RadiationCourse course = Course(1) with { Coverage = 0.5, PenumbraUm = 100 };
        var beam = new RadiationBeam(lesion, course, default);
        var edge = new RadiationBeam(lesion, course with { PenumbraUm = 0 }, default);
        double most80 = 0, least20 = 1;
        foreach (int site in Sites(lesion.Shape))
        {
            double share = beam.Share(site);
            Assert.Equal(edge.Share(site) == 1, share >= 0.5);
            most80 = share < 0.8 ? Math.Max(most80, share) : most80;
            least20 = share > 0.2 ? Math.Min(least20, share) : least20;
        }

        Assert.InRange(most80, 0.7, 0.8);
        Assert.InRange(least20, 0.2, 0.3);
    }

    [Fact]
    public void DoomedCells_DieAtTheirRate()
    {
        MechanismSet still = Oxic.With(Mechanism.GrowthDivision, false).With(Mechanism.GrowthApoptosis, false).With(Mechanism.Cd8Killing, false)
            .With(Mechanism.MacrophagePhagocytosis, false).With(Mechanism.GrowthNecrosis, false);
        using Simulation simulation = Start(Course(60), still);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        for (int hour = 0; hour < 72; hour++)
        {
            simulation.Step();
        }

        double alive = Math.Exp(-0.2 * 3);
        Assert.InRange((lesion.TumorCells - cells * alive) / Math.Sqrt(cells * alive * (1 - alive)), -4, 4);
        Assert.Equal(lesion.TumorCells, lesion.Radiation!.DoomedCells);
        Assert.Equal(cells - lesion.TumorCells, lesion.Ledger[Booking.TumorDeathsRadiation]);
    }

    [Fact]
    public void DoomedCells_DivideAFewTimesAndDieOut()
    {
        SimulationPlan plan = TestPlans.Plan(burnInDays: 0) with { Parameters = TestPlans.Parameters.With(Parameter.GrowthDivisionRate, 3).With(Parameter.RadiationDeathRate, 0) };
        using Simulation simulation = Start(Course(60), Oxic, plan);
        LesionState lesion = simulation.Lesions[0];
        int cells = lesion.TumorCells;
        for (int hour = 0; hour < 10 * 24 && lesion.TumorCells > 0; hour++)
        {
            simulation.Step();
            Assert.Equal(lesion.TumorCells, lesion.Radiation!.DoomedCells);
        }

        // Half get through a first division: the clone of a doomed cell has Σ (2 · 0.5)^k more births for k up to 4, then ends.
        Assert.InRange(lesion.Ledger[Booking.TumorBirths], cells / 2, 4 * cells);
        Assert.Equal(0, lesion.TumorCells);
    }

    [Fact]
    public void Fraction_TakesLymphocytesAndResidentCd8ByTheirOwnSensitivity()
    {
        using Simulation simulation = Start(Course(8) with { Coverage = 0.5 }, MechanismSet.AllOn);
        double lymphocytes = simulation.Patient.Lymphocytes, nlr = simulation.Patient.Nlr;
        simulation.Step();

        // 5 % of the blood passes a full field; half of it here; exp(-0.63 · 8) of those survive. The step also lets 0.03/24 of the gap return.
        double killed = 0.05 * 0.5 * (1 - Math.Exp(-0.63 * 8));
        Assert.Equal(lymphocytes * (1 - killed * Math.Exp(-0.03 / 24)), simulation.Patient.Lymphocytes, 1e-6);
        Assert.True(simulation.Patient.Nlr > nlr * 1.02);
        using Simulation full = Start(Course(8), MechanismSet.AllOn);
        int cd8 = full.Lesions[0].Cd8.Count;
        full.Step();
        double surviving = Math.Exp(-0.05 * 8);
        Assert.InRange((full.Lesions[0].Ledger[Booking.Cd8DeathsRadiation] - cd8 * (1 - surviving)) / Math.Sqrt(cd8 * surviving * (1 - surviving)), -4, 4);
    }

    [Fact]
    public void UntreatedArm_HasNoTraits_AndAfterwardsTheyAreGone()
    {
        SimulationPlan plan = TestPlans.Plan(burnInDays: 0);
        using var simulation = new Simulation(plan, 0);
        using SimulationSnapshot start = simulation.Capture();
        string before = simulation.StateHash();
        simulation.BeginArm(TestPlans.Control(plan) with { Radiation = [Course(8)] });
        simulation.Step();
        Assert.NotNull(simulation.Lesions[0].Radiation);
        simulation.Restore(start);
        Assert.Null(simulation.Lesions[0].Radiation);
        Assert.Equal(before, simulation.StateHash());
        simulation.BeginArm(TestPlans.Control(plan));
        Assert.Null(simulation.Lesions[0].Radiation);
    }

    [Fact]
    public void WithoutWeekends_FractionsWaitForMonday()
    {
        // Thursday (day 3), Friday, then Monday (day 7).
        RadiationCourse course = Course(2) with { StartHours = 72, EveryHours = 24, Weekends = false };
        Assert.Equal([72.0, 96.0, 168.0, 192.0, 216.0, 240.0, 264.0, 336.0], Enumerable.Range(0, 8).Select(course.DueHours));
        Assert.Equal(168, (course with { StartHours = 130 }).DueHours(0) - 10, 1e-9);
        Assert.Equal([72.0, 96.0, 120.0], Enumerable.Range(0, 3).Select((course with { Weekends = true }).DueHours));
    }

    [Fact]
    public void Condition_EndsACourseForGood()
    {
        SimulationPlan plan = TestPlans.Plan(burnInDays: 0);
        using var simulation = new Simulation(plan, 0);
        RadiationCourse daily = Course(2) with { EveryHours = 24, Cycles = 9, Until = new StopCondition(StopMeasure.Nlr, true, 2.8) };
        simulation.BeginArm(TestPlans.Control(plan) with { Radiation = [daily] });
        for (int hour = 0; hour < 9 * 24; hour++)
        {
            simulation.Step();
        }

        int fractions = simulation.Events.Count(e => e.Kind == EventKind.Fraction);
        Assert.InRange(fractions, 1, 8);
        SimulationEvent ended = Assert.Single(simulation.Events, e => e.Kind == EventKind.CourseEnded);
        Assert.Equal(fractions * 24, ended.TimeHours);
    }

    private static RadiationCourse Course(double gy) => new()
    {
        Lesion = 0, FractionGy = gy, Coverage = 1, PenumbraUm = 0, StartHours = 0, EveryHours = 24, Cycles = 1,
    };

    private static Simulation Start(RadiationCourse course, MechanismSet mechanisms, SimulationPlan? plan = null, int replicate = 0)
    {
        plan ??= TestPlans.Plan(burnInDays: 0);
        var simulation = new Simulation(plan, replicate);
        simulation.BeginArm(TestPlans.Control(plan) with { Radiation = [course], Mechanisms = mechanisms });
        return simulation;
    }

    private static IEnumerable<int> Sites(LatticeShape shape) =>
        Enumerable.Range(0, shape.Rows).SelectMany(row => Enumerable.Range(shape.RowStart(row), shape.Nx));
}
