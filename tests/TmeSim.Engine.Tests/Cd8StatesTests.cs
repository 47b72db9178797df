using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>States of CD8 T cells in whole runs: off they are not there, on they are held by blockade, carried along and the same for every split.</summary>
public sealed class Cd8StatesTests
{
    private static readonly MechanismSet On = MechanismSet.Default.With(Mechanism.Cd8Differentiation, true), Off = MechanismSet.Default;

    private static readonly Parameter[] OfStates =
    [
        Parameter.Cd8PrecursorShare, Parameter.Cd8PrecursorDivisionRate, Parameter.Cd8PrecursorRenewal, Parameter.Cd8PrecursorDeathRate,
        Parameter.Cd8PrecursorKilling, Parameter.Cd8TerminalPd1Rate, Parameter.Cd8TerminalSuppressiveRate, Parameter.Cd8ResidencyRate,
        Parameter.Cd8ResidentDivisionRate, Parameter.Cd8ResidentDeathRate, Parameter.Cd8ResidentSpeedFactor, Parameter.Cd8RecallRate,
    ];

    [Fact]
    public void Off_ByDefault_AndOnlyThese() =>
        Assert.Equal([Mechanism.Cd8Differentiation, Mechanism.Cd8MarginEntry, Mechanism.RegressionCollapse, Mechanism.RegressionScar,
            Mechanism.RegressionVesselLoss, Mechanism.LymphNodeMemory, Mechanism.ClonesStanding, Mechanism.ClonesAntigenLoss, Mechanism.SuppressiveFeedback,
            Mechanism.LiverLobules, Mechanism.TumorCapsule, Mechanism.TumorSepta, Mechanism.TumorTrabeculae], MechanismTable.All.Where(m => !MechanismSet.Default.IsOn(m.Id)).Select(m => m.Id));

    /// <summary>Without the switch all cells stay in the state that leaves the fingerprint alone, and no parameter of states is read.</summary>
    [Fact]
    public void Off_AllCellsAreAlike_WhateverTheParametersOfStates()
    {
        SimulationPlan plan = TestPlans.Everything();
        ParameterSet other = OfStates.Aggregate(plan.Parameters, (set, p) => set.With(p, (set[p] * 0.5) + 0.004));
        Assert.NotEqual(plan.Parameters, other);
        string expected = Hash(plan, Off, alike: true);

        Assert.Equal(expected, Hash(plan with { Parameters = other }, Off, alike: true));
        Assert.NotEqual(expected, Hash(plan, On, alike: false));
        Assert.NotEqual(Hash(plan, On, alike: false), Hash(plan with { Parameters = other }, On, alike: false));
    }

    /// <summary>One flipped state changes the fingerprint, and a captured state comes back with it.</summary>
    [Fact]
    public void State_IsHashedAndCaptured()
    {
        using var simulation = new Simulation(TestPlans.Plan(burnInDays: 1) with { Mechanisms = On }, 0);
        simulation.RunBurnIn();
        Column<byte> states = simulation.Lesions[0].Cd8.State;
        Assert.Contains(Cd8State.Precursor, states.Span.ToArray());
        using SimulationSnapshot start = simulation.Capture();
        string hash = simulation.StateHash();
        byte[] before = states.Span.ToArray();
        states[0] ^= 1;
        Assert.NotEqual(hash, simulation.StateHash());
        simulation.Restore(start);
        Assert.Equal(before, states.Span.ToArray());
        Assert.Equal(hash, simulation.StateHash());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(8, true)]
    public void Threads_GiveTheSameStates(int threads, bool split)
    {
        SimulationPlan plan = TestPlans.Plan(48, 44, burnInDays: 3, lesion: TestPlans.Lesion() with { Cd8PerMm2 = 900 }) with { Mechanisms = On };
        Assert.Equal(Run(1, false), Run(threads, split));

        string Run(int count, bool forced)
        {
            using var simulation = new Simulation(plan, 0, count);
            simulation.Runner.Split = forced ? new RowSplit(1, Uneven: true) : new RowSplit(int.MaxValue);
            simulation.RunBurnIn();
            simulation.BeginArm(Blockade(plan, On));
            for (int i = 0; i < 72; i++)
            {
                simulation.Step();
            }

            return simulation.StateHash();
        }
    }

