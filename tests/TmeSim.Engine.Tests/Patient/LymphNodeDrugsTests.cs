using TmeSim.Engine.Lattice;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Patient;

/// <summary>What drugs on CTLA-4 and on the receptors of VEGF do in the lymph node (MODEL.md 7.2), at rest under constant input.</summary>
public sealed class LymphNodeDrugsTests : IDisposable
{
    private const double Gain = 1.5;
    private readonly LesionState _lesion = new(new LatticeShape(4, 4, 1, 20), new CloneTable(TestPlans.Lesion()));
    private readonly PatientState _patient = new();

    public void Dispose() => _lesion.Dispose();

    /// <summary>Occupancy 3/4: 1 + 1.5 · 0.75 times as many primed cells; the stages of expansion follow.</summary>
    [Fact]
    public void Ctla4_MultipliesPriming_AndItsSwitchTakesThatAway()
    {
        Exposure drug = new((DrugTarget.Ctla4, new TargetExposure(3, 0, 1)));
        double plain = Primed(default, MechanismSet.Default);
        Assert.Equal(1 + Gain * 0.75, Primed(drug, MechanismSet.Default) / plain, 1e-6);
        Assert.Equal(plain, Primed(drug, MechanismSet.Default.With(Mechanism.LymphNodeCtla4, false)));
    }

    /// <summary>Blockade of PD-1 and CTLA-4 multiply each other.</summary>
    [Fact]
    public void Ctla4_AndPd1_Multiply()
    {
        TargetExposure half = new(1, 0, 1);
        double plain = Primed(default, MechanismSet.Default), pd1 = Primed(new((DrugTarget.Pd1, half)), MechanismSet.Default);
        Assert.Equal(pd1 / plain * (1 + Gain * 0.5), Primed(new((DrugTarget.Pd1, half), (DrugTarget.Ctla4, half)), MechanismSet.Default) / plain, 1e-6);
    }

    /// <summary>Memory of naive cells that were primed grows with it; what memory gives does not.</summary>
    [Fact]
    public void Ctla4_DoesNotActOnRecall()
    {
        MechanismSet remembering = MechanismSet.Default.With(Mechanism.LymphNodeMemory, true);
        Exposure drug = new((DrugTarget.Ctla4, new TargetExposure(3, 0, 1)));
        double share = TestPlans.Parameters[Parameter.LymphNodePrimedShare], recalled = TestPlans.Parameters[Parameter.LymphNodeRecallShare];
        double primed = Primed(drug, remembering), factor = 1 + Gain * 0.75;
        Assert.Equal(share * (((1 - recalled) * _patient.Lymphocytes * _patient.MatureDendritic * factor) + (recalled * _patient.Memory)), primed, 1e-3);
        Assert.InRange(_patient.Memory, 1.5, factor * _patient.Lymphocytes);
    }

    /// <summary>VEGF that cannot signal blocks no maturation, whether it is bound or its receptor is; together they multiply.</summary>
    [Fact]
    public void Vegfr_IsAsGoodAsBindingVegf()
    {
        TargetExposure half = new(0, 1, 1), most = new(0, 3, 1);
        Assert.Equal(Mature(new((DrugTarget.Vegf, half))), Mature(new((DrugTarget.Vegfr, half))), 1e-12);
        Assert.Equal(Mature(new((DrugTarget.Vegf, most))), Mature(new((DrugTarget.Vegf, half), (DrugTarget.Vegfr, half))), 1e-12);
        Assert.True(Mature(new((DrugTarget.Vegfr, half))) > Mature(default) + 0.005);
    }

    private double Mature(Exposure drugs)
    {
        _ = Primed(drugs, MechanismSet.Default);
        return _patient.MatureDendritic;
    }

    // After 100 days at the antigen of the reference.
    private double Primed(Exposure drugs, MechanismSet mechanisms)
    {
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.LymphNodeCtla4Gain, Gain);
        var process = new PatientProcess(TestPlans.Plan().Patient, parameters, mechanisms, [1]);
        process.Start(_patient);
        _lesion.MeanVegf = 1;
        for (int hour = 0; hour < 2400; hour++)
        {
            _lesion.AntigenReleased = parameters.Rate(Parameter.LymphNodeAntigenReference, TimeUnit.Day) / 24;
            process.Step(_patient, [_lesion], drugs, 1);
        }

        return _patient[PatientState.Slot.Expanding1];
    }
}
