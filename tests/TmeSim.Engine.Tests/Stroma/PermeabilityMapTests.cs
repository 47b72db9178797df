using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Tests.Stroma;

/// <summary>The kept permeability is that of the matrix as it is now, in whatever way it came to be.</summary>
public sealed class PermeabilityMapTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(0.5)]
    [InlineData(3.3)]
    public void Of_AfterRestoreNewArmAndTurnover_IsThatOfTheMatrix(double hill)
    {
        SimulationPlan plan = TestPlans.Plan(37, 41, burnInDays: 2, lesion: TestPlans.Lesion() with { Pattern = ImmunePattern.Excluded });
        using var simulation = new Simulation(plan, 0);
        using var runner = new RowRunner(2);
        using var map = new PermeabilityMap(simulation.Lesions[0].Shape);
        var gate = new StromaGate(plan.Parameters.With(Parameter.StromaHill, hill));
        Check(gate);
        simulation.RunBurnIn();
        Check(gate);
        using SimulationSnapshot start = simulation.Capture();
        simulation.BeginArm(TestPlans.Control(plan));
        for (int hour = 0; hour < 50; hour++)
        {
            simulation.Step();
        }

        Check(gate);
        simulation.Restore(start);
        Check(gate);
        Check(new StromaGate(plan.Parameters.With(Parameter.StromaHalf, 0.3)));

        void Check(StromaGate gate)
        {
            LesionState lesion = simulation.Lesions[0];
            SiteArray<ushort> values = map.Of(lesion, gate, runner);
            for (int row = 0; row < lesion.Shape.Rows; row++)
            {
                for (int site = lesion.Shape.RowStart(row), end = site + lesion.Shape.Nx; site < end; site++)
                {
                    Assert.Equal(gate.Permeability(lesion.Stroma[site]), values[site] / (double)HopGate.Parts, 0.51 / HopGate.Parts);
                }
            }
        }
    }

    /// <summary>The denser of two sites is the one that lets less through, so the smaller of the two kept values decides.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(8)]
    [InlineData(20)]
    public void Permeability_NeighbouringFloats_NeverRises(double hill)
    {
        var gate = new StromaGate(TestPlans.Parameters.With(Parameter.StromaHill, hill));
        foreach (float from in (float[])[0, 1e-6f, 0.01f, 0.2f, 0.5f, 0.7f, 0.999f])
        {
            float density = from, before = gate.Permeability(density);
            for (int i = 0; i < 5000; i++)
            {
                density = MathF.BitIncrement(density);
                float next = gate.Permeability(density);
                Assert.True(next <= before, $"at {density:R}");
                before = next;
            }
        }
    }
}
