using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Tumor;

/// <summary>Drugs that slow the division of tumour cells (MODEL.md 7.5), in whole runs of a tumour where nothing else happens.</summary>
public sealed class DivisionDrugTests
{
    private static readonly MechanismSet DivisionAlone = MechanismSet.AllOn.With(Mechanism.Cd8Killing, false).With(Mechanism.GrowthApoptosis, false)
        .With(Mechanism.GrowthNecrosis, false).With(Mechanism.MacrophagePhagocytosis, false).With(Mechanism.ClonesMutation, false)
        .With(Mechanism.GrowthOxygenLimit, false);

    /// <summary>The target is full everywhere: the tumour grows at the share of its rate that is left.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.2)]
    [InlineData(0.0)]
    public void Growth_FallsByTheOccupancy(double maxEffect)
    {
        double plain = Run(null, DivisionAlone).Growth, slowed = Run(maxEffect, DivisionAlone).Growth;
        Assert.True(plain > 1, $"ln N/N0 {plain}");
        Assert.Equal(1 - maxEffect, slowed / plain, 0.06);
    }

    /// <summary>The switch takes the drug away to the last bit; a clone that divides otherwise goes the same way.</summary>
    [Fact]
    public void SwitchOff_IsNoDrug()
    {
        MechanismSet off = DivisionAlone.With(Mechanism.GrowthKinaseInhibition, false);
        Assert.Equal(Run(null, off), Run(1, off));
        Assert.Equal(Run(null, DivisionAlone), Run(1, off));
        Assert.Equal(0, Run(1, DivisionAlone, Genotype.Runx1).Growth);
        Assert.True(Run(0.5, DivisionAlone, Genotype.Runx1).Growth > Run(0.5, DivisionAlone).Growth);
    }

    // ln N/N0, and where the cells stand.
    private static (double Growth, long Sites) Run(double? maxEffect, MechanismSet mechanisms, Genotype lof = Genotype.None)
    {
        ClonePlan[] clones = lof == Genotype.None ? [] : [new ClonePlan("lost", 0.5, 0.6, 1) { Lof = lof }];
        LesionPlan lesion = TestPlans.Lesion() with { RadiusUm = 240, Cd8PerMm2 = 0, MacrophagesPerMm2 = 0, Clones = clones };
        SimulationPlan plan = TestPlans.Plan(60, 60, burnInDays: 0, lesion: lesion) with
        {
            Parameters = TestPlans.Parameters.With(Parameter.GrowthDivisionRate, 0.3), Mechanisms = mechanisms,
        };
        using var simulation = new Simulation(plan, 0);
        simulation.BeginArm(maxEffect is not { } effect ? TestPlans.Control(plan)
            : new ArmPlan("drug", [Course(effect)], plan.Parameters, plan.Mechanisms));
        LesionState state = simulation.Lesions[0];
        double before = state.TumorCells;
        for (int i = 0; i < 120; i++)
        {
            simulation.Step();
        }

        long sites = Enumerable.Range(0, 3600).Where(i => state.ParenchymaCodes[state.Shape.Site(i % 60, i / 60)] == Parenchyma.Tumor).Sum(i => (long)i * i);
        return (Math.Log(state.TumorCells / before), sites);
    }

    // So much that the target is full from the first hour on.
    private static DrugCourse Course(double maxEffect) => new()
    {
        Drug = new DrugPlan
        {
            Name = "slows", Class = DrugClass.SmallMolecule, MolarMassKDa = 0.4, Pk = new OralPlan(100, 100, 1000), Partition = 1,
            Effects = [new DrugEffect(DrugTarget.Proliferation, 0.1, maxEffect)],
        },
        DoseMg = 1000, StartHours = 0,
    };
}
