using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Engine.Tests;

/// <summary>The engine as a library; README and MODEL.md show this example.</summary>
public class LibraryExampleTests
{
    [Fact]
    public void Engine_DrivenAsLibrary_ComparesTwoArms()
    {
        ParameterSet parameters = ParameterLibrary.Defaults("clinical");
        var lesion = new LesionPlan
        {
            Name = "primary", DiameterMm = 45, RadiusUm = 300, DoublingTimeHours = 140 * 24, Antigenicity = 0.6, Nek9 = 1, Clones = [],
            Pattern = ImmunePattern.Inflamed, Cd8PerMm2 = 120, MacrophagesPerMm2 = 200, Cd163Fraction = 0.4,
            VesselsPerMm2 = 60, VesselMaturity = 0.4, StromaDensity = 0.2,
        };
        var plan = new SimulationPlan
        {
            Seed = 42, Time = new TimePlan(StepHours: 1, BurnInHours: 10 * 24, DurationHours: 7 * 24),
            Tissue = new TissuePlan(Nx: 48, Ny: 48, Nz: 1, SpacingUm: 20), Lesions = [lesion],
            Patient = new PatientPlan(Nlr: 2.7, WeightKg: 70, ChildPugh: 'A', MeanLiverDoseGy: 0), Parameters = parameters, Mechanisms = MechanismSet.Default,
        };
        DrugPlan drug = DrugLibrary.Find("atezolizumab")!.Plan;
        var course = new DrugCourse { Drug = drug, DoseMg = 1200, StartHours = 0, EveryHours = 21 * 24 };
        using var simulation = new Simulation(plan, replicate: 0);
        simulation.RunBurnIn();
        using SimulationSnapshot start = simulation.Capture();
        var cells = new Dictionary<string, int>();
        var oxygen = new Dictionary<string, float>();
        foreach (ArmPlan arm in new ArmPlan[] { new("Control", [], parameters, plan.Mechanisms), new("Atezolizumab", [course], parameters, plan.Mechanisms) })
        {
            simulation.Restore(start);
            simulation.BeginArm(arm);
            while (simulation.TimeHours < plan.Time.DurationHours)
            {
                simulation.Step();
            }

            LesionState tissue = simulation.Lesions[0];
            cells[arm.Name] = tissue.TumorCells;

            // Fields are tensors [z, y, x]: here the oxygen in the middle of the slice, in mmHg.
            oxygen[arm.Name] = tissue.View(FieldId.Oxygen)[0, 24, 24];
        }

        Assert.All(oxygen.Values, p => Assert.InRange(p, 0.1f, 60));
        Assert.True(cells["Atezolizumab"] < cells["Control"], $"atezolizumab {cells["Atezolizumab"]}, control {cells["Control"]}");
    }

    [Fact]
    public void WithoutBurnIn_FieldsAreSettledAtTheStart()
    {
        using var simulation = new Simulation(TestPlans.Plan(burnInDays: 0), 0);
        LesionState lesion = simulation.Lesions[0];
        int centre = lesion.Shape.Site(20, 20);
        Assert.InRange(lesion.Field(FieldId.Oxygen)[centre], 5, 60);
        Assert.InRange(lesion.Field(FieldId.Vegf)[centre], 0.1, 5);
    }
}
