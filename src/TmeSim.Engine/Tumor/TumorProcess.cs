using TmeSim.Engine.Clones;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>Step 5: tumour cells divide and die, hepatocytes necrose. All decide from the old state, deaths commit first.</summary>
internal sealed class TumorProcess
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly CloneEffects _clones;
    private readonly MitoticFailure _failure;
    private readonly SaturationTable _induction;
    private readonly DivisionPush _push;
    private readonly TumorPass _pass;
    private readonly List<int> _dividing = new(64);
    private readonly List<(int Site, Booking Cause)> _dying = new(64);
    private readonly List<int> _necrotic = new(64);
    private readonly List<int> _irradiated = new(64);

    public TumorProcess(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _clones = setup.Effects;
        _failure = new MitoticFailure(setup);
        _induction = new SaturationTable(setup.Value(Parameter.Pdl1Hill));
        _push = new DivisionPush(setup);
        _pass = TumorPass.Create(LaneWidths.Widest, setup);
    }

    /// <summary>Divisions that were drawn in the last step, blocked ones included.</summary>
    public int DivisionsDrawn { get; private set; }

    public void Step(in StepContext context)
    {
        float dt = (float)context.StepHours;
        var rates = new TumorRates(_setup, context.StepHours)
        {
            Slowing = _setup.IsOn(Mechanism.GrowthKinaseInhibition) ? context.Exposure[DrugTarget.Proliferation] : default,
        };
        TraitTargets traits = Traits(dt);
        _pass.Run(rates, traits, context);
        CollectEvents(rates, context);
        foreach ((int site, Booking cause) in _dying)
        {
            TumorCellEnds.Kill(_lesion, site, cause);
        }

        foreach (int site in _irradiated)
        {
            TumorCellEnds.Kill(_lesion, site, Booking.TumorDeathsRadiation);
        }

        foreach (int site in _necrotic)
        {
            TumorCellEnds.Necrose(_lesion, site);
        }

        DivisionsDrawn = _dividing.Count;
        _push.Divide(_dividing, context);
        _clones.Follow();
    }

    private TraitTargets Traits(float dt)
    {
        float gain = _setup.IsOn(Mechanism.IfngMhc1) ? (float)_setup.Value(Parameter.IfngMhc1Gain) : 0;
        float low = (float)_setup.Value(Parameter.Pdl1Base);
        float range = _setup.IsOn(Mechanism.IfngPdl1) ? (float)_setup.Value(Parameter.Pdl1Max) - low : 0;
        return new TraitTargets(
            _induction.Values,
            low,
            range,
            gain,
            DetMath.Probability(_setup.Rate(Parameter.Mhc1Relaxation) * dt),
            DetMath.Probability(_setup.Rate(Parameter.Pdl1Relaxation) * dt),
            _setup.IsOn(Mechanism.RadiationMhc1) ? (float)_setup.Value(Parameter.RadiationMhc1Gain) : 0,
            _setup.IsOn(Mechanism.RadiationPdl1)
            ? (float)(_setup.Value(Parameter.RadiationPdl1Gain) * (_setup.Value(Parameter.Pdl1Max) - low)) : 0);
    }

    private void CollectEvents(in TumorRates rates, in StepContext context)
    {
        _dividing.Clear();
        _dying.Clear();
        _necrotic.Clear();
        _irradiated.Clear();
        foreach (int site in _setup.Workspace.TakeEvents())
        {
            Classify(site, rates, context);
        }
    }

    private void Classify(int site, in TumorRates rates, in StepContext context)
    {
        float oxygen = _lesion.Field(FieldId.Oxygen)[site];
        float necrosis = rates.Necrosis(oxygen);
        if (_lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte)
        {
            _necrotic.Add(site);
            return;
        }

        int clone = _lesion.CloneIndex[site], damage = _lesion.Radiation?.Damage[site] ?? 0;
        float cycle = _clones.CycleAt(_lesion, site, context.Exposure[DrugTarget.Nek9]);
        cycle = rates.Slowing.IsNone ? cycle : cycle * (1 - LocalDrug.Occupancy(_lesion, rates.Slowing, site));
        float division = rates.Division(oxygen, cycle), doomed = damage > 0 ? rates.DoomedDeath : 0;
        float apoptosis = rates.Apoptosis * _clones.Apoptosis[clone], nk = _clones.Nk[clone] * (float)context.StepHours;
        float u = Draws.Uniform(context.Draw(site, Purpose.ParenchymaKind).X0) * (division + apoptosis + nk + necrosis + doomed);
        if (u < division)
        {
            Divide(site, damage, context);
        }
        else if (u < division + apoptosis)
        {
            _dying.Add((site, Booking.TumorDeathsApoptosis));
        }
        else if (u < division + apoptosis + nk)
        {
            _dying.Add((site, Booking.TumorDeathsNk));
        }
        else if (u < division + apoptosis + nk + necrosis || doomed == 0)
        {
            _necrotic.Add(site);
        }
        else
        {
            _irradiated.Add(site);
        }
    }

    // A doomed cell without divisions left dies at mitosis.
    private void Divide(int site, int damage, in StepContext context)
    {
        if (damage == 1)
        {
            _irradiated.Add(site);
        }
        else if (_failure.Happens(site, context))
        {
            _dying.Add((site, Booking.TumorDeathsMitoticFailure));
        }
        else
        {
            _dividing.Add(site);
        }
    }
}
