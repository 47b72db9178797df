using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.State;

public class StateHashTests
{
    private const int ArmSteps = 120;

    [Fact]
    public void Threads_OneTwoThree_GiveTheSameHash()
    {
        Assert.Equal([Run(1), Run(1), Run(1)], new[] { Run(1), Run(2), Run(3) });
    }

    [Fact]
    public void Seed_OrReplicate_ChangesTheHash()
    {
        string first = Run(1);
        Assert.NotEqual(first, Run(1, seed: 8));
        Assert.NotEqual(first, Run(1, replicate: 1));
    }

    [Fact]
    public void Restore_ThenSameArm_RepeatsTheBits()
    {
        SimulationPlan plan = TestPlans.Everything();
        using var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        using SimulationSnapshot start = simulation.Capture();
        string before = simulation.StateHash();
        string first = RunArm(simulation, start, TestPlans.EverythingArm(plan));
        RunArm(simulation, start, TestPlans.Control(plan));
        Assert.Equal(first, RunArm(simulation, start, TestPlans.EverythingArm(plan)));
        simulation.Restore(start);
        Assert.Equal(before, simulation.StateHash());
    }

    [Fact]
    public void OneFlippedBit_InAnyStateArray_ChangesTheHash()
    {
        using var simulation = new Simulation(TestPlans.Everything(), 0);
        simulation.RunBurnIn();
        simulation.BeginArm(TestPlans.EverythingArm(simulation.Plan));
        simulation.Step();
        string before = simulation.StateHash();
        LesionState lesion = simulation.Lesions[0];
        int site = lesion.Cd8.Site[0];
        Flip(lesion.ParenchymaCodes, site, code => (byte)(code ^ 1));
        Flip(lesion.CloneIndex, site, clone => (ushort)(clone ^ 1));
        Flip(lesion.Mhc1, site, FlipBit);
        Flip(lesion.Pdl1, site, FlipBit);
        Flip(lesion.Stroma, site, FlipBit);
        Flip(lesion.VesselMark.Words, site / 64, word => word ^ (1UL << (site % 64)));
        foreach (FieldInfo field in FieldTable.All)
        {
            // A site of the field's own lattice, which is coarser than the tissue for some.
            Flip(lesion.Field(field.Id).Values, lesion.Field(field.Id).Lattice.Site(3, 2), FlipBit);
        }

        foreach (CellStore store in (CellStore[])[lesion.Cd8, lesion.Macrophages, lesion.Vessels])
        {
            Assert.NotEmpty(store.Columns);
            foreach (Column column in store.Columns)
            {
                switch (column)
                {
                    case Column<ulong> ids:
                        FlipIn(ids.Values, id => id ^ 1);
                        break;
                    case Column<int> numbers:
                        FlipIn(numbers.Values, n => n ^ 1);
                        break;
                    case Column<float> scores:
                        FlipIn(scores.Values, FlipBit);
                        break;
                    case Column<byte> marks:
                        FlipIn(marks.Values, n => (byte)(n ^ 1));
                        break;
                    default:
                        Assert.Fail($"{column.GetType()} is not flipped");
                        break;
                }
            }
        }

        FlipIn(simulation.Patient.Values, value => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) ^ 1));
        Assert.Equal(before, simulation.StateHash());

        void Flip<T>(SiteArray<T> array, int at, Func<T, T> flip)
            where T : unmanaged
        {
            T kept = array[at];
            array[at] = flip(kept);
            Assert.NotEqual(before, simulation.StateHash());
            array[at] = kept;
        }

        void FlipIn<T>(T[] array, Func<T, T> flip)
        {
            T kept = array[0];
            array[0] = flip(kept);
            Assert.NotEqual(before, simulation.StateHash());
            array[0] = kept;
        }
    }

    private static float FlipBit(float value) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) ^ 1);

    private static string Run(int threads, ulong seed = 7, int replicate = 0)
    {
        SimulationPlan plan = TestPlans.Everything(seed: seed);
        using var simulation = new Simulation(plan, replicate, threads);
        simulation.RunBurnIn();
        using SimulationSnapshot start = simulation.Capture();
        return RunArm(simulation, start, TestPlans.EverythingArm(plan));
    }

    private static string RunArm(Simulation simulation, SimulationSnapshot start, ArmPlan arm)
    {
        simulation.Restore(start);
        simulation.BeginArm(arm);
        for (int i = 0; i < ArmSteps; i++)
        {
            simulation.Step();
        }

        return simulation.StateHash();
    }
}
