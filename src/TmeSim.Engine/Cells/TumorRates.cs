using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Cells;

/// <summary>Hazards of parenchymal cells per step, as plain numbers.</summary>
internal readonly struct TumorRates
{
    private readonly float _division;
    private readonly float _apoptosis;
    private readonly float _necrosis;
    private readonly float _rampLow;
    private readonly float _rampScale;
    private readonly float _necrosisScale;
    private readonly bool _ramp;

    public TumorRates(ProcessSetup setup, double stepHours)
    {
        float dt = (float)stepHours;
        _division = setup.IsOn(Mechanism.GrowthDivision) ? (float)(setup.Lesion.Multipliers.DivisionRatePerDay / 24) * dt : 0;
        _apoptosis = setup.IsOn(Mechanism.GrowthApoptosis) ? setup.PerHour(Parameter.GrowthLossRate) * dt : 0;
        _necrosis = setup.IsOn(Mechanism.GrowthNecrosis) ? setup.PerHour(Parameter.NecrosisRate) * dt : 0;
        _ramp = setup.IsOn(Mechanism.GrowthOxygenLimit);
        _rampLow = (float)setup.Value(Parameter.GrowthRampLow);
        _rampScale = 1 / ((float)setup.Value(Parameter.GrowthRampHigh) - _rampLow);
        NecrosisOnset = (float)setup.Value(Parameter.NecrosisOnset);
        _necrosisScale = 1 / (NecrosisOnset - (float)setup.Value(Parameter.NecrosisFull));
    }

    /// <summary>Oxygen below which cells necrose [mmHg].</summary>
    public float NecrosisOnset { get; }

    /// <summary>Spontaneous loss per step.</summary>
    public float Apoptosis => _apoptosis;

    /// <summary>Share of the full division rate at this oxygen, 0–1 (linear ramp).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Ramp(float oxygen) => _ramp ? MathF.Min(1, MathF.Max(0, (oxygen - _rampLow) * _rampScale)) : 1;

    /// <summary>Division hazard per step of a cell with this cycle factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Division(float oxygen, float cycleFactor) => _division * cycleFactor * Ramp(oxygen);

    /// <summary>Necrosis hazard per step: zero at the onset, full below the lower threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Necrosis(float oxygen) => _necrosis * MathF.Min(1, MathF.Max(0, (NecrosisOnset - oxygen) * _necrosisScale));

    /// <summary>NEK9 hypothesis H0: factor on division, 1 at activity 1 (MODEL.md 7.5).</summary>
    public static float CycleFactor(ProcessSetup setup, Clone clone) =>
        setup.IsOn(Mechanism.Nek9Growth)
            ? (float)(setup.Value(Parameter.Nek9GrowthBase) + setup.Value(Parameter.Nek9GrowthSlope) * clone.Nek9 / (1 + clone.Nek9))
            : 1;
}
