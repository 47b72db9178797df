using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;

namespace TmeSim.Engine.Tests.Radiation;

public sealed class RadiationRatesTests
{
    /// <summary>Sums over fractions of the capacity for IFN-I: the ranges for a half dose of 7 to 8 Gy.</summary>
    [Theory]
    [InlineData(3, 8, 1.49, 2.06)]
    [InlineData(3, 10, 2.3, 2.6)]
    [InlineData(5, 6, 0.76, 1.42)]
    [InlineData(30, 2, 0, 0.02)]
    [InlineData(1, 20, 0.085, 0.095)]
    public void SignalOfARegimen_LiesInItsRange(int fractions, double gy, double low, double high) =>
        Assert.InRange(fractions * Rates(MechanismSet.AllOn).SignalOf(gy, 0), low, high);

    [Fact]
    public void Switches_TakeAwaySignalAndGate()
    {
        Assert.Equal(0, Rates(MechanismSet.AllOn.With(Mechanism.RadiationSting, false)).SignalOf(8, 1));
        Assert.True(Rates(MechanismSet.AllOn.With(Mechanism.RadiationTrex1, false)).SignalOf(20, 0) > 0.99f);
        Assert.Equal(1.5f * Rates(MechanismSet.AllOn).SignalOf(8, 0), Rates(MechanismSet.AllOn).SignalOf(8, 1), 1e-6f);
    }

    [Fact]
    public void DivisionsLeft_AreGeometricAndCutOff()
    {
        RadiationRates rates = Rates(MechanismSet.AllOn);
        int[] counts = new int[6];
        for (int i = 0; i < 1 << 12; i++)
        {
            counts[rates.DivisionsLeft((i + 0.5f) / (1 << 12))]++;
        }

        Assert.Equal([2048, 1024, 512, 256, 256, 0], counts);
    }

    [Fact]
    public void AtrInhibition_RaisesAlphaOnly()
    {
        CellSurvival plain = Rates(MechanismSet.AllOn).Cell(40, 0, false), inhibited = Rates(MechanismSet.AllOn).Cell(40, 1, false);
        Assert.Equal(1.5 * plain.Alpha, inhibited.Alpha, 1e-12);
        Assert.Equal(plain.Beta, inhibited.Beta);
        Assert.Equal(plain, Rates(MechanismSet.AllOn.With(Mechanism.AtrRadiosensitisation, false)).Cell(40, 1, false));
    }

    private static RadiationRates Rates(MechanismSet mechanisms) => new(TestPlans.Parameters, mechanisms);
}
