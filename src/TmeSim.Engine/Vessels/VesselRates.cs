using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Vessels;

/// <summary>The equations of one vessel section, in free VEGF V (half-maximal units).</summary>
internal sealed class VesselRates
{
    private readonly float _maturityHalf;
    private readonly float _maturityFloor;
    private readonly float _maturityLow;
    private readonly float _maturation;
    private readonly float _growth;
    private readonly float _growthFloor;
    private readonly float _pruning;
    private readonly float _pruningVegf;
    private readonly float _immature;

    public VesselRates(ProcessSetup setup)
    {
        _maturityHalf = (float)setup.Value(Parameter.VesselsMaturityVegfHalf);
        _maturityFloor = (float)setup.Value(Parameter.VesselsMaturityFloor);
        _maturityLow = (float)setup.Value(Parameter.VesselsMaturityLowVegf);
        _maturation = setup.IsOn(Mechanism.VesselsMaturation) ? setup.Rate(Parameter.VesselsMaturationRate) : 0;
        _growth = setup.IsOn(Mechanism.VesselsGrowth) ? setup.Rate(Parameter.VesselsGrowthRate) : 0;
        _growthFloor = (float)setup.Value(Parameter.VesselsGrowthFloor);
        _pruning = setup.IsOn(Mechanism.VesselsPruning) ? setup.Rate(Parameter.VesselsPruningRate) : 0;
        Loss = setup.IsOn(Mechanism.VesselsPruning) ? setup.Rate(Parameter.VesselsLossRate) : 0;
        ClearedLoss = setup.IsOn(Mechanism.RegressionVesselLoss) ? setup.Rate(Parameter.RegressionVesselLossRate) : 0;
        _pruningVegf = (float)setup.Value(Parameter.VesselsPruningVegf);
        _immature = (float)setup.Value(Parameter.VesselsImmaturePerfusion);
    }

    /// <summary>Basal loss of vessels of the tumour bed [1/h].</summary>
    public float Loss { get; }

    /// <summary>Loss of vessels in cleared ground beside the basal one [1/h]; 0 where it is as elsewhere in the bed.</summary>
    public float ClearedLoss { get; }

    /// <summary>Share of the way to its target that maturity goes in a step.</summary>
    public float MaturityShare(float dt) => DetMath.Probability(_maturation * dt);

    /// <summary>Perfusion 0–1: v (i + (1 − i) P).</summary>
    public float Perfusion(float density, float maturity) => density * (_immature + (1 - _immature) * maturity);

    /// <summary>Maturity or density of a vessel of normal liver: relaxes to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Quiesce<TLane>(TLane value, TLane share)
        where TLane : struct, ILanes<TLane> => value + (TLane.Splat(1) - value) * share;

    /// <summary>
    /// Maturity after a step, on its way to P* = 1/(1 + (V/Vm)²) · (d0 + (1 − d0) V/(V + Vlow)): falls with VEGF, and again at very low
    /// VEGF.
    /// </summary>
    /// <param name="maturity">Pericyte cover 0–1.</param>
    /// <param name="vegf">Free VEGF [half-maximal constant].</param>
    /// <param name="share">See <see cref="MaturityShare"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane NextMaturity<TLane>(TLane maturity, TLane vegf, TLane share)
        where TLane : struct, ILanes<TLane>
    {
        TLane one = TLane.Splat(1), x = vegf / TLane.Splat(_maturityHalf);
        TLane target = one / (one + x * x) * (TLane.Splat(_maturityFloor)
            + TLane.Splat(1 - _maturityFloor) * vegf / (vegf + TLane.Splat(_maturityLow)));
        return maturity + (target - maturity) * share;
    }

    /// <summary>
    /// Lumen after a step of dv/dt = up (1 − v) − down v, up = g (f + (1 − f) H(V)), down = k (1 − P)/(1 + (V/Vp)²): exact, with P and V
    /// held.
    /// </summary>
    /// <param name="density">Lumen density 0–1.</param>
    /// <param name="maturity">Pericyte cover 0–1.</param>
    /// <param name="vegf">Free VEGF [half-maximal constant].</param>
    /// <param name="hours">Length of the step [h].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane NextDensity<TLane>(TLane density, TLane maturity, TLane vegf, TLane hours)
        where TLane : struct, ILanes<TLane>
    {
        TLane one = TLane.Splat(1), x = vegf / TLane.Splat(_pruningVegf);
        TLane up = TLane.Splat(_growth) * (TLane.Splat(_growthFloor) + TLane.Splat(1 - _growthFloor) * vegf / (one + vegf));
        TLane total = up + TLane.Splat(_pruning) * (one - maturity) / (one + x * x);
        TLane next = density + (up / total - density) * TLane.Probability(total * hours);
        return TLane.IfLess(TLane.Splat(0), total, next, density);
    }
}
