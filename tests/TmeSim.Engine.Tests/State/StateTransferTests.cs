using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.State;

public class StateTransferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void ReadState_ThenAnArm_GivesTheBitsOfBranchingInMemory(int nz)
    {
        SimulationPlan plan = TestPlans.Everything();
        plan = plan with { Tissue = plan.Tissue with { Nz = nz }, Parameters = plan.Parameters.With(Parameter.ClonesMutationRate, 0.2) };
        using var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        using SimulationSnapshot inMemory = simulation.Capture();
        using var stream = new MemoryStream();
        simulation.WriteState(stream);
        string atStart = simulation.StateHash();
        string first = Arm(simulation, plan);
        Assert.Contains(simulation.Events, e => e.Kind == EventKind.CloneBorn);
        simulation.Restore(inMemory);
        Assert.Equal(first, Arm(simulation, plan));
        stream.Position = 0;
        simulation.ReadState(stream);
        Assert.Equal(stream.Length, stream.Position);
        Assert.Equal(atStart, simulation.StateHash());
        Assert.Equal(0, simulation.TimeHours);
        Assert.Empty(simulation.Events);
        Assert.Equal(first, Arm(simulation, plan));
    }

    [Fact]
    public void ReadState_AnyDamage_IsAnError()
    {
        using var simulation = new Simulation(TestPlans.Plan(24, 20, burnInDays: 0, lesion: TestPlans.Lesion() with { RadiusUm = 80 }), 0);
        using var stream = new MemoryStream();
        simulation.WriteState(stream);
        byte[] good = stream.ToArray();
        for (int at = 3; at < good.Length; at += good.Length / 40)
        {
            byte[] bad = [.. good];
            bad[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => simulation.ReadState(new MemoryStream(bad)));
            Assert.Contains("cut short", Assert.Throws<InvalidDataException>(() => simulation.ReadState(new MemoryStream(good[..at]))).Message, StringComparison.Ordinal);
        }

        simulation.ReadState(new MemoryStream(good));
    }

    [Fact]
    public void ReadState_OfAnotherSimulation_SaysWhatDiffers()
    {
        LesionPlan small = TestPlans.Lesion() with { RadiusUm = 60 };
        using var simulation = new Simulation(TestPlans.Plan(24, 20, burnInDays: 0, lesion: small), 0);
        foreach ((string what, SimulationPlan plan, int replicate) in ((string, SimulationPlan, int)[])
            [("seed", TestPlans.Plan(24, 20, burnInDays: 0, lesion: small, seed: 8), 0), ("lattice", TestPlans.Plan(20, 24, burnInDays: 0, lesion: small), 0), ("replicate", simulation.Plan, 1)])
        {
            using var other = new Simulation(plan, replicate);
            using var stream = new MemoryStream();
            other.WriteState(stream);
            stream.Position = 0;
            Assert.Contains(what, Assert.Throws<InvalidDataException>(() => simulation.ReadState(stream)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadState_IntoANewSimulation_BringsTheBaselineThatWasReached()
    {
        SimulationPlan plan = TestPlans.Plan(24, 20, burnInDays: 1, lesion: TestPlans.Lesion() with { RadiusUm = 80 });
        using var first = new Simulation(plan, 0);
        first.RunBurnIn();
        using var stream = new MemoryStream();
        first.WriteState(stream);
        stream.Position = 0;
        using var second = new Simulation(plan, 0);
        Assert.Empty(second.BaselineReached);
        second.ReadState(stream);
        Assert.Equal(first.BaselineReached, second.BaselineReached);
        Assert.True(Assert.Single(second.BaselineReached).TumorCells > 0);
    }

    [Fact]
    public void Branch_TakesAStateOfAnotherReplicateAndStep_AtTimeZero()
    {
        SimulationPlan plan = TestPlans.Plan(24, 20, burnInDays: 1, lesion: TestPlans.Lesion() with { RadiusUm = 80 });
        using var first = new Simulation(plan, 0);
        first.RunBurnIn();
        using SimulationSnapshot start = first.Capture();
        using var other = new Simulation(plan with { Time = plan.Time with { StepHours = plan.Time.StepHours / 2 } }, 3);
        Assert.Contains("replicate", Assert.Throws<InvalidDataException>(() => other.Restore(start)).Message, StringComparison.Ordinal);
        other.Branch(start);
        Assert.Equal((0, 2 * first.StepIndex, false), (other.TimeHours, other.StepIndex, other.InBurnIn));
        Assert.Equal(first.Lesions[0].TumorCells, other.Lesions[0].TumorCells);
        other.BeginArm(TestPlans.Control(plan));
        other.Step();
        Assert.Equal(plan.Time.StepHours / 2, other.TimeHours);
    }

    private static string Arm(Simulation simulation, SimulationPlan plan)
    {
        simulation.BeginArm(TestPlans.EverythingArm(plan));
        for (int i = 0; i < 30; i++)
        {
            simulation.Step();
        }

        return simulation.StateHash();
    }
}
