using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Start;

/// <summary>A burn-in with a reference patient finds nothing: what it holds is the reference's, what comes out is the patient's.</summary>
public sealed class ReferencePlanTests
{
    private static readonly ReferencePlan Reference = new(0.0033, 0.9)
    {
        Multipliers = new Dictionary<Multiplier, double>
        {
            [Multiplier.DivisionRatePerDay] = 0.03,
            [Multiplier.Cd8Entry] = 0.7,
            [Multiplier.MonocyteEntry] = 1.4,
            [Multiplier.Polarisation] = 0.8,
            [Multiplier.Sprouting] = 1.2,
            [Multiplier.VegfOutput] = 1.5,
        },
    };

    [Fact]
    public void Multipliers_AreHeld_AndDivisionIsThatOfTheTumourFromT0On()
    {
        using Simulation simulation = Run(TestPlans.Lesion() with { Reference = Reference, DoublingTimeHours = 70 * 24 });
        SetPointMultipliers found = simulation.Lesions[0].Multipliers;
        Assert.All(Reference.Multipliers.Where(m => m.Key != Multiplier.DivisionRatePerDay), m => Assert.Equal(m.Value, found[m.Key]));
        double growth = 2.0 / 3 * Math.Log(2) / 70;
        Assert.Equal(0.03 + ((growth - 0.0033) / 0.9), found[Multiplier.DivisionRatePerDay], 1e-12);
        Baseline reached = simulation.BaselineReached[0];
        Assert.InRange(reached.TumorCells, 0.85 * Seeder.CellsAt(simulation.Lesions[0].Shape, 260), 1.15 * Seeder.CellsAt(simulation.Lesions[0].Shape, 260));
        Assert.True(double.IsFinite(reached.GrowthPerDay) && reached.DivisionCapacity is > 0.02 and <= 1);
    }

    [Fact]
    public void AskedLevels_FindTheSameGrowthAsAsked()
    {
        using Simulation simulation = Run(TestPlans.Lesion());
        Assert.Equal(2.0 / 3 * Math.Log(2) / 140, simulation.BaselineReached[0].GrowthPerDay, 1e-12);
    }

    [Fact]
    public void Supply_AndTraits_MoveWhatComesOut()
    {
        LesionPlan lesion = TestPlans.Lesion() with { Reference = Reference };
        double[] averages = Levels(lesion, new PatientPlan(2.7, 70, 'A', 0));
        double[] few = Levels(lesion, new PatientPlan(2.7, 70, 'A', 0) { LymphocyteSupply = 0.4 });
        double[] inflamed = Levels(lesion, new PatientPlan(9, 70, 'A', 0));
        double[] attracting = Levels(lesion with { Traits = new TumorTraits(4, 1, 1, 1) }, new PatientPlan(2.7, 70, 'A', 0));
        double[] turning = Levels(lesion with { Traits = new TumorTraits(1, 4, 1, 1) }, new PatientPlan(2.7, 70, 'A', 0));
        double[] leaky = Levels(lesion with { Traits = new TumorTraits(1, 1, 1, 4) }, new PatientPlan(2.7, 70, 'A', 0));
        Assert.True(few[0] < averages[0], $"CD8 {few[0]} with few lymphocytes, {averages[0]} on average");
        Assert.True(inflamed[0] < averages[0] && inflamed[1] > averages[1], "inflammation: fewer CD8 T cells, more macrophages");
        Assert.True(attracting[1] > averages[1], "CCL2: more macrophages");
        Assert.True(turning[2] > averages[2], "CSF1: more CD163+");
        Assert.True(leaky[3] < averages[3], "VEGF: less mature vessels");
    }

    [Fact]
    public void Index_IsWhatOfNlrLymphocytesDoNotExplain()
    {
        // Half the lymphocytes double NLR without inflammation: monocytes stay, lymphocytes halve.
        using Simulation few = Run(TestPlans.Lesion(), new PatientPlan(5.4, 70, 'A', 0) { LymphocyteSupply = 0.5 });
        using Simulation inflamed = Run(TestPlans.Lesion(), new PatientPlan(5.4, 70, 'A', 0));
        Assert.Equal(1, few.Patient.Monocytes, 1e-6);
        Assert.Equal(0.5, few.Patient.Lymphocytes, 1e-6);
        Assert.Equal(5.4, few.Patient.Nlr, 1e-6);
        Assert.Equal(5.4, inflamed.Patient.Nlr, 1e-6);
        Assert.True(inflamed.Patient.Monocytes > 1.4 && inflamed.Patient.Lymphocytes > 0.6);
    }

    // CD8 and macrophages per mm², CD163+ share, maturity; means of four replicates.
    private static double[] Levels(LesionPlan lesion, PatientPlan patient)
    {
        double[] sums = new double[4];
        for (int replicate = 0; replicate < 4; replicate++)
        {
            using var simulation = new Simulation(TestPlans.Plan(burnInDays: 30, lesion: lesion) with { Patient = patient }, replicate);
            simulation.RunBurnIn();
            Baseline b = simulation.BaselineReached[0];
            sums = [sums[0] + b.Cd8PerMm2, sums[1] + b.MacrophagesPerMm2, sums[2] + b.Cd163Fraction, sums[3] + b.VesselMaturity];
        }

        return sums;
    }

    private static Simulation Run(LesionPlan lesion, PatientPlan? patient = null)
    {
        SimulationPlan plan = TestPlans.Plan(burnInDays: 20, lesion: lesion);
        var simulation = new Simulation(patient is null ? plan : plan with { Patient = patient }, 0);
        simulation.RunBurnIn();
        return simulation;
    }
}
