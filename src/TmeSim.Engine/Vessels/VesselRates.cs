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
        _pruningVegf = (float)setup.Value(Parameter.VesselsPruningVegf);
        _immature = (float)setup.Value(Parameter.VesselsImmaturePerfusion);
    }

    /// <summary>Basal loss of vessels of the tumour bed [1/h].</summary>
    public float Loss { get; }

    /// <summary>Perfusion 0–1: v (i + (1 − i) P).</summary>
    public float Perfusion(float density, float maturity) => density * (_immature + (1 - _immature) * maturity);

    /// <summary>P* = 1/(1 + (V/Vm)²) · (d0 + (1 − d0) V/(V + Vlow)): falls with VEGF, and again at very low VEGF.</summary>
    public float MaturityTarget(float vegf)
    {
        float x = vegf / _maturityHalf;
        return 1 / (1 + x * x) * (_maturityFloor + (1 - _maturityFloor) * vegf / (vegf + _maturityLow));
    }

    /// <summary>Share of the way to its target that maturity goes in a step.</summary>
    public float MaturityShare(float dt) => DetMath.Probability(_maturation * dt);

    /// <param name="maturity">Pericyte cover 0–1.</param>
    /// <param name="vegf">Free VEGF [half-maximal constant].</param>
    /// <param name="share">See <see cref="MaturityShare"/>.</param>
    public float NextMaturity(float maturity, float vegf, float share) => maturity + (MaturityTarget(vegf) - maturity) * share;

    /// <summary>Maturity or density of a vessel of normal liver: relaxes to 1.</summary>
    public static float Quiesce(float value, float share) => value + (1 - value) * share;

    /// <summary>dv/dt = g (f + (1 − f) H(V))(1 − v) − k (1 − P)/(1 + (V/Vp)²) v, exact over the step with P and V held.</summary>
    public float NextDensity(float density, float maturity, float vegf, float dt)
    {
        float x = vegf / _pruningVegf;
        float up = _growth * (_growthFloor + (1 - _growthFloor) * vegf / (1 + vegf));
        float down = _pruning * (1 - maturity) / (1 + x * x);
        float total = up + down;
        return total > 0 ? density + (up / total - density) * DetMath.Probability(total * dt) : density;
    }
}
