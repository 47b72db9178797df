using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Radiation;

/// <summary>Numbers of the radiation rules (MODEL.md 7.11).</summary>
internal sealed class RadiationRates
{
    private readonly CellSurvival _cell;
    private readonly double _linearAbove, _maxAlpha, _maxBeta, _halfOxygen, _sensitisation;
    private readonly double _stressHalf, _signalHalf, _signalHill, _trex1, _trex1Hill, _vesselHalf, _vesselHill, _vesselMax;
    private readonly float _divisionChance, _atrSignal;
    private readonly int _maxDivisions;
    private readonly bool _oxygen, _signal, _trex1Gate;

    public RadiationRates(ParameterSet parameters, MechanismSet mechanisms)
    {
        double alpha = parameters[Parameter.RadiationAlpha];
        _cell = new CellSurvival(alpha, alpha / parameters[Parameter.RadiationAlphaBeta]);
        _linearAbove = parameters[Parameter.RadiationLinearThreshold];
        _oxygen = mechanisms.IsOn(Mechanism.RadiationOxygenEffect);
        _maxAlpha = parameters[Parameter.RadiationOerAlpha];
        _maxBeta = parameters[Parameter.RadiationOerBeta];
        _halfOxygen = parameters[Parameter.RadiationOerHalf];
        _sensitisation = mechanisms.IsOn(Mechanism.AtrRadiosensitisation) ? parameters[Parameter.AtrSensitisation] - 1 : 0;
        _divisionChance = (float)parameters[Parameter.RadiationDivisionChance];
        _maxDivisions = (int)parameters[Parameter.RadiationMaxDivisions];
        _stressHalf = parameters[Parameter.RadiationStressHalf];
        _signal = mechanisms.IsOn(Mechanism.RadiationSting);
        _signalHalf = parameters[Parameter.RadiationSignalHalf];
        _signalHill = parameters[Parameter.RadiationSignalHill];
        _trex1Gate = mechanisms.IsOn(Mechanism.RadiationTrex1);
        _trex1 = parameters[Parameter.RadiationTrex1Dose];
        _trex1Hill = parameters[Parameter.RadiationTrex1Hill];
        _atrSignal = mechanisms.IsOn(Mechanism.AtrSignal) ? (float)parameters[Parameter.AtrDampGain] : 0;
        _vesselMax = mechanisms.IsOn(Mechanism.RadiationVesselDamage) ? parameters[Parameter.RadiationVesselLoss] : 0;
        _vesselHalf = parameters[Parameter.RadiationVesselHalf];
        _vesselHill = parameters[Parameter.RadiationVesselHill];
        ResidentCd8 = new CellSurvival(mechanisms.IsOn(Mechanism.RadiationCd8) ? parameters[Parameter.RadiationResidentAlpha] : 0, 0);
        BloodShare = mechanisms.IsOn(Mechanism.RadiationLymphopenia) ? parameters[Parameter.RadiationBloodShare] : 0;
        Circulating = new CellSurvival(parameters[Parameter.RadiationCirculatingAlpha], 0);
    }

    /// <summary>CD8 T cells in the tissue.</summary>
    public CellSurvival ResidentCd8 { get; }

    /// <summary>Lymphocytes in the blood.</summary>
    public CellSurvival Circulating { get; }

    /// <summary>Share of the blood that passes a full field during a fraction.</summary>
    public double BloodShare { get; }

    /// <summary>Survival of a tumour cell at an oxygen pressure [mmHg] with a share of its ATR inhibited.</summary>
    public CellSurvival Cell(float oxygen, float atrInhibited, bool linearAbove)
    {
        CellSurvival cell = _oxygen ? _cell.At(Math.Max(0, oxygen), _maxAlpha, _maxBeta, _halfOxygen) : _cell;
        return cell with
        {
            Alpha = cell.Alpha * (1 + _sensitisation * atrInhibited),
            LinearAboveGy = linearAbove ? _linearAbove : double.PositiveInfinity,
        };
    }

    /// <summary>Divisions before a doomed cell dies at mitosis: geometric, cut off.</summary>
    public int DivisionsLeft(float uniform)
    {
        int divisions = 0;
        for (float chance = _divisionChance; divisions < _maxDivisions && uniform < chance; chance *= _divisionChance)
        {
            divisions++;
        }

        return divisions;
    }

    /// <summary>Rise of the stress response by a dose, of what is left to 1.</summary>
    public float StressOf(double gy) => (float)(gy / (gy + _stressHalf));

    /// <summary>
    /// Capacity for IFN-I that a dose leaves in a doomed cell: steep in the dose of a fraction, and cut down by the exonuclease Trex1
    /// above 12–18 Gy (Vanpouille-Box et al. 2017, doi:10.1038/ncomms15618). ATR inhibition adds to it.
    /// </summary>
    public float SignalOf(double gy, float atrInhibited)
    {
        if (!_signal)
        {
            return 0;
        }

        double signal = DetMath.Hill(gy, _signalHalf, _signalHill);
        double kept = _trex1Gate ? 1 - DetMath.Hill(gy, _trex1, _trex1Hill) : 1;
        return (float)(signal * kept) * (1 + _atrSignal * atrInhibited);
    }

    /// <summary>Share of a vessel's lumen that a dose takes.</summary>
    public float VesselLoss(double gy) => (float)(_vesselMax * DetMath.Hill(gy, _vesselHalf, _vesselHill));
}
