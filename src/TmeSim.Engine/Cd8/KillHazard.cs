using TmeSim.Engine.Clones;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// Kill hazard of one engaged CD8 T cell: k · visibility of the clone · MHC-I · (1 − S) · myeloid factor · (1 − exhaustion) · share of
/// contact sites with tumour cells to a power, and of a precursor a part of that (MODEL.md 7.6; choice of rates in FINDINGS.md 1).
/// </summary>
internal sealed class KillHazard
{
    private readonly LesionState _lesion;
    private readonly CloneEffects _clones;
    private readonly float _ratePerHour;
    private readonly bool _checkpoint;
    private readonly bool _myeloid;
    private readonly bool _contactShare;
    private readonly float _contactExponent;
    private readonly bool _states;
    private readonly float _precursor;
    private readonly float _pd1;
    private readonly float _kd;
    private readonly float _half;
    private readonly float _hill;
    private readonly float _suppressionHalf;
    private readonly float _tgfbShare;
    private readonly float _contactSuppression;
    private readonly float _largestMhc1;

    public KillHazard(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _ratePerHour = setup.IsOn(Mechanism.Cd8Killing) ? setup.Rate(Parameter.Cd8KillRate) : 0;
        _checkpoint = setup.IsOn(Mechanism.Pd1Suppression);
        _myeloid = setup.IsOn(Mechanism.MacrophageSuppression);
        _contactShare = setup.IsOn(Mechanism.Cd8ContactShare);
        _contactExponent = (float)setup.Value(Parameter.Cd8ContactExponent);
        _states = setup.IsOn(Mechanism.Cd8Differentiation);
        _precursor = (float)setup.Value(Parameter.Cd8PrecursorKilling);
        _pd1 = (float)setup.Value(Parameter.Pd1Density);
        _kd = (float)setup.Value(Parameter.Pd1Kd);
        _half = (float)setup.Value(Parameter.Pd1HalfBonds);
        _hill = (float)setup.Value(Parameter.Pd1Hill);
        _suppressionHalf = (float)setup.Value(Parameter.SuppressiveKillHalf);
        _tgfbShare = (float)setup.Value(Parameter.SuppressiveTgfbShare);
        _contactSuppression = (float)setup.Value(Parameter.MacrophageContactSuppression);
        _clones = setup.Effects;
        float stress = _lesion.Radiation is null ? 0 : (float)setup.Value(Parameter.RadiationMhc1Gain);
        _largestMhc1 = LargestMhc1((1 + (float)setup.Value(Parameter.IfngMhc1Gain) + stress) * (1 + _clones.PresentationGain));
    }

    /// <summary>No engaged cell kills faster than this [1/h].</summary>
    public float BoundPerHour => _ratePerHour * _clones.MaxVisible * _largestMhc1;

    /// <summary>Hazard [1/h] of CD8 T cell i on its target.</summary>
    public float PerHour(int cd8, int target, in Exposure exposure)
    {
        int site = _lesion.Cd8.Site[cd8];
        float hazard = _ratePerHour * _clones.Visible[_lesion.CloneIndex[target]] * _lesion.Mhc1[target] * (
            1 - _lesion.Cd8.Exhaustion[cd8]);
        hazard *= 1 - Suppression(site, target, exposure);
        if (_myeloid)
        {
            hazard *= MyeloidFactor(site, exposure);
        }

        if (_states && _lesion.Cd8.State[cd8] == Cd8State.Precursor)
        {
            hazard *= _precursor;
        }

        return _contactShare ? hazard * Weight(TumorShare(site)) : hazard;
    }

    /// <summary>PD-1 suppression S (0–1) of a CD8 T cell at a site by the tumour cell at the target.</summary>
    public float Suppression(int site, int target, in Exposure exposure)
    {
        if (!_checkpoint)
        {
            return 0;
        }

        float freePd1 = _pd1 * (1 - LocalDrug.Occupancy(_lesion, exposure[DrugTarget.Pd1], site));
        float freePdl1 = _lesion.Pdl1[target] * (1 - LocalDrug.Occupancy(_lesion, exposure[DrugTarget.PdL1], target));
        return CheckpointBinding.Suppression(CheckpointBinding.Bonds(freePd1, freePdl1, _kd), _half, _hill);
    }

    // MHC-I relaxes toward at most 1 + its gains, but may start above when an arm lowers the gain. Every other factor is at most 1.
    private float LargestMhc1(float target)
    {
        for (int row = 0; row < _lesion.Shape.Rows; row++)
        {
            foreach (float level in _lesion.Mhc1.Span.Slice(_lesion.Shape.RowStart(row), _lesion.Shape.Nx))
            {
                target = MathF.Max(target, level);
            }
        }

        return target;
    }

    private float MyeloidFactor(int site, in Exposure exposure)
    {
        float worst = 0;
        foreach (int offset in _lesion.Shape.MooreOffsets)
        {
            int macrophage = ImmuneCode.Index(_lesion.Immune[site + offset], ImmuneKinds.Macrophages);
            if (macrophage >= 0)
            {
                worst = MathF.Max(worst, _lesion.Macrophages.Score[macrophage]);
            }
        }

        float level = LocalDrug.FreeSuppressive(_lesion, exposure, _tgfbShare, site);
        return 1 / (1 + level / _suppressionHalf) * (1 - _contactSuppression * worst);
    }

    // The target itself may be dead by now, so that the share is 0.
    private float Weight(float share) => _contactExponent == 1 ? share : share > 0 ? DetMath.Pow(share, _contactExponent)
        : _contactExponent == 0 ? 1 : 0;

    private float TumorShare(int site)
    {
        int tumor = _lesion.ParenchymaCodes[site] == Parenchyma.Tumor ? 1 : 0;
        int[] moore = _lesion.Shape.MooreOffsets;
        foreach (int offset in moore)
        {
            tumor += _lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor ? 1 : 0;
        }

        return (float)tumor / (moore.Length + 1);
    }
}