    /// <summary>
    /// Blockade acts through precursors: with them it makes more effectors than without therapy and keeps fewer from becoming terminal, and terminal
    /// cells do not come back. Without precursors it makes no T cell.
    /// </summary>
    [Fact]
    public void Blockade_MakesEffectorsFromPrecursors_AndFreesNoTerminalCell()
    {
        SimulationPlan plan = TestPlans.Plan(64, 60, burnInDays: 20, lesion: TestPlans.Lesion() with { Cd8PerMm2 = 400, RadiusUm = 400 }) with
        {
            Mechanisms = On,
            Parameters = TestPlans.Parameters.With(Parameter.Cd8PrecursorShare, 0.6).With(Parameter.Cd8PrecursorDivisionRate, 1),
        };
        using var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        using SimulationSnapshot start = simulation.Capture();
        (long control, int[] untreated) = Births(new ArmPlan("Control", [], plan.Parameters, On));
        (long blocked, int[] treated) = Births(Blockade(plan, On));
        (long without, _) = Births(Blockade(plan, On), precursors: false);
        (long alone, _) = Births(new ArmPlan("Control", [], plan.Parameters, On), precursors: false);

        Assert.True(blocked > 1.25 * control, $"{blocked} births under blockade, {control} without");
        Assert.InRange((double)without / alone, 0.85, 1.15);
        Assert.True(Share(treated, Cd8State.Terminal) < Share(untreated, Cd8State.Terminal));
        Assert.True(Share(treated, Cd8State.Effector) > Share(untreated, Cd8State.Effector));

        (long Births, int[] States) Births(ArmPlan arm, bool precursors = true)
        {
            simulation.Restore(start);
            LesionState lesion = simulation.Lesions[0];
            for (int i = 0; !precursors && i < lesion.Cd8.Count; i++)
            {
                lesion.Cd8.State[i] = lesion.Cd8.State[i] == Cd8State.Precursor ? Cd8State.Effector : lesion.Cd8.State[i];
            }

            // Entry is shut, so that what divides is what was there; nobody kills, so that antigen is the same in all arms.
            MechanismSet still = arm.Mechanisms.With(Mechanism.Cd8Killing, false).With(Mechanism.Cd8Entry, false);
            simulation.BeginArm(arm with { Mechanisms = still });
            long before = lesion.Ledger[Booking.Cd8Births];
            for (int i = 0; i < 240; i++)
            {
                simulation.Step();
            }

            int[] states = new int[Cd8State.Count];
            for (int i = 0; i < lesion.Cd8.Count; i++)
            {
                states[lesion.Cd8.State[i]] += lesion.Cd8.Reactive[i] != 0 ? 1 : 0;
            }

            return (lesion.Ledger[Booking.Cd8Births] - before, states);
        }
    }

    /// <summary>When the targets are gone the others die out, and residents stay in the ground and are most of what is left.</summary>
    [Fact]
    public void ClearedGround_IsHeldByResidents()
    {
        SimulationPlan plan = TestPlans.Plan(40, 40, burnInDays: 5, lesion: TestPlans.Lesion() with { Cd8PerMm2 = 900, RadiusUm = 200 })
            with { Mechanisms = On };
        ParameterSet melting = plan.Parameters.With(Parameter.Cd8KillRate, 20).With(Parameter.Cd8ResidencyRate, 0.1);
        (int residents, int others) = After(On);
        (int none, _) = After(Off);

        Assert.Equal(0, none);
        Assert.True(residents >= 10 && residents > others, $"{residents} residents, {others} others");

        (int Residents, int Others) After(MechanismSet mechanisms)
        {
            using var simulation = new Simulation(plan with { Mechanisms = mechanisms }, 0);
            simulation.RunBurnIn();
            simulation.BeginArm(new ArmPlan("Melting", [], melting, mechanisms.With(Mechanism.Cd8ContactShare, false).With(Mechanism.Pd1Suppression, false)));
            LesionState lesion = simulation.Lesions[0];
            for (int i = 0; i < 24 * 60 && !simulation.HasEnded; i++)
            {
                simulation.Step();
            }

            Assert.Equal(0, lesion.TumorCells);
            int residentCells = lesion.Cd8.State.Span.Count(Cd8State.Resident), reactive = lesion.Cd8.Reactive.Span.Count(Cd8Store.TumorReactive);
            return (residentCells, reactive - residentCells);
        }
    }

    private static ArmPlan Blockade(SimulationPlan plan, MechanismSet mechanisms) => new(
        "Blockade", [.. TestPlans.EverythingArm(plan).Therapy.Where(c => c.Drug.Name == "atezolizumab")], plan.Parameters, mechanisms);

    private static double Share(int[] states, byte state) => (double)states[state] / states.Sum();

    private static string Hash(SimulationPlan plan, MechanismSet mechanisms, bool alike)
    {
        using var simulation = new Simulation(plan with { Mechanisms = mechanisms }, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(TestPlans.EverythingArm(plan, mechanisms) with { Parameters = plan.Parameters });
        for (int i = 0; i < 48; i++)
        {
            simulation.Step();
        }

        Assert.Equal(alike, !simulation.Lesions[0].Cd8.State.Span.ContainsAnyExcept(Cd8State.Effector));
        return simulation.StateHash();
    }
}
