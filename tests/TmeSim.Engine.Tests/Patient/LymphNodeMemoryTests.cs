using TmeSim.Engine.Lattice;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Patient;

/// <summary>Memory in the lymph node: what forms it, what it gives, how long it lasts.</summary>
public sealed class LymphNodeMemoryTests : IDisposable
{
    private const double Share = 0.3, Recalled = 0.5, Half = 0.1, Decay = 0.0015, Formation = 0.07;
    private readonly LesionState _lesion = new(new LatticeShape(4, 4, 1, 20), new CloneTable(TestPlans.Lesion()));
    private readonly PatientState _patient = new();

    public void Dispose() => _lesion.Dispose();

    /// <summary>At the reference half of the primed effectors come from memory in place of naive cells: the level is that without it.</summary>
    [Fact]
    public void AtTheReference_TheLevelIsAsWithoutMemory()
    {
        double without = After(false, (200, 1)), with = After(true, (200, 1));
        Assert.Equal(1, without, 0.005);
        Assert.Equal(without, with, 0.005);
        Assert.Equal(Formation / (Formation + Decay), _patient.Memory, 1e-3);
    }

    /// <summary>
    /// Antigen of a dying lesion, then a hundredth of it from one that is left: memory of the pulse holds effectors above the level that the
    /// antigen of now primes.
    /// </summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void AfterAPulse_LittleAntigenKeepsEffectorsUp(double left)
    {
        double naive = 2 * left / (1 + left), without = After(false, (40, 20), (150, left)), with = After(true, (40, 20), (150, left));
        Assert.Equal(1 - Share + (Share * naive), without, 0.005);
        double recall = (1 + Half) * left / (Half + left);
        Assert.Equal(1 - Share + (Share * (((1 - Recalled) * naive) + (Recalled * _patient.Memory * recall))), with, 0.005);
        Assert.True(with > without + 0.01);

        // 40 days of priming at 2 · 20/21 brought it near that, and most of a year's half-life is left.
        Assert.InRange(_patient.Memory, 1.3, 1.9);
    }

    /// <summary>Without antigen memory makes no effectors and fades with its own rate; a year later antigen finds it.</summary>
    [Fact]
    public void WithoutAntigen_MemoryWaits_AndAnswersARechallenge()
    {
        double cleared = After(true, (300, 0));
        Assert.Equal(1 - Share, cleared, 0.005);
        double memory = _patient.Memory;
        _ = After(true, (600, 0));
        Assert.Equal(Math.Exp(-Decay * 300), _patient.Memory / memory, 1e-3);

        double again = After(true, (300, 0), (21, 0.1)), never = After(false, (300, 0), (21, 0.1));
        Assert.True(again - cleared > 1.5 * (never - cleared), $"{again} {never} {cleared}");
    }

    /// <summary>Without the switch there is none, and no trace in the fingerprint; without priming nothing forms it.</summary>
    [Fact]
    public void WithoutTheSwitchOrPriming_ThereIsNone()
    {
        _ = After(false, (30, 20));
        Assert.Equal(0, _patient.Memory);
        string none = Hash();
        _patient.Memory = 0.5;
        Assert.NotEqual(none, Hash());
        _patient.Memory = 0;
        Assert.Equal(none, Hash());
        _ = After(MechanismSet.Default.With(Mechanism.LymphNodeMemory, true).With(Mechanism.LymphNodePriming, false), (30, 20));
        Assert.Equal(0, _patient.Memory);

        string Hash()
        {
            var hash = new StateHash();
            _patient.Visit(hash);
            return hash.Finish();
        }
    }

    /// <summary>ATR inhibition kills cells that expand, so less memory forms.</summary>
    [Fact]
    public void AtrInhibition_FormsLessMemory()
    {
        var exposure = new Exposure((DrugTarget.Atr, new TargetExposure(0, 10, 1)));
        _ = After(true, (40, 20));
        double free = _patient.Memory;
        _ = After(MechanismSet.Default.With(Mechanism.LymphNodeMemory, true), exposure, (40, 20));
        Assert.True(_patient.Memory < free - 0.1, $"{_patient.Memory} {free}");
    }

    private double After(bool memory, params (int Days, double Antigen)[] course) =>
        After(MechanismSet.Default.With(Mechanism.LymphNodeMemory, memory), course);

    private double After(MechanismSet mechanisms, params (int Days, double Antigen)[] course) => After(mechanisms, default, course);

    // Effectors after stretches of constant antigen, from the reference on.
    private double After(MechanismSet mechanisms, Exposure exposure, params (int Days, double Antigen)[] course)
    {
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.PatientNlrReference, 2.7);
        var process = new PatientProcess(TestPlans.Plan().Patient, parameters, mechanisms, [1]);
        process.Start(_patient);
        double released = parameters.Rate(Parameter.LymphNodeAntigenReference, TimeUnit.Day) / 24;
        _lesion.MeanVegf = parameters[Parameter.LymphNodeVegfHalf];
        foreach ((int days, double antigen) in course)
        {
            for (int hour = 0; hour < 24 * days; hour++)
            {
                _lesion.AntigenReleased = released * antigen;
                process.Step(_patient, [_lesion], exposure, 1);
            }
        }

        return _patient.Effectors;
    }
}
