using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>Mutation in whole runs: how often, what is told and booked, and the state that carries it.</summary>
public class CloneEvolutionTests
{
    /// <summary>Binomial with five genes; nothing but mutation and growth acts, so no mutant is lost. Five standard deviations.</summary>
    [Fact]
    public void Mutants_AppearAtTheirRate()
    {
        using Simulation simulation = Run(0.02, out long births);
        var lesion = simulation.Lesions[0];
        long mutants = lesion.Ledger[Booking.TumorMutations] + lesion.Ledger[Booking.TumorMutationsJoined] + lesion.Ledger[Booking.TumorMutationsDropped];
        double expected = births * 0.02 * Genes.Count;
        Assert.True(births > 500, $"{births} births");

        // Daughters of mutants lose a second gene less often: below the expectation by at most the share of repeats.
        Assert.InRange(mutants, expected * 0.75 - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
        Assert.Equal(lesion.TumorCells, lesion.Clones.CellsWith(Genotype.None));
        Assert.InRange(simulation.Events.Count(e => e.Kind == EventKind.CloneBorn), 1, 100);
        Assert.All(simulation.Events.Where(e => e.Kind == EventKind.CloneBorn), e => Assert.NotEqual("intact", e.Subject));
    }

    [Fact]
    public void Table_UnderAHighRate_StaysBoundedAndBooksTheRest()
    {
        using Simulation simulation = Run(0.2, out _);
        var lesion = simulation.Lesions[0];
        Assert.InRange(lesion.Clones.Count, 100, Engine.State.CloneTable.Capacity);
        Assert.True(lesion.Ledger[Booking.TumorMutationsJoined] > 0);
    }

    [Fact]
    public void CapturedState_BringsTheClonesBack()
    {
        using Simulation simulation = Run(0.01, out _);
        using SimulationSnapshot start = simulation.Capture();
        string before = simulation.StateHash();
        (int clones, int born) = (simulation.Lesions[0].Clones.Count, simulation.Lesions[0].Clones.Born);
        for (int i = 0; i < 48; i++)
        {
            simulation.Step();
        }

        Assert.NotEqual(before, simulation.StateHash());
        Assert.True(simulation.Lesions[0].Clones.Born > born);
        simulation.Restore(start);
        Assert.Equal(before, simulation.StateHash());
        Assert.Equal(clones, simulation.Lesions[0].Clones.Count);
        using var stream = new MemoryStream();
        simulation.WriteState(stream);
        stream.Position = 0;
        using var other = new Simulation(simulation.Plan, 0);
        other.ReadState(stream);
        Assert.Equal(before, other.StateHash());
        Assert.Equal(simulation.Lesions[0].Clones[clones - 1], other.Lesions[0].Clones[clones - 1]);
    }

    private static Simulation Run(double rate, out long births)
    {
        MechanismSet mechanisms = MechanismSet.AllOn.With(Mechanism.Cd8Killing, false).With(Mechanism.GrowthApoptosis, false)
            .With(Mechanism.GrowthNecrosis, false).With(Mechanism.MacrophagePhagocytosis, false).With(Mechanism.ClonesB2m, false);
        LesionPlan lesion = TestPlans.Lesion() with { RadiusUm = 240, Cd8PerMm2 = 0, MacrophagesPerMm2 = 0 };
        SimulationPlan plan = TestPlans.Plan(60, 60, burnInDays: 0, lesion: lesion) with
        {
            Parameters = TestPlans.Parameters.With(Parameter.GrowthDivisionRate, 0.3).With(Parameter.ClonesMutationRate, rate),
            Mechanisms = mechanisms,
        };
        var simulation = new Simulation(plan, 0);
        simulation.BeginArm(TestPlans.Control(plan));
        for (int i = 0; i < 120; i++)
        {
            simulation.Step();
        }

        births = simulation.Lesions[0].Ledger[Booking.TumorBirths];
        return simulation;
    }
}
