using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using static TmeSim.Engine.Patient.PatientState;

namespace TmeSim.Engine.Patient;

/// <summary>
/// Step 2: antigen of all lesions matures dendritic cells in one lymph node; they prime effectors that expand through a
/// three-stage chain and reach the blood with delay; lesions draw on the same blood (MODEL.md 7.2). Every state relaxes
/// exactly over the step with its input held.
/// </summary>
internal sealed class PatientProcess
{
    private const int ChainStages = 3;
    private readonly PatientPlan _plan;
    private readonly ParameterSet _parameters;
    private readonly MechanismSet _mechanisms;
    private readonly double[] _represented;
    private readonly int _tiles;

    /// <param name="represented">Represented tumour cells per simulated one, for each tissue.</param>
    /// <param name="tiles">Tissues of a lesion.</param>
    public PatientProcess(PatientPlan plan, ParameterSet parameters, MechanismSet mechanisms, double[] represented, int tiles = 1)
    {
        _tiles = tiles;
        _plan = plan;
        _parameters = parameters;
        _mechanisms = mechanisms;
        _represented = represented;
    }

    private bool Remembers => _mechanisms.IsOn(Mechanism.LymphNodeMemory) && _mechanisms.IsOn(Mechanism.LymphNodePriming);

    // NLR rises with inflammation and where lymphocytes are few for another reason: the index is what is left without the second.
    private double Index => DetMath.Log(_plan.Nlr * _plan.LymphocyteSupply / _parameters[Parameter.PatientNlrReference]);

    private double LymphocyteSetPoint =>
        _plan.LymphocyteSupply * DetMath.Exp(-_parameters[Parameter.PatientLymphocyteIndexGain] * Index);

    private double MonocyteSetPoint => _plan.MonocyteSupply * DetMath.Exp(_parameters[Parameter.PatientMonocyteIndexGain] * Index);

    /// <summary>Levels at the start of the burn-in: NLR as planned, antigen and priming at reference.</summary>
    public void Start(PatientState patient)
    {
        double lymphocytes = LymphocyteSetPoint;
        patient[Slot.Effectors] = lymphocytes;
        patient[Slot.Lymphocytes] = lymphocytes;
        patient[Slot.Neutrophils] = _plan.Nlr * lymphocytes;
        patient[Slot.Monocytes] = MonocyteSetPoint;
        patient[Slot.Antigen] = 1;
        patient[Slot.MatureDendritic] = 1;
        double primed = _parameters[Parameter.LymphNodePrimedShare] * lymphocytes;
        patient[Slot.Expanding1] = patient[Slot.Expanding2] = patient[Slot.Expanding3] = primed;
        patient.Memory = Remembers ? lymphocytes : 0;
    }

    public void Step(PatientState patient, IReadOnlyList<LesionState> lesions, in Exposure exposure, double stepHours)
    {
        double days = stepHours / 24;
        double antigen = 0, taken = 0, vegf = 0, damp = 0, vegfOfLesion = 0;
        for (int i = 0; i < lesions.Count; i++)
        {
            antigen += lesions[i].AntigenReleased * _represented[i];
            taken += lesions[i].EffectorsTaken * _represented[i];
            vegfOfLesion += lesions[i].MeanVegf;
            if ((i + 1) % _tiles == 0)
            {
                vegf = Math.Max(vegf, vegfOfLesion / _tiles);
                vegfOfLesion = 0;
            }

            damp += lesions[i].TotalDamp * _represented[i];
            lesions[i].AntigenReleased = 0;
            lesions[i].EffectorsTaken = 0;
        }

        double lymphocytes = LymphocyteSetPoint;

        // Below the set-point, as after radiation, lymphocytes come back slowly; above it they fall at the pace of the other leukocytes.
        bool depleted = patient.Lymphocytes < lymphocytes;
        Relax(ref patient[Slot.Lymphocytes], lymphocytes, depleted ? Parameter.PatientLymphocyteRecovery
            : Parameter.PatientLeukocyteTurnover, days);
        Relax(ref patient[Slot.Neutrophils], _plan.Nlr * lymphocytes, Parameter.PatientLeukocyteTurnover, days);
        double monocytes = MonocyteSetPoint * (1 - Atr(exposure, Mechanism.AtrMonocyteLoss, _parameters[Parameter.AtrMonocyteLoss]));
        Relax(ref patient[Slot.Monocytes], monocytes, Parameter.PatientLeukocyteTurnover, days);
        double reference = _parameters.Rate(Parameter.LymphNodeAntigenReference, TimeUnit.Day);
        Relax(ref patient[Slot.Antigen], antigen / days / reference, Parameter.LymphNodeAntigenClearance, days);
        Relax(ref patient[Slot.Adjuvant], damp / _parameters[Parameter.LymphNodeDampReference], Parameter.LymphNodeAntigenClearance, days);
        StepLymphNode(patient, exposure, vegf, days);
        StepEffectors(patient, taken, days);
    }

