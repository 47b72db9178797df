using System.Runtime.CompilerServices;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>Hazards of parenchymal cells per step, as plain numbers.</summary>
internal readonly struct TumorRates
{
    public TumorRates(ProcessSetup setup, double stepHours)
    {
        float dt = (float)stepHours;
        float perHour = (float)(setup.Lesion.Multipliers[Multiplier.DivisionRatePerDay] / 24);
        DivisionPerStep = setup.IsOn(Mechanism.GrowthDivision) ? perHour * dt : 0;
        Apoptosis = setup.IsOn(Mechanism.GrowthApoptosis) ? setup.Rate(Parameter.GrowthLossRate) * dt : 0;
        NecrosisPerStep = setup.IsOn(Mechanism.GrowthNecrosis) ? setup.Rate(Parameter.NecrosisRate) * dt : 0;
        DoomedDeath = setup.Lesion.Radiation is null ? 0 : setup.Rate(Parameter.RadiationDeathRate) * dt;
        HasRamp = setup.IsOn(Mechanism.GrowthOxygenLimit);
        RampLow = (float)setup.Value(Parameter.GrowthRampLow);
        RampScale = 1 / ((float)setup.Value(Parameter.GrowthRampHigh) - RampLow);
        NecrosisOnset = (float)setup.Value(Parameter.NecrosisOnset);
        NecrosisScale = 1 / (NecrosisOnset - (float)setup.Value(Parameter.NecrosisFull));
    }

    /// <summary>Drug that slows division; none during the burn-in.</summary>
    public TargetExposure Slowing { get; init; }

    /// <summary>Oxygen below which cells necrose [mmHg].</summary>
    public float NecrosisOnset { get; }

    /// <summary>Width of the necrosis ramp below the onset, inverted [1/mmHg].</summary>
    public float NecrosisScale { get; }

    /// <summary>Necrosis hazard per step without oxygen.</summary>
    public float NecrosisPerStep { get; }

    /// <summary>Division hazard per step of a cell with all the oxygen it wants and cycle factor 1.</summary>
    public float DivisionPerStep { get; }

    /// <summary>Whether oxygen limits division.</summary>
    public bool HasRamp { get; }

    /// <summary>Oxygen at which division begins [mmHg].</summary>
    public float RampLow { get; }

    /// <summary>Width of the division ramp above that, inverted [1/mmHg].</summary>
    public float RampScale { get; }

    /// <summary>Death per step of a cell that radiation has doomed.</summary>
    public float DoomedDeath { get; }

    /// <summary>Spontaneous loss per step.</summary>
    public float Apoptosis { get; }

    /// <summary>Share of the full division rate at this oxygen, 0–1 (linear ramp).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Ramp(float oxygen) => HasRamp ? MathF.Min(1, MathF.Max(0, (oxygen - RampLow) * RampScale)) : 1;

    /// <summary>Division hazard per step of a cell with this cycle factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Division(float oxygen, float cycleFactor) => DivisionPerStep * cycleFactor * Ramp(oxygen);

    /// <summary>Necrosis hazard per step: zero at the onset, full below the lower threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Necrosis(float oxygen) => NecrosisPerStep * MathF.Min(1, MathF.Max(0, (NecrosisOnset - oxygen) * NecrosisScale));
}
