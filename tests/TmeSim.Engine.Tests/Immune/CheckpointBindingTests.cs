using TmeSim.Engine.Immune;

namespace TmeSim.Engine.Tests.Immune;

/// <summary>Numbers solved from the equilibrium outside this project: PD-1 409.75 and PD-L1 394.489 per µm², two-dimensional Kd 24.6, half suppression at 6 bonds.</summary>
public class CheckpointBindingTests
{
    [Fact]
    public void HalfSuppression_NeedsTheTabulatedDrug()
    {
        Assert.Equal(6, CheckpointBinding.Bonds(409.75, 6.366, 24.6), 1e-3);
        Assert.Equal(6, CheckpointBinding.Bonds(409.75f, 6.366f, 24.6f), 1e-3);
        double occupancy = CheckpointBinding.Occupancy(24.39, 0.4);
        Assert.Equal(0.98386, occupancy, 1e-5);
        double bonds = CheckpointBinding.Bonds(409.75, 394.489 * (1 - occupancy), 24.6);
        Assert.Equal(0.5, CheckpointBinding.Suppression(bonds, 6, 2), 1e-3);
        Assert.Equal(0.5, CheckpointBinding.Suppression(6.0, 6.0, 2.0));
        Assert.Equal(0.5f, CheckpointBinding.Suppression(6f, 6f, 2f));
    }

    [Fact]
    public void Occupancy_IsHalfAtKd()
    {
        Assert.Equal(0.5, CheckpointBinding.Occupancy(0.4, 0.4));
        Assert.Equal(0.5f, CheckpointBinding.Occupancy(0.4f, 0.4f));
        Assert.Equal(0, CheckpointBinding.Occupancy(0.0, 0.4));
    }

    [Fact]
    public void Bonds_SolveTheEquilibrium_AndAreSymmetric()
    {
        foreach (double a in (double[])[1e-12, 1e-3, 1, 24, 410, 1e6])
        {
            foreach (double b in (double[])[1e-12, 0.5, 6.4, 410, 1e6])
            {
                foreach (double kd in (double[])[1e-9, 0.1, 24.6, 1e8])
                {
                    double bonds = CheckpointBinding.Bonds(a, b, kd);
                    Assert.InRange(bonds, 0, Math.Min(a, b));
                    Assert.Equal(bonds, CheckpointBinding.Bonds(b, a, kd), 4e-16 * bonds);

                    // Compare as B = ab / (a + b + kd - B): well conditioned for few bonds too.
                    double again = a * b / (a + b + kd - bonds);
                    Assert.Equal(bonds, again, 1e-6 * bonds);
                    Assert.Equal(bonds, CheckpointBinding.Bonds((float)a, (float)b, (float)kd), 2e-6 * bonds);
                }
            }
        }
    }

    [Fact]
    public void Edges_AreDefined()
    {
        Assert.Equal(3, CheckpointBinding.Bonds(3.0, 5.0, 0.0), 1e-14);
        Assert.Equal(0, CheckpointBinding.Bonds(0.0, 5.0, 24.6));
        Assert.Equal(0, CheckpointBinding.Bonds(0.0, 0.0, 0.0));
        Assert.Equal(0f, CheckpointBinding.Bonds(-1f, 5f, 24.6f));
        Assert.True(double.IsNaN(CheckpointBinding.Bonds(double.NaN, 1.0, 1.0)));
    }
}
