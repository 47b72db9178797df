using TmeSim.Engine.Lattice;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Patient;

/// <summary>What free VEGF of the lesions does to dendritic cells of the lymph node (MODEL.md 7.2), at rest under constant input.</summary>
public sealed class LymphNodeVegfTests : IDisposable
{
    private readonly LesionState _lesion = new(new LatticeShape(4, 4, 1, 20), new CloneTable(TestPlans.Lesion()));
    private readonly PatientState _patient = new();

    public void Dispose() => _lesion.Dispose();

    [Theory]
    [InlineData(1.13)]
    [InlineData(1.63)]
    [InlineData(2)]
    public void MatureCells_WithoutVegf_AreTheGainAndOneAtTheReference(double gain)
    {
        double half = TestPlans.Parameters[Parameter.LymphNodeVegfHalf];
        Assert.Equal(gain, MatureCells(0, gain), 1e-9);
        Assert.Equal(1, MatureCells(half, gain), 1e-9);
        Assert.Equal(gain / (1 + (3 * (gain - 1))), MatureCells(3 * half, gain), 1e-9);
    }

    [Fact]
    public void Gain_OfOne_OrTheSwitchOff_TakesVegfOutOfTheNode()
    {
        Assert.Equal(1, MatureCells(0, 1), 1e-9);
        Assert.Equal(1, MatureCells(5, 1), 1e-9);
        Assert.Equal(1, MatureCells(0, 1.63, MechanismSet.Default.With(Mechanism.LymphNodeVegfBlock, false)), 1e-9);
    }

    // After 100 days at the antigen of the reference.
    private double MatureCells(double vegf, double gain, MechanismSet? mechanisms = null)
    {
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.LymphNodeVegfGain, gain);
        var process = new PatientProcess(TestPlans.Plan().Patient, parameters, mechanisms ?? MechanismSet.Default, [1]);
        process.Start(_patient);
        _lesion.MeanVegf = vegf;
        for (int hour = 0; hour < 2400; hour++)
        {
            _lesion.AntigenReleased = parameters.Rate(Parameter.LymphNodeAntigenReference, TimeUnit.Day) / 24;
            process.Step(_patient, [_lesion], default, 1);
        }

        return _patient.MatureDendritic;
    }
}