    private void StepLymphNode(PatientState patient, in Exposure exposure, double vegf, double days)
    {
        double a = patient.Antigen;
        double free = vegf * (1 - exposure[DrugTarget.Vegf].BloodOccupancy) * (1 - exposure[DrugTarget.Vegfr].BloodOccupancy);
        double half = _parameters[Parameter.LymphNodeVegfHalf], gain = _parameters[Parameter.LymphNodeVegfGain];
        double open = _mechanisms.IsOn(Mechanism.LymphNodeVegfBlock) ? gain / (1 + (gain - 1) * (free / half)) : 1;

        // 2 H(A) and the factor of VEGF are 1 at the reference, so a level of 1 is the reference patient's. The two rates of
        // maturation and death act in series: their harmonic sum sets the speed.
        double up = _parameters.Rate(Parameter.LymphNodeMaturationRate, TimeUnit.Day);
        double down = _parameters.Rate(Parameter.LymphNodeDcDeathRate, TimeUnit.Day);
        double adjuvant = patient.Adjuvant / (1 + patient.Adjuvant);
        double boost = _mechanisms.IsOn(Mechanism.LymphNodeAdjuvant) ? 1 + _parameters[Parameter.LymphNodeAdjuvantGain] * adjuvant : 1;
        RelaxAt(ref patient[Slot.MatureDendritic], 2 * a / (1 + a) * open * boost, up * down / (up + down), days);

        double expansion = _mechanisms.IsOn(Mechanism.LymphNodeCheckpoint) ? _parameters[Parameter.LymphNodeCheckpointGain] : 0;
        double blockade = 1 - (1 - exposure[DrugTarget.PdL1].BloodOccupancy) * (1 - exposure[DrugTarget.Pd1].BloodOccupancy);
        double share = _mechanisms.IsOn(Mechanism.LymphNodePriming) ? _parameters[Parameter.LymphNodePrimedShare] : 0;
        double boosted = 1 + expansion * blockade, primed = share * patient.Lymphocytes * patient.MatureDendritic * boosted;

        // Naive cells need co-stimulation, which CTLA-4 takes away; memory cells do without (MODEL.md 7.2).
        double costimulated = _mechanisms.IsOn(Mechanism.LymphNodeCtla4)
            ? 1 + _parameters[Parameter.LymphNodeCtla4Gain] * exposure[DrugTarget.Ctla4].BloodOccupancy : 1;
        primed *= costimulated;

        // Expanding cells cycle all the time, so ATR inhibition kills them: dE/dt = k (in − E) − loss E.
        double loss = Atr(exposure, Mechanism.AtrTcellDeath, _parameters.Rate(Parameter.AtrExpansionLoss, TimeUnit.Day));
        double stage = ChainStages / _parameters.Time(Parameter.LymphNodeExpansionDelay, TimeUnit.Day), kept = stage / (stage + loss);
        RelaxAt(ref patient[Slot.Expanding3], patient[Slot.Expanding2] * kept, stage + loss, days);
        RelaxAt(ref patient[Slot.Expanding2], patient[Slot.Expanding1] * kept, stage + loss, days);
        if (Remembers)
        {
            double naive = patient.Lymphocytes * patient.MatureDendritic * boosted * costimulated;
            double recalled = _parameters[Parameter.LymphNodeRecallShare];
            primed = share * ((1 - recalled) * naive + recalled * patient.Memory * Recall(a) * boosted);
            StepMemory(patient, naive * kept * kept * kept, days);
        }

        RelaxAt(ref patient[Slot.Expanding1], primed * kept, stage + loss, days);
    }

    // 1 at the reference as 2 H(A) is, but half of its largest value at an antigen far below.
    private double Recall(double antigen)
    {
        double half = _parameters[Parameter.LymphNodeRecallHalf];
        return (1 + half) * antigen / (half + antigen);
    }

    // Memory forms of naive cells that were primed, up to their level, and fades slowly: it holds the largest response for years.
    // Cells that are recalled keep the pool as it is.
    private void StepMemory(PatientState patient, double primed, double days)
    {
        double formation = _parameters.Rate(Parameter.LymphNodeMemoryFormation, TimeUnit.Day);
        double decay = _parameters.Rate(Parameter.LymphNodeMemoryDecay, TimeUnit.Day), memory = patient.Memory;
        double forms = primed > memory ? formation : 0;
        RelaxAt(ref memory, forms > 0 ? primed * forms / (forms + decay) : 0, forms + decay, days);
        patient.Memory = memory;
    }

    // A full effect times the inhibited share of ATR in blood.
    private double Atr(in Exposure exposure, Mechanism mechanism, double full) =>
        exposure[DrugTarget.Atr].IsNone || !_mechanisms.IsOn(mechanism) ? 0 : full * exposure[DrugTarget.Atr].BloodOccupancy;

    private void StepEffectors(PatientState patient, double taken, double days)
    {
        double supply = (1 - _parameters[Parameter.LymphNodePrimedShare]) * patient.Lymphocytes + patient.Egress;
        ref double effectors = ref patient[Slot.Effectors];
        Relax(ref effectors, supply, Parameter.PatientEffectorDeath, days);
        if (_mechanisms.IsOn(Mechanism.PatientEffectorExchange))
        {
            effectors = Math.Max(0, effectors - taken / _parameters[Parameter.PatientEffectorPool]);
        }
    }

    private void Relax(ref double value, double goal, Parameter rate, double days) =>
        RelaxAt(ref value, goal, _parameters.Rate(rate, TimeUnit.Day), days);

    private static void RelaxAt(ref double value, double goal, double ratePerDay, double days) =>
        value += (goal - value) * DetMath.Expm1Neg(ratePerDay * days);
}
