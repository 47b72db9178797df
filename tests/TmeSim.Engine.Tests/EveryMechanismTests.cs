using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests;

/// <summary>One scenario in which every mechanism acts; on it the bits depend on nothing but plan, replicate and arm.</summary>
public sealed class EveryMechanismTests
{
    /// <summary>So the tests of equal bits below leave no mechanism out, in the plane and in space.</summary>
    [Theory]
    [InlineData(47, 37, 1)]
    [InlineData(21, 20, 13)]
    public void EachSwitch_OffAlone_ChangesTheHash(int nx, int ny, int nz)
    {
        using var simulation = new Simulation(EveryMechanism.Plan(nx, ny, nz), 0);
        simulation.RunBurnIn();
        using SimulationSnapshot start = simulation.Capture();
        string all = Run(EveryMechanism.Arm());

        Assert.Equal(93, MechanismTable.All.Count);
        Assert.Equal(all, Run(EveryMechanism.Arm()));
        Assert.Equal([], MechanismTable.All.Where(m => m.InArms && Run(EveryMechanism.Arm(MechanismSet.AllOn.With(m.Id, false))) == all).Select(m => m.Key));
        Assert.Equal([], MechanismTable.All.Where(m => !m.InArms && Seeded(MechanismSet.AllOn.With(m.Id, false)) == Seeded(MechanismSet.AllOn)).Select(m => m.Key));

        string Seeded(MechanismSet mechanisms)
        {
            using var seeded = new Simulation(simulation.Plan with { Mechanisms = mechanisms }, 0);
            return seeded.StateHash();
        }

        string Run(ArmPlan arm)
        {
            simulation.Restore(start);
            simulation.BeginArm(arm);
            for (int i = 0; i < (nz == 1 ? 96 : 36); i++)
            {
                simulation.Step();
            }

            return simulation.StateHash();
        }
    }

    /// <summary>Lattices so large that the work is split among all threads without being told to.</summary>
    [Theory]
    [InlineData(416, 380, 1)]
    [InlineData(61, 53, 47)]
    public void Threads_OneTwoThreeEight_GiveTheSameHash(int nx, int ny, int nz)
    {
        // The arm passes the end of a day, when delivery fields and anergy are renewed.
        SimulationPlan plan = EveryMechanism.Plan(nx, ny, nz, burnInHours: 22);
        const int ArmSteps = 5;
        (string expected, int none) = EveryMechanism.Run(plan, 1, ArmSteps);
        Assert.Equal(0, none);
        foreach (int threads in (int[])[2, 3, 8])
        {
            Assert.Equal((expected, threads), EveryMechanism.Run(plan, threads, ArmSteps));
        }
    }

    /// <summary>Blocks of any size, more threads than rows, odd and thin lattices: forced splits of every pass on every level.</summary>
    [Theory]
    [InlineData(47, 37, 1)]
    [InlineData(53, 1, 37)]
    [InlineData(1, 37, 53)]
    [InlineData(97, 1, 1)]
    [InlineData(1, 97, 1)]
    [InlineData(9, 7, 5)]
    public void AnySplitOfRows_GivesTheSameHash(int nx, int ny, int nz)
    {
        SimulationPlan plan = EveryMechanism.Plan(nx, ny, nz, burnInHours: 47);
        const int Steps = 4;
        string expected = EveryMechanism.Run(plan, 1, Steps).Hash;
        foreach ((int threads, RowSplit split) in ((int, RowSplit)[])
            [(2, new(1)), (3, new(2, Uneven: true)), (8, new(1)), (8, new(1, Uneven: true)), (8, new(5))])
        {
            (string hash, int blocks) = EveryMechanism.Run(plan, threads, Steps, split);

            Assert.Equal(expected, hash);
            // Passes over the rows split that often; passes over cells may split more.
            Assert.InRange(blocks, Math.Min(threads, ny * nz / split.MinRows) is > 1 and int most ? most : 0, threads);
        }
    }

    /// <summary>A plane is the same tissue whether its rows lie along y or along z: no rule or draw sees how thin axes are written.</summary>
    [Theory]
    [InlineData(47, 37)]
    [InlineData(1, 97)]
    public void RowsAlongYOrZ_GiveTheSameHash(int nx, int rows) =>
        Assert.Equal(EveryMechanism.Run(EveryMechanism.Plan(nx, rows, 1), 1, 48).Hash, EveryMechanism.Run(EveryMechanism.Plan(nx, 1, rows), 1, 48).Hash);
}
