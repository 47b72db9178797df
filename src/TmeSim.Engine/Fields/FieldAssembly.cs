using TmeSim.Engine.Clones;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.State;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Fills diagonal and right-hand side of a field equation: a dense pass over the parenchyma, then the few sites of
/// vessels and immune cells. Every site gets its terms in a fixed order.
/// </summary>
internal sealed class FieldAssembly
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly SiteArray<float> _diagonal;
    private readonly SiteArray<float> _source;
    private readonly AssemblyPasses _passes;
    private readonly CloneEffects _clones;
    private readonly float _micronuclei;

    public FieldAssembly(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _diagonal = setup.Workspace.Diagonal;
        _source = setup.Workspace.Source;
        _passes = AssemblyPasses.Create(LaneWidths.Widest, _lesion, setup.Workspace, setup.Runner);
        _clones = setup.Effects;
        _micronuclei = setup.IsOn(Mechanism.Nek9Interferon) ? Value(Parameter.Nek9InterferonSource) : 0;
    }

    /// <summary>Drug on NEK9 in this step.</summary>
    public TargetExposure Nek9 { get; set; }

    /// <summary>Steady oxygen [mmHg/s]: decay + vessel exchange + uptake M/(p + Km) of living cells.</summary>
    public void Oxygen()
    {
        float uptake = _setup.IsOn(Mechanism.OxygenUptake) ? Value(Parameter.OxygenUptakeMax) : 0;
        _passes.Oxygen(Value(Parameter.OxygenDecay), uptake, Value(Parameter.OxygenUptakeKm));
        Exchange(Value(Parameter.OxygenExchange), Value(Parameter.OxygenBlood));
    }

    /// <summary>Steady delivery [1/h]: exchange f (1 − G) at vessels against clearance by tissue.</summary>
    public void Delivery(FieldId id)
    {
        bool antibody = id == FieldId.AntibodyDelivery;
        float tumor = Value(antibody ? Parameter.AntibodyTumorClearance : Parameter.SmallMoleculeTumorClearance);
        float liver = Value(antibody ? Parameter.AntibodyLiverClearance : Parameter.SmallMoleculeLiverClearance);
        _passes.Delivery(tumor, liver);
        Exchange(Value(antibody ? Parameter.AntibodyExchange : Parameter.SmallMoleculeExchange), 1);
    }

    /// <summary>One implicit step of a secreted signal: (1 + dt (λ + u)) c = c_old + dt s.</summary>
    /// <returns>
    /// 1 + dt λ, and whether this is the diagonal on every site; otherwise the workspace holds the diagonal, which is nowhere smaller.
    /// </returns>
    public (float Diagonal, bool Same) Signal(FieldId id, float dt)
    {
        switch (id)
        {
            case FieldId.Vegf:
                Vegf(dt);
                return (1 + dt * Decay(Parameter.VegfDecay), false);
            case FieldId.Myeloid:
                Myeloid(dt);
                return (1 + dt * Decay(Parameter.MyeloidDecay), false);
            case FieldId.Ifng:
                Ifng(dt);
                return (1 + dt * Decay(Parameter.IfngDecay), true);
            case FieldId.Damp:
                Damp(dt);
                return (1 + dt * Value(Parameter.DampDecay) * 3600, true);
            case FieldId.Cxcl:
                Cxcl(dt);
                return (1 + dt * Decay(Parameter.CxclDecay), true);
            case FieldId.Suppressive:
                Suppressive(dt);
                return (1 + dt * Decay(Parameter.SuppressiveDecay), true);
            default:
                throw new ArgumentOutOfRangeException(nameof(id), id, "not a secreted signal");
        }
    }

    private void Vegf(float dt)
    {
        bool on = _setup.IsOn(Mechanism.VegfSecretion);
        float output = (float)_lesion.Multipliers.VegfOutput;
        var sources = new SignalSources
        {
            Tumor = on ? Value(Parameter.VegfTumorSource) * output : 0,
            Hepatocyte = on ? Value(Parameter.VegfHepatocyteSource) : 0,
            HypoxiaBoost = _setup.IsOn(Mechanism.VegfHypoxia) ? Value(Parameter.VegfHypoxiaBoost) : 0,
        };
        Dense(FieldId.Vegf, Decay(Parameter.VegfDecay), dt, sources);
        OverCells(new SameTerm(_lesion.Vessels.Site.Values, _diagonal, dt * Value(Parameter.VegfVesselUptake)), _lesion.Vessels.Count);
        Macrophages(on ? dt * Value(Parameter.VegfMacrophageSource) * output : 0, m2: true);
    }

    private void Damp(float dt)
    {
        SignalSources damp = _setup.IsOn(Mechanism.DampRelease)
            ? new SignalSources { Dying = Value(Parameter.DampDyingSource), Necrotic = Value(Parameter.DampNecroticSource) }
            : default;
        Dense(FieldId.Damp, null, dt, damp);
        if (_micronuclei > 0 && _clones.Lowers(Nek9))
        {
            _setup.Runner.Run(new MicronucleusKernel(_lesion, _source, _clones, Nek9, dt * _micronuclei), _lesion.Shape.Rows);
        }

        if (_lesion.Radiation is RadiationTraits { DoseGy: > 0 } radiation && _setup.IsOn(Mechanism.DampRelease))
        {
            _setup.Runner.Run(
                new SignalOutput(_lesion.Shape, radiation.Signal, _source, dt * Value(Parameter.RadiationSignalSource)), _lesion.Shape.Rows);
        }
    }

    private void Ifng(float dt)
    {
        Dense(FieldId.Ifng, null, dt, default);
        if (!_setup.IsOn(Mechanism.IfngSecretion))
        {
            return;
        }

        OverCells(
            new Cd8Output(_lesion, _source, dt * Value(Parameter.IfngContactSource), dt * Value(Parameter.IfngIdleSource)), _lesion.Cd8.Count);
        Macrophages(dt * Value(Parameter.IfngMacrophageSource), m2: false);
    }

    private void Cxcl(float dt)
    {
        float induced = _setup.IsOn(Mechanism.IfngChemokine) ? 1 : 0;
        float damp = _setup.IsOn(Mechanism.DampChemokine) ? Value(Parameter.DampChemokineGain) : 0;
        _passes.Chemokine(new OutputPass(_clones.Chemokine, Nek9), dt * Value(Parameter.CxclTumorSource), dt * Value(Parameter.CxclHepatocyteSource), induced, damp);
        OverCells(
            new MacrophageChemokine(_lesion, _source, dt * Value(Parameter.CxclMacrophageSource), induced, damp), _lesion.Macrophages.Count);
    }

    private void Suppressive(float dt)
    {
        bool on = _setup.IsOn(Mechanism.SuppressiveSecretion);
        SignalSources sources = on ? new SignalSources { Tumor = Value(Parameter.SuppressiveTumorSource) } : default;
        Dense(FieldId.Suppressive, null, dt, sources);
        Macrophages(on ? dt * Value(Parameter.SuppressiveMacrophageSource) : 0, m2: true);
    }

    private void Myeloid(float dt)
    {
        SignalSources sources = _setup.IsOn(Mechanism.MyeloidAttraction)
            ? new SignalSources { Tumor = Value(Parameter.MyeloidTumorSource), HypoxiaBoost = 1, Clones = new OutputPass(_clones.Myeloid, Nek9) }
            : default;
        Dense(FieldId.Myeloid, Decay(Parameter.MyeloidDecay), dt, sources);
        OverCells(new SameTerm(_lesion.Macrophages.Site.Values, _diagonal, dt * Value(Parameter.MyeloidMacrophageUptake)), _lesion.Macrophages.Count);
    }

    private void Exchange(float exchange, float beyond) =>
        OverCells(new VesselExchange(_lesion, _diagonal, _source, exchange, beyond), _lesion.Vessels.Count);

    private void Macrophages(float amount, bool m2) =>
        OverCells(new MacrophageOutput(_lesion, _source, amount, m2), _lesion.Macrophages.Count);

    private void OverCells<TKernel>(TKernel kernel, int cells)
        where TKernel : struct, IRowKernel => _setup.Runner.Run(kernel, cells, 4 * Moves.CellsPerBlock);

    // Without a decay rate the diagonal is left to the caller.
    private void Dense(FieldId id, float? decayPerHour, float dt, SignalSources sources) =>
        _passes.Signal(id, decayPerHour is null ? null : _diagonal, 1 + dt * (decayPerHour ?? 0), dt, sources, Value(Parameter.VegfHypoxiaHalf));

    private float Value(Parameter parameter) => (float)_setup.Value(parameter);

    private float Decay(Parameter perHour) => (float)_setup.Value(perHour);
}
