using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>A state of any time goes on in another simulation with the bits of the one that wrote it.</summary>
public sealed class SimulationProgressTests
{
    private const int BurnInSteps = 3 * 24, ArmSteps = 4 * 24;

    [Fact]
    public void SplitAtAnyTime_EndsAsTheWhole()
    {
        SimulationPlan plan = TestPlans.Everything();
        plan = plan with { Time = plan.Time with { BurnInHours = BurnInSteps * plan.Time.StepHours } };
        AssertSplits(plan, TestPlans.EverythingArm(plan), 8, ArmSteps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SplitWithEveryMechanism_EndsAsTheWhole(bool solid) => WithEveryMechanism(solid, 3, 48);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "FullSize")]
    public void SplitAt20Times_WithEveryMechanism_EndsAsTheWhole(bool solid) => WithEveryMechanism(solid, 20, 120);

    private static void WithEveryMechanism(bool solid, int splits, int armSteps)
    {
        SimulationPlan plan = solid ? EveryMechanism.Plan(40, 34, 9) : EveryMechanism.Plan(47, 37, 1);
        AssertSplits(plan, EveryMechanism.Arm(), splits, armSteps);
    }

    private static void AssertSplits(SimulationPlan plan, ArmPlan arm, int count, int armSteps)
    {
        int burnIn = (int)Math.Round(plan.Time.BurnInHours / plan.Time.StepHours);
        using var whole = new Simulation(plan, 1);
        var random = new Random(7);
        HashSet<int> splits = [];
        while (splits.Count < count)
        {
            int step = random.Next(1, burnIn + armSteps);
            _ = step != burnIn && splits.Add(step);
        }

        List<(int Step, byte[] State)> kept = [];
        for (int step = 0; step < burnIn + armSteps; step++)
        {
            if (step == burnIn)
            {
                whole.BeginArm(arm);
            }

            if (splits.Contains(step))
            {
                using var stream = new MemoryStream();
                whole.WriteProgress(stream);
                kept.Add((step, stream.ToArray()));
            }

            whole.Step();
        }

        foreach ((int step, byte[] state) in kept)
        {
            using var other = new Simulation(plan, 1);
            if (step < burnIn)
            {
                other.ContinueBurnIn(new MemoryStream(state));
                other.RunBurnIn(TestContext.Current.CancellationToken);
                other.BeginArm(arm);
            }
            else
            {
                other.ContinueArm(arm, new MemoryStream(state));
            }

            while (other.StepIndex < whole.StepIndex)
            {
                other.Step();
            }

            Assert.Equal((step, whole.StateHash()), (step, other.StateHash()));
            Assert.Equal(whole.Events, other.Events);
            Assert.Equal(whole.BaselineReached, other.BaselineReached);
        }
    }

    [Fact]
    public void StateOfAnArm_IsNoBurnIn()
    {
        SimulationPlan plan = TestPlans.Everything();
        using var first = new Simulation(plan, 0);
        first.RunBurnIn(TestContext.Current.CancellationToken);
        first.BeginArm(new ArmPlan("Control", [], plan.Parameters, plan.Mechanisms));
        first.Step();
        using var stream = new MemoryStream();
        first.WriteProgress(stream);
        stream.Position = 0;
        using var other = new Simulation(plan, 0);
        Assert.Contains("of an arm", Assert.Throws<InvalidDataException>(() => other.ContinueBurnIn(stream)).Message);
    }

    [Fact]
    public void BranchArm_WithFurtherCoursesAndAChange_IsTheArmRunFromTheStart()
    {
        SimulationPlan plan = TestPlans.Everything();
        ArmPlan written = TestPlans.EverythingArm(plan) with { Radiation = [] };
        DrugCourse more = written.Therapy[0] with { StartHours = 30, DoseMg = 3 * written.Therapy[0].DoseMg };
        var fractions = new RadiationCourse { Lesion = 0, FractionGy = 3, StartHours = 40, Coverage = 0.6, PenumbraUm = 60 };
        var change = new ArmChange(26, written.Parameters.With(Parameter.Cd8KillRate, 0), written.Mechanisms);
        ArmPlan arm = written with { Therapy = [.. written.Therapy, more], Radiation = [fractions], Changes = [change] };
        using var direct = new Simulation(plan, 0);
        direct.RunBurnIn(TestContext.Current.CancellationToken);
        using SimulationSnapshot start = direct.Capture();
        direct.BeginArm(arm);
        Advance(direct, 60);

        using var branched = new Simulation(plan, 0);
        branched.Restore(start);
        branched.BeginArm(written);
        Advance(branched, 24);
        using var state = new MemoryStream();
        branched.WriteProgress(state);
        Advance(branched, 36);
        string unchanged = branched.StateHash();
        Assert.NotEqual(direct.StateHash(), unchanged);

        state.Position = 0;
        branched.Restore(start);
        branched.BranchArm(arm, written, state);
        Advance(branched, 36);
        Assert.Equal(direct.StateHash(), branched.StateHash());
        Assert.Equal(direct.Events, branched.Events);

        state.Position = 0;
        branched.Restore(start);
        branched.BranchArm(written, written, state);
        Advance(branched, 36);
        Assert.Equal(unchanged, branched.StateHash());
    }

    [Fact]
    public void StateParts_NameWhatDiffers()
    {
        SimulationPlan plan = TestPlans.Everything();
        using Simulation one = new(plan, 0), other = new(plan, 0);
        Assert.Equal(one.StateParts(), other.StateParts());
        other.Lesions[0].Pdl1.Writable[other.Lesions[0].Shape.RowStart(0)] += 1;
        string[] differing = [.. one.StateParts().Zip(other.StateParts()).Where(p => p.First != p.Second).Select(p => p.First.Name)];
        Assert.Equal([$"{plan.Lesions[0].Name}/PD-L1"], differing);
    }

    private static void Advance(Simulation simulation, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            simulation.Step();
        }
    }
}
